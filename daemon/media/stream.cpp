// Decode, mix, resample, level; a little more is decoded than is written, until enough is known of what comes.
#include "daemon/media/stream.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "audio/decode.hpp"
#include "audio/frames.hpp"
#include "audio/master_mix.hpp"
#include "audio/resample.hpp"
#include "audio/sound_stream.hpp"
#include "daemon/media/ffmpeg_sound.hpp"
#include "daemon/media/level_ahead.hpp"
#include "daemon/media/ways.hpp"
#include "daemon/wire/descriptors.hpp"

namespace loa::media {

namespace {

using wire::StreamNews;
using namespace std::chrono_literals;

constexpr std::int64_t kRate = audio::kRate;
constexpr std::size_t kDecoded = 4'096;                              // frames at a time
constexpr std::int64_t kFirst = 4 * kRate, kLeastFirst = kRate / 2;  // before the first is written, in so much time:
constexpr auto kFirstWithin = 20ms;
constexpr std::int64_t kAhead = 20 * kRate;
constexpr int kFaster = 5;  // decoded for each written, while less than kAhead is ahead
constexpr std::int64_t kLongest = audio::kLongestSeconds * kRate;
constexpr std::int64_t kWorthSeeking = 5 * kRate;
constexpr auto kLook = 20ms;

/// libsndfile's, which begins without looking through the file; what it comes out short of is told at the end.
class PlainSound final : public audio::SoundStream {
 public:
  static std::unique_ptr<audio::SoundStream> open(int fd) {
    std::string error;
    auto source = audio::SoundSource::open(fd, error);
    if (!source || audio::format_refusal(source->info())) return nullptr;
    return std::unique_ptr<audio::SoundStream>(new PlainSound(fd, std::move(source)));
  }
  const audio::SoundInfo& info() const override { return source_->info(); }
  std::span<const float> next() override {
    if (guard_.stopped()) return {};
    const auto got = static_cast<std::size_t>(source_->read(block_) * info().channels);
    const auto read = std::span<const float>(block_).first(got);
    guard_.take(read);
    return guard_.stopped() ? std::span<const float>() : read;  // one broken number would level all the rest away
  }
  std::int64_t frames() const override { return guard_.frames(); }
  audio::Verdict judge() const override {
    audio::Verdict verdict;
    verdict.refusal = guard_.refusal();
    if (verdict.refusal) return verdict;
    const auto decoder = audio::Decoder::open(fd_, verdict.refusal);
    if (!verdict.refusal && !source_->error().empty()) verdict.refusal = {"damaged", source_->error()};
    return verdict;
  }
  bool seek(std::int64_t frame) { return source_->seek(frame); }

 private:
  PlainSound(int fd, std::unique_ptr<audio::SoundSource> source)
      : fd_(fd),
        source_(std::move(source)),
        guard_(source_->info().sample_rate, source_->info().channels),
        block_(kDecoded * static_cast<std::size_t>(source_->info().channels)) {}

  int fd_;
  std::unique_ptr<audio::SoundSource> source_;
  audio::SoundGuard guard_;
  std::vector<float> block_;
};

/// The decoder that begins soonest; nothing when none takes it.
std::unique_ptr<audio::SoundStream> open_at_once(int fd, audio::Refusal& why) {
  why = audio::file_refusal(fd);
  if (why) return nullptr;
  const auto bytes = std::make_unique<audio::FileBytes>(fd);
  const auto kind = audio::kind_of(*bytes);
  const bool plain = kind == audio::Kind::wav || kind == audio::Kind::flac || kind == audio::Kind::ogg;
  auto sound = plain ? PlainSound::open(fd) : nullptr;
  if (!sound) sound = FfmpegSound::open(fd, why);
  if (!sound) why = measure_any(fd).refusal;  // the more exact word
  if (!sound && !why) why = {"unsupported-format", "it cannot be decoded while it sounds"};
  return sound;
}

/// The recording in 48 kHz and the channels asked for.
class Sound {
 public:
  Sound(std::unique_ptr<audio::SoundStream> source, int channels)
      : source_(std::move(source)),
        mixer_(source_->info().channels, channels, audio::Mix::all),
        resampler_(channels, source_->info().sample_rate) {}

