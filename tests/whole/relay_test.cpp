// Relays of the schedule as people meet them: real processes, a station on loopback, the sound on the paced device's
// capture, the rows in the ledger.
#include <signal.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "tests/support/live_server.hpp"
#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

using Gives = LiveServer::Gives;
using testing::HasSubstr;

/// Ahead of a session, so that its source is connected as it is in earnest.
constexpr std::chrono::seconds kAhead = kSoon + std::chrono::seconds(9);

class RelayTest : public RunTest {
 protected:
  /// A session of `length` of the relay, then b.
  void relay(const std::string& url, const std::string& length, const std::string& fallback = ", fallback: dai") {
    make_masters();
    at_ = time_from_now(kAhead);
    station_.write("schedule/lich.yaml",
                   "articles:\n  a: {title: A, clip: a.wav}\n  b: {title: B, clip: b.flac}\n"
                   "  dai: {title: Dài, clip: dài.mp3}\n"
                   "relays:\n  vov1: {title: Thời sự, source: vov, url: \"" +
                       url + "\"" + fallback + "}\nprogrammes:\n  sang: {at: \"" + at_ +
                       "\", items: [{relay: vov1, for: " + length + "}, b]}\n");
  }
  json::object relayed() {
    for (auto& row : rows()) {
      if (text(row, "kind") == "item" && text(row, "what") == "relay") return row;
    }
    return {};
  }
  static std::string outcome(const json::object& row) { return text(row, "verdict") + "/" + text(row, "reason"); }
  static std::int64_t frames(const json::object& row) { return row.at("frames_played").as_int64(); }

  std::vector<float> capture(const std::string& wav) const {
    const auto raw = station_.outside("raw").string();
    const auto made = run_program({"sox", wav, "-t", "raw", "-e", "float", "-b", "32", "-c", "1", raw});
    EXPECT_EQ(made.code, 0) << made.err;
    std::ifstream in(raw, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::vector<float> samples(bytes.size() / sizeof(float));
    std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(float));
    return samples;
  }

  std::string at_;
};

/// Share of 440 Hz in a stretch, 0 … 1.
double tone_in(const std::vector<float>& samples, std::size_t from, std::size_t count) {
  double sine = 0, cosine = 0, all = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    const double turn = 2 * M_PI * 440 * static_cast<double>(i) / 48'000;
    sine += samples[i] * std::sin(turn);
    cosine += samples[i] * std::cos(turn);
    all += samples[i] * samples[i];
  }
  return all <= 0 ? 0 : 2 * (sine * sine + cosine * cosine) / (all * static_cast<double>(count));
}

