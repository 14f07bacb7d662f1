// Every example of the pages in docs/ and of both READMEs is read by the program's own reader, without a finding.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "scheduler/plan.hpp"

namespace loa::scheduler {
namespace {

std::vector<std::string> yaml_examples(const std::string& page) {
  std::ifstream in(page);
  std::vector<std::string> examples;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "```yaml") {
      examples.emplace_back();
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      examples.back() += line + "\n";
    }
  }
  return examples;
}

void expect_read_without_finding(const std::string& station, const std::string& schedule) {
  config::Diagnostics diagnostics;
  const auto files =
      config::read_station_texts({{"station.yaml", station, 0}, {"schedule/lich.yaml", schedule, 0}}, diagnostics);
  const auto read = read_schedule(files, diagnostics);
  EXPECT_TRUE(read.has_value());
  EXPECT_EQ(to_text(diagnostics, config::Language::en, false), "") << schedule;
}

TEST(Docs, EveryExampleOfTheSchedulePageIsRead) {
  const std::string station = "station: {id: xa-vi-du, name: Xã Ví Dụ}\n";
  const auto examples = yaml_examples(LOA_SOURCE "/docs/schedule.md");
  ASSERT_EQ(examples.size(), 3u);
  expect_read_without_finding(station, examples[0]);
  expect_read_without_finding(station, examples[1]);
  expect_read_without_finding(examples[2], examples[0]);
}

TEST(Docs, EveryExampleOfTheCalendarPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/calendar.md");
  ASSERT_EQ(examples.size(), 2u);
  for (const auto& example : examples) {
    expect_read_without_finding("station: {id: xa-vi-du, name: Xã Ví Dụ}\n", example);
  }
}

TEST(Docs, TheExampleOfTheListeningPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/listening.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding(examples[0], "articles: {a: {title: A, clip: a.wav}}\n");
}

TEST(Docs, TheExampleOfTheDevicesPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/devices.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding(examples[0], "articles: {a: {title: A, clip: a.wav}}\n");
}

TEST(Docs, TheExampleOfTheLevelsPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/levels.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding(examples[0], "articles: {a: {title: A, clip: a.wav, gain: -3}}\n");
}

TEST(Docs, TheExampleOfThePrioritiesPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/priorities.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding("station: {id: xa-vi-du, name: Xã Ví Dụ}\n", examples[0]);
}

TEST(Docs, TheExampleOfTheRepeatsPageIsReadAndMeansWhatItSays) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/repeats.md");
  ASSERT_EQ(examples.size(), 1u);
  const std::string station = "station: {id: xa-vi-du, name: Xã Ví Dụ}\n";
  expect_read_without_finding(station, examples[0]);
  config::Diagnostics diagnostics;
  const auto files =
      config::read_station_texts({{"station.yaml", station, 0}, {"schedule/lich.yaml", examples[0], 0}}, diagnostics);
  const auto schedule = read_schedule(files, diagnostics);
  ASSERT_TRUE(schedule);
  std::string repeats;
  const auto day = [](const char* text) { return calendar::parse_date(text).value(); };
  for (const auto& item : make_plan(*schedule, {}, day("2026-11-23"), day("2026-11-26")).items) {
    if (item.repeat_of) repeats += item.session.str().substr(9) + ' ' + repeat_mark(*item.repeat_of, item.day) + '\n';
  }
  EXPECT_EQ(repeats, "2026-11-23T1700/chieu PL 23/11\n2026-11-24T0530/sang PL 23/11\n2026-11-25T1700/chieu PL 25/11\n");
}

TEST(Docs, TheExampleOfTheLimitsPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/limits.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding(examples[0],
                              "articles:\n  a: {clip: a.wav}\nprogrammes:\n  p: {at: \"06:00\", items: [a]}\n");
}

TEST(Docs, TheExampleOfTheCampaignsPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/campaigns.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding("station: {id: xa-vi-du, name: Xã Ví Dụ}\n", examples[0]);
}

TEST(Docs, TheExampleOfTheRelaysPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/relays.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding("station: {id: xa-vi-du, name: Xã Ví Dụ}\n", examples[0]);
}

TEST(Docs, TheExampleOfTheApprovalPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/approval.md");
  ASSERT_EQ(examples.size(), 2u);
  expect_read_without_finding(examples[0], examples[1]);
}

TEST(Docs, TheExampleOfThePageOfSeveralStationsIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/several-stations.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding(examples[0],
                              "articles:\n  a: {clip: a.wav}\nprogrammes:\n  p: {at: \"06:00\", items: [a]}\n");
}

TEST(Docs, TheExampleOfTheStatusFilesPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/status-file.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding(examples[0],
                              "articles:\n  a: {clip: a.wav}\nprogrammes:\n  p: {at: \"06:00\", items: [a]}\n");
}

TEST(Docs, TheExampleOfTheAmplifiersPageIsRead) {
  const auto examples = yaml_examples(LOA_SOURCE "/docs/amplifier.md");
  ASSERT_EQ(examples.size(), 1u);
  expect_read_without_finding(examples[0],
                              "articles:\n  a: {clip: a.wav}\nprogrammes:\n  p: {at: \"06:00\", items: [a]}\n");
}

TEST(Docs, TheExamplesOfBothReadmesAreRead) {
  for (const auto* page : {LOA_SOURCE "/README.md", LOA_SOURCE "/README.vi.md"}) {
    const auto examples = yaml_examples(page);
    ASSERT_EQ(examples.size(), 2u) << page;
    expect_read_without_finding(examples[0], examples[1]);
  }
}

}  // namespace
}  // namespace loa::scheduler
