// How many times real time recordings are taken in, masters are made and read. Counter `realtime` is seconds of sound
// per second of processor time.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <vector>

#include "audio/limiter.hpp"
#include "audio/master.hpp"
#include "audio/master_make.hpp"
#include "daemon/media/recording.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace loa;

constexpr double kSeconds = 120;

/// Two minutes of sound like speech, in every format, made once.
const test::Recordings& shelf() {
  static const test::Recordings made;
  static const bool once = [] {
    made.speech("a.wav", kSeconds);
    made.run("lame --quiet -b 128 a.wav cbr.mp3; lame --quiet -V 4 a.wav vbr.mp3; flac -s a.wav");
    made.run("oggenc -Q a.wav; opusenc --quiet a.wav a.opus");
    return true;
  }();
  static_cast<void>(once);
  return made;
}

void count_realtime(benchmark::State& state) {
  state.counters["realtime"] =
      benchmark::Counter(kSeconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// Everything that `loa-media measure` does: decode, loudness, true peak, hash.
void take_in(benchmark::State& state, const char* name) {
  const test::OpenFile file(shelf().path(name));
  for (auto _ : state) {
    const auto facts = media::measure_recording(file.fd());
    if (facts.refused) state.SkipWithError(facts.problem.c_str());
  }
  count_realtime(state);
}
BENCHMARK_CAPTURE(take_in, mp3_128k, "cbr.mp3")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(take_in, mp3_vbr, "vbr.mp3")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(take_in, wav, "a.wav")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(take_in, flac, "a.flac")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(take_in, vorbis, "a.ogg")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(take_in, opus, "a.opus")->Unit(benchmark::kMillisecond);

void make_master(benchmark::State& state, double target) {
  const test::OpenFile file(shelf().path("cbr.mp3"));
  const int out = ::open(shelf().path("made.flac").c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  for (auto _ : state) {
    const auto made = audio::make_master(file.fd(), out, {1, target, 0, -1});
    if (!made.written) state.SkipWithError("not written");
  }
  ::close(out);
  count_realtime(state);
}
BENCHMARK_CAPTURE(make_master, quiet_target, -23)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(make_master, usual_target, -16)->Unit(benchmark::kMillisecond);

void read_master(benchmark::State& state) {
  shelf().run("sox -D a.wav -r 48000 -c 1 -b 24 m.wav; flac -s -f m.wav");
  const auto master = audio::MasterReader::open(shelf().path("m.flac"));
  std::vector<float> block(4800);
  for (auto _ : state) {
    for (std::int64_t at = 0; at < master->frames(); at += 4800) benchmark::DoNotOptimize(master->read(at, block));
  }
  count_realtime(state);
}
BENCHMARK(read_master)->Unit(benchmark::kMillisecond);

void limit(benchmark::State& state) {
  std::vector<float> sound(static_cast<std::size_t>(kSeconds) * 48000);
  for (std::size_t i = 0; i < sound.size(); ++i) sound[i] = static_cast<float>(i % 97) / 40.0F - 1.2F;
  for (auto _ : state) {
    audio::Limiter limiter(1, -1);
    for (std::size_t at = 0; at < sound.size(); at += 4800) {
      benchmark::DoNotOptimize(limiter.add(std::span(sound).subspan(at, 4800)));
    }
  }
  count_realtime(state);
}
BENCHMARK(limit)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