TEST_F(RelayTest, IsHeardOnItsFrameAndForItsTime) {
  const LiveServer server;
  relay(server.url(), "6s");
  EXPECT_EQ(station_.loa({"check"}).code, 0);
  const auto wav = station_.outside("air.wav").string();
  {
    Daemon daemon(station_, {"--out", wav});
    ASSERT_TRUE(daemon.says(at_ + " vov1: aired")) << daemon.words();
    ASSERT_TRUE(daemon.says(" b: aired")) << daemon.words();
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait(), 0);
  }
  const auto row = relayed();
  EXPECT_EQ(outcome(row), "aired/none") << text(row, "note");
  EXPECT_EQ(frames(row), 6 * 48'000);
  EXPECT_EQ(text(row, "relay"), "vov1");
  EXPECT_EQ(text(row, "source"), "vov");
  EXPECT_FALSE(row.contains("article"));
  EXPECT_EQ(text(row, "start").substr(11, 12), at_ + ".000");
  EXPECT_THAT(text(row, "note"), HasSubstr("live from " + server.url()));
  const auto samples = capture(wav);
  std::size_t first = 0;
  while (first < samples.size() && std::abs(samples[first]) < 1e-4F) ++first;
  ASSERT_LT(first + 7 * 48'000, samples.size());
  for (std::size_t at = first + 2'400; at + 4'800 < first + 6 * 48'000 - 2'400; at += 4'800) {
    EXPECT_GT(tone_in(samples, at, 4'800), 0.98) << "at " << (at - first) / 48 << " ms";
  }
  const double peak = *std::max_element(samples.begin(), samples.end());
  EXPECT_LE(peak, std::pow(10, -1.0 / 20));
  EXPECT_GT(peak, 0.15) << "brought to the station's loudness";
  expect_proof();
}

TEST_F(RelayTest, WhatCannotBeReachedIsStoodInFor) {
  const LiveServer server(Gives::refusal);
  relay(server.url(), "3s");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says(at_ + " vov1 (dai): aired/relay")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  const auto row = relayed();
  EXPECT_EQ(outcome(row), "aired/relay");
  EXPECT_EQ(frames(row), 3 * 48'000);
  EXPECT_EQ(text(row, "article"), "dai");
  EXPECT_THAT(text(row, "note"), HasSubstr("dai for 3.0 s; unreachable"));
  EXPECT_GE(server.listeners(), 2) << "it was tried again";
  expect_proof();
}

TEST_F(RelayTest, WhatIsNoSoundWithoutAFallbackIsMissedAndWhatFollowsIsNot) {
  const LiveServer server(Gives::garbage);
  relay(server.url(), "2s", "");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says(" b: aired")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(outcome(relayed()), "missed/relay");
  expect_proof();
}

TEST_F(RelayTest, WhatStallsIsStoodInForAndHeardAgainWhenItIsBack) {
  LiveServer server;
  relay(server.url(), "25s");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says(at_ + " goes on air: vov1\n")) << daemon.words();
  server.give(Gives::nothing);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\"")) << daemon.words();
  server.give(Gives::tone);
  ASSERT_TRUE(daemon.says(at_ + " vov1 (dai): aired/relay")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(frames(relayed()), 25 * 48'000) << "without a gap";
  EXPECT_THAT(text(relayed(), "note"), HasSubstr("stalled"));
  EXPECT_THAT(text(relayed(), "note"), HasSubstr("live from"));
  expect_proof();
}

TEST_F(RelayTest, WhatIsSilentIsStoodInForUntilItSounds) {
  LiveServer server(Gives::silence);
  relay(server.url(), "25s");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"article\":\"dai\"")) << daemon.words();
  server.give(Gives::tone);
  ASSERT_TRUE(daemon.says(at_ + " vov1 (dai): aired/relay")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_THAT(text(relayed(), "note"), HasSubstr("silent: nothing but silence comes"));
  expect_proof();
}

// An input that hears nothing is there, and its silence is the receiver's.
TEST_F(RelayTest, AnInputIsHeardToo) {
  make_masters();
  at_ = time_from_now(kAhead);
  station_.write("schedule/lich.yaml",
                 "articles: {b: {title: B, clip: b.flac}}\nrelays: {mic: {title: Micrô, input: none}}\n"
                 "programmes: {sang: {at: \"" +
                     at_ + "\", items: [{relay: mic, for: 2s}, b]}}\n");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says(at_ + " mic: aired")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(outcome(relayed()), "aired/none");
  EXPECT_EQ(frames(relayed()), 2 * 48'000);
  EXPECT_EQ(text(relayed(), "source"), "other");
  EXPECT_THAT(text(relayed(), "note"), HasSubstr("live from none"));
}

// A receiver that gives nothing is as silent as one that is off.
TEST_F(RelayTest, AnInputThatStaysSilentIsStoodInFor) {
  make_masters();
  at_ = time_from_now(kAhead);
  station_.write("schedule/lich.yaml",
                 "articles: {b: {title: B, clip: b.flac}, dai: {title: Dài, clip: dài.mp3}}\n"
                 "relays: {mic: {input: none, fallback: dai}}\nprogrammes: {sang: {at: \"" +
                     at_ + "\", items: [{relay: mic, for: 15s}, b]}}\n");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says(at_ + " mic (dai): aired/relay")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(frames(relayed()), 15 * 48'000);
  EXPECT_THAT(text(relayed(), "note"), HasSubstr("silent: nothing but silence is heard"));
}

// What was heard of it has its row when the program ends in the middle.
TEST_F(RelayTest, EndsWithTheProgram) {
  LiveServer server;
  relay(server.url(), "25s");
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.answers("\"what\":\"relay\"")) << daemon.words();
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_EQ(outcome(relayed()), "partial/power");
  expect_proof();
}

}  // namespace
}  // namespace loa::test
