// Every example of docs/recurrence.md: what occurs, what is refused and why, what never comes.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "tests/support/recurrence_peers.hpp"

namespace loa::testing {
namespace {

namespace chr = std::chrono;
using calendar::parse_recurrence;
using calendar::RecurrenceError;
using calendar::RecurrenceRule;
using Reason = RecurrenceError::Reason;

const LocalTime kEnd = chr::local_days(chr::year(9999) / 1 / 1);

std::vector<std::string> page() {
  std::ifstream in(LOA_SOURCE "/docs/recurrence.md");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// "2026-11-01 05:30", with or without seconds, as compact() writes it.
std::string digits(const std::string& text) {
  std::string only;
  for (const char c : text) {
    if (c >= '0' && c <= '9') only += c;
  }
  only.resize(14, '0');
  return only.insert(8, "T");
}

calendar::Recurrence made(const std::string& rule, const std::string& from) {
  return {std::get<RecurrenceRule>(parse_recurrence(rule)), from_compact(digits(from)),
          calendar::Zone::find("Asia/Ho_Chi_Minh").value()};
}

/// What stands between back-ticks in the first column, and the second column.
std::pair<std::string, std::string> row(const std::string& line) {
  const auto end = line.find("` | ");
  return {line.substr(3, end - 3), line.substr(end + 4, line.rfind(" |") - end - 4)};
}

void expect_as_written(const std::string& head, const std::string& times) {
  const auto colon = head.find(": ");
  const auto recurrence = made(head.substr(colon + 2), head.substr(5, colon - 5));
  std::vector<std::string> expected;
  std::istringstream in(times);
  bool goes_on = false;
  for (std::string time; std::getline(in, time, ',');) {
    if (time == " …") {
      goes_on = true;
    } else {
      expected.push_back(digits(time));
    }
  }
  std::vector<std::string> found;
  for (const auto at : recurrence.between(recurrence.dtstart(), kEnd, expected.size() + 1)) {
    found.push_back(compact(at));
  }
  EXPECT_EQ(found.size() > expected.size(), goes_on) << head;
  found.resize(expected.size());
  EXPECT_EQ(found, expected) << head;
}

TEST(RecurrencePage, EveryExampleOccursAsWritten) {
  const auto lines = page();
  std::size_t examples = 0;
  for (std::size_t i = 0; i + 2 < lines.size(); ++i) {
    if (lines[i] != "```recurrence") continue;
    expect_as_written(lines[i + 1], lines[i + 2]);
    ++examples;
  }
  EXPECT_GE(examples, 20u);
}

TEST(RecurrencePage, EveryRefusalHasTheReasonWritten) {
  const std::map<std::string, Reason> names = {
      {"count_with_until", Reason::count_with_until},
      {"week_number_frequency", Reason::week_number_frequency},
      {"year_day_frequency", Reason::year_day_frequency},
      {"month_day_frequency", Reason::month_day_frequency},
      {"ordinal_frequency", Reason::ordinal_frequency},
      {"ordinal_with_week_number", Reason::ordinal_with_week_number},
      {"set_position_alone", Reason::set_position_alone},
      {"out_of_range", Reason::out_of_range},
      {"malformed", Reason::malformed},
      {"no_such_date", Reason::no_such_date},
      {"repeated_part", Reason::repeated_part},
      {"unknown_part", Reason::unknown_part},
      {"not_supported", Reason::not_supported},
      {"not_a_part", Reason::not_a_part},
      {"frequency_missing", Reason::frequency_missing},
      {"prefixed", Reason::prefixed},
  };
  std::map<std::string, int> met;
  for (const auto& line : page()) {
    if (!line.starts_with("| `")) continue;
    const auto [text, reason] = row(line);
    if (!names.contains(reason)) continue;
    const auto answer = parse_recurrence(text);
    const auto* error = std::get_if<RecurrenceError>(&answer);
    ASSERT_NE(error, nullptr) << text;
    EXPECT_EQ(error->reason, names.at(reason)) << text;
    ++met[reason];
  }
  EXPECT_EQ(met.size(), names.size());
}

TEST(RecurrencePage, WhatNeverComesNeverDoes) {
  std::size_t rules = 0;
  for (const auto& line : page()) {
    if (!line.starts_with("| `")) continue;
    const auto [rule, from] = row(line);
    if (!from.starts_with("20")) continue;
    EXPECT_TRUE(made(rule, from).never()) << rule;
    ++rules;
  }
  EXPECT_EQ(rules, 3u);
}

}  // namespace
}  // namespace loa::testing
