// Real speech of any length, by espeak-ng: many recordings, one voice. 48 kHz mono, RMS about 0.1.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "tests/support/recordings.hpp"

namespace loa::test {

/// Different recordings by one voice: the words of a commune's news, in an order that no other has.
class MadeUpVoice {
 public:
  std::vector<float> says(int number, double seconds) {
    static const std::vector<std::string> words = {
        "kính thưa", "bà con",     "nhân dân",  "trong xã",    "hôm nay",  "đài truyền thanh", "thông báo",
        "lịch tiêm", "phòng bệnh", "trẻ em",    "trạm y tế",   "kế hoạch", "ủy ban",           "chuyển đổi số",
        "các hộ",    "đăng ký",    "tài khoản", "nông nghiệp", "trừ sâu",  "lúa mùa",          "liều lượng",
        "cán bộ",    "mưa lớn",    "ngập úng",  "đề nghị",     "kiểm tra", "cống thoát nước",  "phụ nữ",
        "văn hóa",   "công an",    "lừa đảo",   "ngân hàng"};
    std::string text;
    for (auto step = std::uint32_t(number) * 7919 + 11; double(text.size()) < seconds * 40;
         step = step * 1664525 + 1013904223) {
      text += words[(step >> 16) % words.size()] + ((step >> 26) % 6 == 0 ? ". " : " ");
    }
    files_.write("words", text);
    files_.run(
        "espeak-ng -v vi -s 165 -w said.wav -f words && sox -V1 -v 0.5 -D said.wav -r 48000 -c 1 -t f32 said.raw");
    const auto bytes = files_.read("said.raw");
    std::vector<float> samples(std::min(bytes.size() / sizeof(float), static_cast<std::size_t>(seconds * 48'000)));
    std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(float));
    return samples;
  }

 private:
  Recordings files_;
};

}  // namespace loa::test
