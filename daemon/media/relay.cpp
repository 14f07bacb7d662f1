// One thread takes in what the network gives, the other gives it on by the clock.
#include "daemon/media/relay.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "audio/frames.hpp"
#include "audio/master_mix.hpp"
#include "audio/resample.hpp"
#include "daemon/media/ffmpeg_sound.hpp"
#include "daemon/media/level_ahead.hpp"
#include "daemon/media/relay_buffer.hpp"
#include "daemon/wire/descriptors.hpp"

namespace loa::media {

namespace {

using namespace std::chrono_literals;
using wire::StreamNews;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kGives = 10ms;
constexpr double kFrameRate = 48'000;
constexpr double kAtFirst = 12;      // s that may come at once: a server's burst, segments of HLS
constexpr double kNoFaster = 1.02;   // afterwards, so that a file is not taken in at once
constexpr double kStarved = 0.5;     // s that lack: there is a fallback, and what the player has lasts until it begins
constexpr double kStarvedAlone = 6;  // s: there is none
constexpr float kAudible = 0.002F;   // -54 dBFS
constexpr double kSoundWithin = 2;   // s: `awaits_sound`

/// A named pipe that nobody reads is in error.
bool is_read(int out) {
  pollfd look{out, POLLOUT, 0};
  return ::poll(&look, 1, 0) > 0 && (look.revents & POLLERR) == 0;
}

double seconds_since(SteadyClock::time_point then) {
  return std::chrono::duration<double>(SteadyClock::now() - then).count();
}

class Relay {
 public:
  Relay(const RelayTask& task, const std::function<void(const StreamNews&)>& tell)
      : task_(task), tell_(tell), buffer_(task.channels), level_(task.channels, task.target) {}

  void run() {
    audio::Refusal why;
    const auto sound = FfmpegSound::open_address(task_.address, task_.patience, why);
    if (!sound) return tell(StreamNews::What::ended, why.code, why.detail);
    std::thread giving([this] { give(); });
    take_in(*sound);
    if (!stopped()) why = sound->judge().refusal;
    end(why.code, why.detail);
    giving.join();
  }

 private:
  void take_in(audio::SoundStream& sound) {
    audio::Mixer mixer(sound.info().channels, task_.channels, audio::Mix::all);
    audio::Resampler resampler(task_.channels, sound.info().sample_rate);
    const auto began = SteadyClock::now();
    for (auto block = sound.next(); !block.empty() && !stopped(); block = sound.next()) {
      add(resampler.add(mixer.mix(block)));
      while (!stopped() && taken_in_ > kAtFirst + kNoFaster * seconds_since(began)) std::this_thread::sleep_for(kGives);
    }
    if (stopped()) return;
    add(resampler.finish());
    while (level_.ahead() > 0) keep(level_.take());
  }

  void add(std::span<const float> samples) {
    taken_in_ = taken_in_ + static_cast<double>(samples.size() / static_cast<std::size_t>(task_.channels)) / kFrameRate;
    const bool heard = std::any_of(samples.begin(), samples.end(), [](float s) { return std::abs(s) > kAudible; });
    if (heard) quiet_since_ = taken_in_.load();
    level_.add(samples);
    while (level_.ahead() >= LevelAhead::kBlock) keep(level_.take());
    if (task_.silence > 0 && read_ && taken_in_ - quiet_since_ > task_.silence) {
      end("silent", "nothing but silence comes");
    }
  }

  void keep(std::span<const float> samples) {
    const std::lock_guard lock(mutex_);
    buffer_.add(samples);
    const bool sounds = !task_.awaits_sound || taken_in_ - quiet_since_ < kSoundWithin;
    if (ready_told_ || !sounds || buffer_.ahead() < RelayBuffer::kCushion) return;
    ready_told_ = true;
    StreamNews news;
    news.what = StreamNews::What::ready;
    news.loudness = level_.loudness();
    tell_(news);
  }

  /// The other thread.
  void give() {
    std::vector<float> given;
    auto before = SteadyClock::now();
    for (bool more = true; more; std::this_thread::sleep_for(kGives)) {
      const bool read = is_read(task_.out);
      {
        const std::lock_guard lock(mutex_);
        if (read && !read_) quiet_since_ = std::max(quiet_since_.load(), taken_in_ - RelayBuffer::kCushion);
        if (read_ && !read) ended_ = true;
        read_ = read;
        more = !ended_;
        const auto due = more ? buffer_.take(seconds_since(before), read) : buffer_.rest();
        given.assign(due.begin(), due.end());
        const double most = task_.silence > 0 ? kStarved : kStarvedAlone;
        if (more && buffer_.starved() > most) stop("stalled", "less comes than is heard");
      }
      before = SteadyClock::now();
      if (!given.empty() && read && !wire::write_whole(task_.out, std::as_bytes(std::span<const float>(given)))) return;
    }
  }

  bool stopped() {
    const std::lock_guard lock(mutex_);
    return ended_;
  }
  void end(const std::string& problem, const std::string& detail) {
    const std::lock_guard lock(mutex_);
    stop(problem, detail);
  }
  void stop(const std::string& problem, const std::string& detail) {
    ended_ = true;
    if (!std::exchange(end_told_, true)) tell(StreamNews::What::ended, problem, detail);
  }
  void tell(StreamNews::What what, const std::string& problem, const std::string& detail) {
    StreamNews news{what, problem, detail, std::llround(taken_in_ * kFrameRate), {}};
    tell_(news);
  }

  const RelayTask& task_;
  const std::function<void(const StreamNews&)>& tell_;
  std::mutex mutex_;
  RelayBuffer buffer_;
  LevelAhead level_;                     // of the thread that takes in
  std::atomic<double> taken_in_ = 0;     // s
  std::atomic<double> quiet_since_ = 0;  // s of what was taken in
  std::atomic<bool> read_ = false;
  bool ended_ = false, end_told_ = false, ready_told_ = false;
};

}  // namespace

void relay(const RelayTask& task, const std::function<void(const StreamNews&)>& tell) {
  std::signal(SIGPIPE, SIG_IGN);
  Relay(task, tell).run();
}

}  // namespace loa::media
