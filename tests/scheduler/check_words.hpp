// A station to be checked, and its findings in a few words.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/scheduler/made_up_station.hpp"

namespace loa::scheduler::testing {

using config::Diagnostic;
using config::Language;
using config::Severity;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

inline constexpr const char* kToday = "2026-11-23";  // a Monday

/// "error slots-overlap 7" of each finding: severity, code, line.
inline std::vector<std::string> codes(const std::vector<Diagnostic>& found) {
  std::vector<std::string> result;
  for (const auto& each : found) {
    const auto place = each.at.file_line();
    result.push_back((each.severity == Severity::error ? "error " : "warning ") + each.code + " " +
                     (place.empty() ? each.file : place.substr(place.rfind(':') + 1)));
  }
  return result;
}

inline std::string line_of(const config::Span& span) {
  const auto place = span.file_line();
  return place.substr(place.rfind(':') + 1);
}

inline std::string words(const Diagnostic& found) {
  return found.message.in(Language::en);
}

/// "message | hint" of each finding with `code`.
inline std::vector<std::string> words_of(const std::vector<Diagnostic>& found, const std::string& code) {
  std::vector<std::string> result;
  for (const auto& each : found) {
    if (each.code == code) result.push_back(words(each) + " | " + each.hint.in(Language::en));
  }
  return result;
}

inline MadeUpStation with_clips() {
  MadeUpStation station;
  station.article("tune", 10s);
  station.article("news", 5min);
  station.article("talk", 20min);
  return station;
}

}  // namespace loa::scheduler::testing
