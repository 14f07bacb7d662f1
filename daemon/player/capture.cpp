#include "daemon/player/capture.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <memory>
#include <thread>

#include "audio/portaudio_input.hpp"
#include "daemon/wire/descriptors.hpp"
#include "daemon/wire/stream_messages.hpp"

namespace loa::player {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kInputLook = 5ms;
constexpr auto kInputGone = 2s;  // without a frame
constexpr std::size_t kSilenceAtOnce = 480;
constexpr float kAudible = 0.002F;  // -54 dBFS, as of a stream of the network

/// Nothing is heard, at the pace of the clock: the input of a station whose device is `none`.
class SilentInput final : public audio::Input {
 public:
  explicit SilentInput(int channels) : channels_(static_cast<std::size_t>(channels)) {}
  std::string start() override {
    next_ = Clock::now();
    return "";
  }
  std::size_t take(std::span<float> out) override {
    const auto samples = kSilenceAtOnce * channels_;
    if (Clock::now() < next_ || out.size() < samples) return 0;
    next_ += 10ms;
    std::fill_n(out.begin(), samples, 0.0F);
    return samples;
  }

 private:
  std::size_t channels_;
  Clock::time_point next_;
};

/// A named pipe into which another program writes mono 48 kHz float PCM: a receiver of its own, a test.
class PipeInput final : public audio::Input {
 public:
  PipeInput(std::string path, int channels) : path_(std::move(path)), channels_(static_cast<std::size_t>(channels)) {}
  ~PipeInput() override {
    if (fd_ >= 0) ::close(fd_);
  }
  std::string start() override {
    fd_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat found {};
    if (fd_ < 0 || ::fstat(fd_, &found) != 0) return "there is no pipe " + path_;
    return S_ISFIFO(found.st_mode) ? "" : path_ + " is no named pipe";
  }
  std::size_t take(std::span<float> out) override {
    const auto most = std::min(out.size() / channels_ * sizeof(float), bytes_.size());
    const auto got = ::read(fd_, bytes_.data() + kept_, most - kept_);
    if (got <= 0) return 0;
    kept_ += static_cast<std::size_t>(got);
    const auto samples = kept_ / sizeof(float), whole = samples * sizeof(float);
    for (std::size_t i = 0; i < samples; ++i) {
      float sample = 0;
      std::memcpy(&sample, bytes_.data() + i * sizeof(float), sizeof sample);
      for (std::size_t c = 0; c < channels_; ++c) out[i * channels_ + c] = sample;
    }
    std::memmove(bytes_.data(), bytes_.data() + whole, kept_ - whole);
    kept_ -= whole;
    return samples * channels_;
  }

 private:
  std::string path_;
  std::size_t channels_;
  int fd_ = -1;
  std::array<std::byte, 32768> bytes_{};
  std::size_t kept_ = 0;  // of a sample that has not come whole
};

void say_news(wire::StreamNews::What what, const std::string& problem, const std::string& detail, std::int64_t frames) {
  const auto line = wire::to_line(wire::StreamNews{what, problem, detail, frames, {}});
  [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, line.data(), line.size());
}

bool audible(std::span<const float> samples) {
  return std::any_of(samples.begin(), samples.end(), [](float sample) { return std::abs(sample) > kAudible; });
}

/// Until something is heard; false when the input is gone before.
bool await_sound(audio::Input& input) {
  std::array<float, 16384> block{};
  for (auto moved = Clock::now(); Clock::now() - moved < kInputGone; std::this_thread::sleep_for(kInputLook)) {
    for (std::size_t got = 0; (got = input.take(block)) > 0; moved = Clock::now()) {
      if (audible(std::span<const float>(block).first(got))) return true;
    }
  }
  return false;
}

/// Until the input is gone or silent; says why.
void pass_on(audio::Input& input, int pipe, const Options& options) {
  std::array<float, 16384> block{};
  while (input.take(block) > 0) {
  }  // what came before anybody listened is old
  std::int64_t frames = 0;
  auto heard = Clock::now();
  for (auto moved = heard; Clock::now() - moved < kInputGone; std::this_thread::sleep_for(kInputLook)) {
    for (std::size_t got = 0; (got = input.take(block)) > 0; moved = Clock::now()) {
      const auto samples = std::span<const float>(block).first(got);
      if (options.silence == 0s || audible(samples)) heard = Clock::now();
      if (!wire::write_whole(pipe, std::as_bytes(samples))) return;
      frames += static_cast<std::int64_t>(got) / options.channels;
    }
    if (options.silence > 0s && Clock::now() - heard > options.silence) {
      return say_news(wire::StreamNews::What::ended, "silent", "nothing but silence is heard", frames);
    }
  }
  say_news(wire::StreamNews::What::ended, "lost", "the input gives no sound any more", frames);
}

}  // namespace

int capture(const Options& options) {
  using What = wire::StreamNews::What;
  std::string error;
  std::unique_ptr<audio::Input> input;
  if (options.capture == "none") input = std::make_unique<SilentInput>(options.channels);
  if (options.capture.starts_with('/')) input = std::make_unique<PipeInput>(options.capture, options.channels);
  if (!input) input = audio::find_portaudio_input(options.capture, options.channels, error);
  if (input) error = input->start();
  if (!input || !error.empty()) {
    say_news(What::ended, "absent", error, 0);
    return 4;
  }
  if (options.awaits_sound && !await_sound(*input)) {
    say_news(What::ended, "lost", "the input gives no sound any more", 0);
    return 5;
  }
  say_news(What::ready, "", "", 0);
  const int pipe = ::open(options.pipe.c_str(), O_WRONLY | O_CLOEXEC);
  if (pipe < 0) return 5;
  pass_on(*input, pipe, options);
  ::close(pipe);
  return 5;
}

}  // namespace loa::player
