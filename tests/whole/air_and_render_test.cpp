// What `run` really gave its device is what `render` writes, sample for sample: over chains, pauses, an interruption by
// priority and the resumed piece, a pinned item, a fill, an overrun that fades, one that is cut, and the end of the
// permitted hours within an item. LOA_AIR_CYCLES: how many times over (tools/soak).
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

using Samples = std::vector<std::int16_t>;

constexpr std::chrono::seconds kPart{16};  // of one cycle

/// "HH:MM:SS" of instants that are chosen once.
class Timetable {
 public:
  Timetable(std::chrono::sys_seconds begins, int cycles) : begins_(begins), cycles_(cycles) {}

  std::string hours() const {
    std::string text;
    for (int i = 0; i < cycles_; ++i) {
      const auto from = i == 0 ? std::string("00:00") : at(i, -1s);
      text += "  - {days: daily, from: \"" + from + "\", until: \"" + at(i, 15s) + "\"}\n";
    }
    return text;
  }
  std::string programmes() const {
    std::string text;
    for (int i = 0; i < cycles_; ++i) {
      const auto n = std::to_string(i);
      text += "  chinh-" + n + ": {at: \"" + at(i, 0s) +
              "\", length: 10s, items: [a, {pause: 300ms}, dai, {article: b, at: \"" + at(i, 8s) +
              "\"}, {fill: [b, a]}]}\n";
      text += "  ngat-" + n + ": {at: \"" + at(i, 4s) + "\", priority: priority, items: [b]}\n";
      text += "  mo-" + n + ": {at: \"" + at(i, 10s) + "\", length: 2500ms, items: [b, dai]}\n";
      text += "  cat-" + n + ": {at: \"" + at(i, 13s) + "\", length: 700ms, overrun: cut, items: [dai]}\n";
      text += "  gio-" + n + ": {at: \"" + at(i, 14s) + "\", overrun: finish, items: [dai]}\n";
    }
    return text;
  }
  std::string instant(std::chrono::seconds after) const { return date() + "T" + clock(begins_ + after); }
  /// What is said of the last item of a cycle when it has ended.
  std::string ended(int cycle) const { return at(cycle, 14s) + " dai: partial/overrun"; }
  std::chrono::seconds whole() const { return kPart * cycles_; }

 private:
  std::string at(int cycle, std::chrono::seconds after) const { return clock(begins_ + cycle * kPart + after); }
  std::string date() const {
    return run_program({"date", "-u", "-d", "@" + seconds(begins_), "+%F"}).out.substr(0, 10);
  }
  static std::string clock(std::chrono::sys_seconds at) {
    return run_program({"date", "-u", "-d", "@" + seconds(at), "+%T"}).out.substr(0, 8);
  }
  static std::string seconds(std::chrono::sys_seconds at) { return std::to_string(at.time_since_epoch().count()); }

  std::chrono::sys_seconds begins_;
  int cycles_;
};

Samples samples_in(const std::filesystem::path& wav) {
  const auto bytes = read_file(wav);
  const auto begin = bytes.find("data") + 8;
  Samples all((bytes.size() - begin) / 2);
  std::memcpy(all.data(), bytes.data() + begin, all.size() * 2);
  return all;
}

std::size_t first_sound(const Samples& samples) {
  return static_cast<std::size_t>(
      std::find_if(samples.begin(), samples.end(), [](auto sample) { return sample != 0; }) - samples.begin());
}

/// Both from their first sound on; the longer one may go on in silence.
void expect_same(const Samples& air, const Samples& rendered) {
  const auto from_air = first_sound(air), from_rendered = first_sound(rendered);
  ASSERT_LT(from_rendered, rendered.size());
  const auto count = std::max(air.size() - from_air, rendered.size() - from_rendered);
  const auto sample = [](const Samples& of, std::size_t at) { return at < of.size() ? of[at] : std::int16_t{0}; };
  std::size_t different = 0, first = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (sample(air, from_air + i) == sample(rendered, from_rendered + i)) continue;
    if (different++ == 0) first = i;
  }
  EXPECT_EQ(different, 0u) << "of " << count << ", the first at " << static_cast<double>(first) / 48000 << " s";
}

class AirAndRender : public RunTest {
 protected:
  void prepare(const Timetable& times) {
    station_.write("station.yaml",
                   "station: {id: xa-thu, name: Xã Thử, timezone: UTC, language: en}\npermitted_hours:\n" +
                       times.hours() + "audio: {device: none}\n");
    schedule(times.programmes());
  }
  Samples rendered(const Timetable& times) {
    const auto out = station_.outside("rendered.wav").string();
    const auto done =
        station_.loa({"render", "--from", times.instant(-1s), "--to", times.instant(times.whole()), "--out", out});
    EXPECT_EQ(done.code, 0) << done.err;
    return samples_in(out);
  }
};

TEST_F(AirAndRender, GiveTheSameSamples) {
  const char* more = std::getenv("LOA_AIR_CYCLES");
  const int cycles = more != nullptr ? std::atoi(more) : 1;
  make_masters();
  const auto begins = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + kSoon + 2s;
  const Timetable times(begins, cycles);
  prepare(times);
  const auto out = station_.outside("air.wav");
  Daemon daemon(station_, {"--out", out.string(), "--for", std::to_string((kSoon + 2s + times.whole()).count()) + "s"});
  for (int i = 0; i < cycles; ++i) ASSERT_TRUE(daemon.says(times.ended(i))) << daemon.words();
  EXPECT_EQ(daemon.wait(), 0) << daemon.words();
  expect_same(samples_in(out), rendered(times));
  std::map<std::string, int> counted;
  for (const auto& verdict : verdicts()) ++counted[verdict];
  EXPECT_EQ(counted, (std::map<std::string, int>{{" aired/none", cycles},
                                                 {"a aired/none", cycles},
                                                 {"b aired/none", 4 * cycles},
                                                 {"dai aired/emergency", cycles},
                                                 {"dai partial/overrun", 4 * cycles}}))
      << daemon.words();
  expect_proof();
}

}  // namespace
}  // namespace loa::test