  /// Valid until the next call; nothing once ended().
  std::span<const float> next() {
    const auto block = ended_ ? std::span<const float>() : source_->next();
    if (!block.empty()) return resampler_.add(mixer_.mix(block));
    return std::exchange(ended_, true) ? std::span<const float>() : resampler_.finish();
  }
  bool ended() const { return ended_; }
  /// Goes to frame `at` of 48 kHz; false when the recording has to be decoded up to there.
  bool seek(std::int64_t at) {
    auto* plain = dynamic_cast<PlainSound*>(source_.get());
    return plain != nullptr && plain->seek(at * source_->info().sample_rate / kRate);
  }
  StreamNews verdict() const {
    const auto verdict = source_->judge();
    const auto& said = verdict.refusal ? verdict.refusal : verdict.warning;
    StreamNews news;
    news.problem = said.code;
    news.detail = said.detail;
    return news;
  }

 private:
  std::unique_ptr<audio::SoundStream> source_;
  audio::Mixer mixer_;
  audio::Resampler resampler_;
  bool ended_ = false;
};

class Streamer {
 public:
  Streamer(const StreamTask& task, std::unique_ptr<audio::SoundStream> source)
      : task_(task),
        announced_(source->info().frames * kRate / source->info().sample_rate),
        sound_(std::move(source), task.channels),
        level_(task.channels, task.target) {}

  StreamNews first() {
    skip();
    const auto until = std::chrono::steady_clock::now() + kFirstWithin;
    while (!sound_.ended() && level_.ahead() < kFirst &&
           (level_.ahead() < kLeastFirst || std::chrono::steady_clock::now() < until)) {
      level_.add(sound_.next());
    }
    StreamNews news;
    news.what = level_.ahead() > 0 ? StreamNews::What::ready : StreamNews::What::ended;
    news.frames = announced_ > 0 && announced_ <= kLongest ? announced_ : 0;
    news.loudness = level_.loudness();
    return news;
  }

  /// Frames from the recording's first on.
  std::int64_t write(int pipe) {
    std::int64_t written = task_.skip;
    while (written < kLongest) {
      for (int i = 0; i < kFaster && !sound_.ended() && level_.ahead() < kAhead; ++i) level_.add(sound_.next());
      while (!sound_.ended() && level_.ahead() < LevelAhead::kBlock) level_.add(sound_.next());
      const auto block = level_.take();
      if (block.empty() || !wire::write_whole(pipe, std::as_bytes(block))) break;
      written += static_cast<std::int64_t>(block.size()) / task_.channels;
    }
    return written;
  }
  StreamNews verdict() const { return sound_.verdict(); }

 private:
  void skip() {
    if (task_.skip <= 0) return;
    if (task_.skip > kWorthSeeking && sound_.seek(task_.skip)) return;
    std::int64_t left = task_.skip;
    while (left > 0 && !sound_.ended()) {
      const auto block = sound_.next();
      const auto frames = static_cast<std::int64_t>(block.size()) / task_.channels;
      level_.listen(block.first(static_cast<std::size_t>(std::min(frames, left) * task_.channels)));
      if (frames > left) level_.add(block.subspan(static_cast<std::size_t>(left * task_.channels)));
      left -= frames;
    }
  }

  const StreamTask& task_;
  std::int64_t announced_;
  Sound sound_;
  LevelAhead level_;
};

StreamNews refused(const audio::Refusal& why) {
  StreamNews news;
  news.problem = why ? why.code : "empty";
  news.detail = why.detail;
  return news;
}

/// Until the reader has it all: what is in a pipe goes with its last descriptor.
void wait_for_reader(int pipe) {
  for (int unread = 1; ::ioctl(pipe, FIONREAD, &unread) == 0 && unread > 0;) {
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace

void stream_recording(const StreamTask& task, const std::function<void(const StreamNews&)>& tell) {
  audio::Refusal why;
  auto source = open_at_once(task.fd, why);
  if (!source) return tell(refused(why));
  Streamer streamer(task, std::move(source));
  const auto first = streamer.first();
  if (first.what == StreamNews::What::ended) return tell(refused({}));
  tell(first);
  ::fcntl(task.pipe, F_SETPIPE_SZ, 1 << 20);
  const auto frames = streamer.write(task.pipe);
  auto last = streamer.verdict();
  last.frames = frames;
  tell(last);
  wait_for_reader(task.pipe);
}

}  // namespace loa::media
