// Soft hours on air: what is heard crosses them without a step, the same in `run` and `render`, and the rows say the
// level that was heard.
#include <cmath>
#include <cstring>

#include "tests/whole/run_fixture.hpp"

namespace loa {
namespace {

using test::json::object;

constexpr std::size_t kSoftRate = 48000;

std::string soft_settings(const std::string& rows) {
  return std::string(test::kRunSettings.substr(0, test::kRunSettings.rfind('}'))) + ", soft_hours: " + rows + "}\n";
}

std::vector<std::int16_t> samples_of_wav(const std::filesystem::path& file) {
  const auto bytes = test::read_file(file);
  const auto begin = bytes.find("data") + 8;
  std::vector<std::int16_t> all((bytes.size() - begin) / 2);
  std::memcpy(all.data(), bytes.data() + begin, all.size() * 2);
  return all;
}

class SoftHoursTest : public test::RunTest {
 protected:
  std::vector<std::int16_t> render(const std::string& from, const std::string& to) {
    const auto wav = station_.outside("render.wav");
    const auto done = station_.loa({"render", "--from", from, "--to", to, "--out", wav.string(), "--log", log()});
    EXPECT_EQ(done.code, 0) << done.err;
    return samples_of_wav(wav);
  }
  std::string log() const { return station_.outside("rows.jsonl").string(); }
  std::vector<double> levels(const std::string& lines) {
    std::vector<double> found;
    for (const auto& line : test::lines_of(lines)) {
      const auto row = test::json::parse(line).as_object();
      if (text(row, "kind") == "item") found.push_back(row.at("level_lufs").to_number<double>());
    }
    return found;
  }
};

TEST_F(SoftHoursTest, AnItemChangesItsLevelOverASecondAfterTheirEnd) {
  schedule(programme("sang", "05:59:50", "[dai]"));
  const auto loud = render("2026-11-23T05:59:50", "2026-11-23T06:00:10");
  const auto level = levels(test::read_file(log())).at(0);
  station_.write("station.yaml", soft_settings("[{from: \"05:00\", until: \"06:00\", gain: -6}]"));
  const auto soft = render("2026-11-23T05:59:50", "2026-11-23T06:00:10");
  ASSERT_EQ(loud.size(), soft.size());
  for (std::size_t i = 0; i < loud.size(); ++i) {
    const double second = static_cast<double>(i) / kSoftRate;
    const double gain = -6 * std::clamp(11 - second, 0.0, 1.0);
    ASSERT_NEAR(soft[i], loud[i] * std::pow(10, gain / 20), 1.01) << i;
  }
  EXPECT_NEAR(levels(test::read_file(log())).at(0), level + 10 * std::log10((std::pow(10, -0.6) + 1) / 2), 0.01);
}

TEST_F(SoftHoursTest, WhatIsWhollyWithinThemIsLoggedAtTheLevelThatIsHeard) {
  schedule(programme("sang", "05:30", "[a, b]"));
  render("2026-11-23T05:29:59", "2026-11-23T05:30:05");
  const auto before = levels(test::read_file(log()));
  station_.write("station.yaml", soft_settings("{from: \"20:00\", until: \"06:00\", gain: -7.5}"));
  render("2026-11-23T05:29:59", "2026-11-23T05:30:05");
  const auto after = levels(test::read_file(log()));
  ASSERT_EQ(after.size(), 2u);
  EXPECT_NEAR(before[0] - after[0], 7.5, 0.002);
  EXPECT_NEAR(before[1] - after[1], 7.5, 0.002);
  EXPECT_NE(
      station_.loa({"explain", "2026-11-23T05:30:00"}).out.find("within soft hours, 20:00 to 06:00: 7.5 dB softer"),
      std::string::npos);
}

TEST_F(SoftHoursTest, RunAndRenderAreTheSameSampleForSample) {
  using namespace std::chrono_literals;
  const auto start = test::time_from_now(test::kSoon);
  const auto from = test::time_from_now(test::kSoon + 3s), until = test::time_from_now(test::kSoon + 6s);
  station_.write("station.yaml", soft_settings("[{from: \"" + from + "\", until: \"" + until + "\", gain: -9}]"));
  schedule(programme("sang", start, "[dai]"));
  const auto wav = station_.outside("run.wav");
  {
    test::Daemon daemon(station_, {"--for", std::to_string(test::kSoon.count() + 12) + "s", "--out", wav.string()});
    ASSERT_EQ(daemon.wait(), 0) << daemon.words();
  }
  const auto heard = samples_of_wav(wav);
  std::string first;
  for (const auto& row : rows()) {
    if (text(row, "kind") == "item") first = text(row, "planned_start");
  }
  ASSERT_NE(first, "");
  const auto planned = render(first, first.substr(0, 11) + test::time_from_now(60s));
  const auto sounds = [](std::int16_t sample) { return sample != 0; };
  const auto of_run = std::find_if(heard.begin(), heard.end(), sounds);
  const auto of_render = std::find_if(planned.begin(), planned.end(), sounds);
  const auto length = std::min({heard.end() - of_run, planned.end() - of_render, std::ptrdiff_t{8 * kSoftRate}});
  ASSERT_GT(length, std::ptrdiff_t{7 * kSoftRate}) << "the edges were heard";
  EXPECT_TRUE(std::equal(of_run, of_run + length, of_render));
}

}  // namespace
}  // namespace loa
