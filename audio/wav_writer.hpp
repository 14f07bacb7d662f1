// Writes sound into a WAV file (RF64 beyond 4 GiB), for `render` and the paced device. Knows no device and no clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace loa::audio {

struct WavFormat {
  enum class Sample { pcm16, float32 };
  int channels = 1;
  int sample_rate = 48000;
  Sample sample = Sample::pcm16;  // pcm16: rounded and clipped to full scale
  /// The UTC instant of the first frame, kept in a BWF `bext` chunk.
  std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> begins;
};

/// All that stands before the samples of a file with `data_bytes` of them: RIFF, or RF64 when RIFF's sizes are too
/// small.
std::vector<std::uint8_t> wav_header(const WavFormat& format, std::int64_t data_bytes);

/// One file being written, by one thread. The header's lengths are brought up to date once a second of sound and on
/// close, so a killed writer leaves a readable file.
class WavWriter {
 public:
  /// `path` is made or emptied. Nothing on failure; `error` says why.
  static std::unique_ptr<WavWriter> create(const std::string& path, const WavFormat& format, std::string& error);
  /// Goes on behind what a killed writer left in `path`; format().begins is then that writer's. What was not written
  /// in this format, with a `begins`, is emptied.
  static std::unique_ptr<WavWriter> resume(const std::string& path, const WavFormat& format, std::string& error);
  ~WavWriter();
  WavWriter(const WavWriter&) = delete;
  WavWriter& operator=(const WavWriter&) = delete;

  /// Interleaved whole frames. False when the file failed, now or before: fault() says why.
  bool append(std::span<const float> samples);
  /// Completes the header; "" or why the file is not whole. Further calls change nothing.
  std::string close();

  std::int64_t frames() const;
  const WavFormat& format() const { return format_; }
  const std::string& fault() const { return fault_; }

 private:
  WavWriter(int fd, const WavFormat& format);
  bool take_up();
  bool forget();
  bool write(std::span<const std::uint8_t> bytes);
  bool write_header();

  int fd_;
  WavFormat format_;
  std::int64_t data_bytes_ = 0;
  std::int64_t header_covers_ = 0;  // data bytes that the written header speaks of
  std::vector<std::uint8_t> encoded_;
  std::string fault_;
};

}  // namespace loa::audio
