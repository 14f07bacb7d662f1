// What `loa now` says to a person.
#include "daemon/station/commands/now_text.hpp"

#include <gtest/gtest.h>

namespace loa::station {
namespace {

using config::Language;

boost::json::object status(const std::string& device, const std::string& state, const std::string& note = "") {
  boost::json::object made{{"now", "2026-11-23T05:30:03.000+07:00"},
                           {"clock", "holdover"},
                           {"device", device},
                           {"device_state", state},
                           {"hub", "none"}};
  if (!note.empty()) made["device_note"] = note;
  return made;
}

std::string last_line(const boost::json::object& of, Language language) {
  const auto text = now_text(of, language);
  return text.substr(text.rfind('\n', text.size() - 2) + 1);
}

TEST(NowText, ShowsWhatSoundsHowFarItIsAndWhatFollows) {
  auto of = status("none", "open", "none");
  of["on_air"] = boost::json::object{{"title", "Nhạc hiệu"}, {"played", 3.0}, {"duration", 6.0}};
  of["next"] = boost::json::object{{"title", "Lời xướng"}, {"start", "2026-11-24T05:30:06.000+07:00"}};
  EXPECT_EQ(now_text(of, Language::vi),
            "05:30:03  đang phát: Nhạc hiệu\n"
            "          ████████████░░░░░░░░░░░░ 0:03 / 0:06\n"
            "          tiếp theo: 24/11 05:30:06 Lời xướng\n"
            "          đồng hồ chưa đồng bộ · không ra loa: chỉ giữ giờ\n");
}

TEST(NowText, SaysInEachLanguageHowTheDeviceIs) {
  EXPECT_EQ(last_line(status("USB Audio", "open"), Language::en),
            "          clock not synchronised · sound device USB Audio\n");
  EXPECT_EQ(last_line(status("default", "absent", "no card"), Language::vi),
            "          đồng hồ chưa đồng bộ · KHÔNG CÓ THIẾT BỊ ÂM THANH: không thấy default (no card)\n");
  EXPECT_EQ(last_line(status("USB Audio", "lost"), Language::vi),
            "          đồng hồ chưa đồng bộ · MẤT THIẾT BỊ ÂM THANH: USB Audio\n");
  EXPECT_EQ(
      last_line(status("USB", "lost", "does not keep time, frames a second instead of 48000: 24000"), Language::en),
      "          clock not synchronised · SOUND DEVICE USB: it keeps no time: 24000 frames a second instead of "
      "48000\n");
  for (const auto* state : {"open", "starting", "absent", "lost", "gone"}) {
    const auto english = last_line(status("none", state), Language::en);
    EXPECT_NE(english, last_line(status("none", state), Language::vi)) << state;
    EXPECT_EQ(english.find(state == std::string("open") ? "none" : "open "), std::string::npos) << english;
  }
}

}  // namespace
}  // namespace loa::station
