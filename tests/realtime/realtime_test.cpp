// The sound card's thread allocates nothing, frees nothing, takes no lock, wakes nobody and calls nothing of the system
// but the clocks: watched, not read. LOA_REALTIME_MINUTES of frames with the orders of LOA_REALTIME_SEED (tools/soak:
// hours).
#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "audio/paced_device.hpp"
#include "tests/realtime/station_of_sound.hpp"
#include "tests/realtime/watch.hpp"

namespace {

using namespace loa;
using testing::ExitedWithCode;

int wanted(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr ? std::atoi(text) : otherwise;
}

int the_callback_runs(int channels) {
  const audio::Frames length = std::chrono::minutes{wanted("LOA_REALTIME_MINUTES", 30)};
  const auto happened = test::play_for(length, channels, static_cast<std::uint64_t>(wanted("LOA_REALTIME_SEED", 1127)));
  std::fprintf(stderr, "%ld buffers, %ld of them sounding, %ld short, %ld orders, %ld events%s\n", happened.buffers,
               happened.sounding, happened.underruns, happened.orders, happened.ends,
               happened.hushed ? ", hushed" : "");
  const bool lively = happened.frames >= length.count() && happened.sounding > happened.buffers / 10 &&
                      happened.underruns > 0 && happened.orders > 100 && happened.ends > 100 && happened.hushed;
  return lively ? 0 : 1;
}

TEST(RealTimeSafety, TheCallbackOfPortAudioDoesNothingThatCouldWait) {
  // Mono, doubled to both sides of the card; and stereo.
  for (const int channels : {1, 2}) EXPECT_EXIT(::_exit(the_callback_runs(channels)), ExitedWithCode(0), "hushed");
}

/// Gives the paced device's buffers on, watched.
class Watched final : public audio::FrameSink {
 public:
  explicit Watched(audio::FrameSink& inner) : inner_(inner) {}
  void take(std::span<float> out, const audio::Moment& asked) noexcept override {
    const test::RealTime section;
    inner_.take(out, asked);
    test::wake(taken_);
    taken_.fetch_add(1);
  }
  void wait_for(std::uint32_t buffers) {
    for (auto taken = taken_.load(); taken < buffers; taken = taken_.load()) test::wait_while(taken_, taken);
  }

 private:
  audio::FrameSink& inner_;
  std::atomic<std::uint32_t> taken_{0};
};

int the_paced_device_runs() {
  audio::Output output(1, player::Feeder::kWindow);
  output.window().write(std::vector<float>(9'600, 0.5F));
  Watched watched(output);
  audio::PacedDevice device(1, "");
  if (!device.start(watched).empty()) return 1;
  watched.wait_for(15);
  device.stop();
  return output.underruns() > 0 ? 0 : 1;
}

TEST(RealTimeSafety, WhatThePacedDeviceAsksForDoesNeither) {
  EXPECT_EXIT(::_exit(the_paced_device_runs()), ExitedWithCode(0), "");
}

/// A sink that somebody has broken.
struct Mistake {
  const char* does;
  std::function<void()> what;
};

std::mutex g_mutex;
std::condition_variable g_wake;
std::unique_ptr<int> g_owned;
std::vector<int> g_grown;
std::string g_text = "longer than a string keeps within itself";

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> all = {
      {"malloc", [] { g_owned = std::make_unique<int>(1); }},
      {"malloc", [] { g_grown.push_back(1); }},
      {"malloc", [] { const std::string copy = g_text; }},
      {"free", [] { g_owned.reset(); }},
      {"pthread_mutex_lock", [] { const std::lock_guard lock(g_mutex); }},
      {"pthread_mutex_trylock", [] { const std::unique_lock lock(g_mutex, std::try_to_lock); }},
      {"pthread_cond_signal", [] { g_wake.notify_one(); }},
      {"pthread_cond_broadcast", [] { g_wake.notify_all(); }},
      {"malloc",
       [] {
         try {
           throw std::runtime_error("");
         } catch (const std::exception&) {
         }
       }},
      {"system call 0001", [] { (void)!::write(STDERR_FILENO, "said\n", 5); }},
      {"system call 0024", [] { std::this_thread::yield(); }},
      {"system call 0230", [] { std::this_thread::sleep_for(std::chrono::nanoseconds{1}); }},
      {"system call 0202",
       [] {
         std::atomic<int> word{0};
         word.notify_all();
         test::wake(reinterpret_cast<std::atomic<std::uint32_t>&>(word));
       }},
  };
  return all;
}

/// On a watched thread, after a warm-up in which nothing is forbidden yet.
void make(const Mistake& mistake) {
  g_owned = std::make_unique<int>(0);
  std::atomic<std::uint32_t> one{0}, two{0};
  std::thread([&] {
    test::forbid_system_calls(&one, &two);
    const test::RealTime section;
    mistake.what();
    two = 1;
    test::wake(two);
    test::wait_while(one, 0);
  }).detach();
  test::wait_while(two, 0);
  ::_exit(0);
}

TEST(RealTimeSafety, EachMistakeWouldBeCaught) {
  for (const auto& mistake : mistakes()) {
    EXPECT_EXIT(make(mistake), ExitedWithCode(test::kCaught), std::string("the sound card's thread: ") + mistake.does);
  }
}

TEST(RealTimeSafety, ReadingTheClocksIsAllowed) {
  EXPECT_EXIT(make({"clocks", [] { audio::moment_now(); }}), ExitedWithCode(0), "");
}

}  // namespace
