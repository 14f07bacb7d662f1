// Mistakes as operators make them, one at a time in a commune's files (data/commune): where each is answered, with
// which code, and how the advice begins. A mistake has one answer; where it has more, they are in the table to be seen.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "config/station_folder.hpp"
#include "scheduler/plan.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/scheduler/made_up_station.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::scheduler {
namespace {

using namespace std::chrono_literals;

const std::filesystem::path kCommune = LOA_SOURCE "/tests/scheduler/data/commune";
const Date kToday{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(27)};

struct Row {
  std::string file, before, after, findings, advice;
};

std::string unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
    } else {
      const char c = text[++i];
      plain += c == 'n' ? '\n' : c == 't' ? '\t' : c;
    }
  }
  return plain;
}

std::vector<Row> table() {
  std::vector<Row> rows;
  std::istringstream in(test::read_file(kCommune / "mistakes.tsv"));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    if (cells.size() == 5) rows.push_back({cells[0], unescaped(cells[1]), unescaped(cells[2]), cells[3], cells[4]});
  }
  return rows;
}

playlists::Catalogue library() {
  playlists::Catalogue library;
  const auto add = [&](const std::string& clip, Frames length) { library.set(clip, tests::measured(length)); };
  add("nhac/nhac-hieu.flac", 30s);
  add("nhac/nhac-ket.flac", 20s);
  add("nhac/nhac-cho.flac", 60s);
  add("bao.flac", 60s);
  add("dvc/khai-sinh.flac", 4min);
  add("dvc/can-cuoc.flac", 4min);
  add("thong-bao/mat-nuoc.flac", 60s);
  for (Date day = day_after(kToday, -7); day < day_after(kToday, 40); day = day_after(day, 1)) {
    add("ban-tin/" + config::to_string(day) + ".flac", 60s);
  }
  return library;
}

struct Answered {
  config::Diagnostics diagnostics;
  config::StationFiles files;  // owns what the findings point to
};

using Texts = std::vector<config::StationText>;

Texts commune() {
  Texts texts{{"station.yaml", test::read_file(kCommune / "station.yaml"), 0},
              {"ngay-le.yaml", test::read_file(kCommune / "ngay-le.yaml"), 0},
              {"schedule/lich.yaml", test::read_file(kCommune / "lich.yaml"), 0}};
  texts[1].role = config::StationText::Role::holidays;
  return texts;
}

Texts with(const Row& row, Texts texts = commune()) {
  for (auto& text : texts) {
    if (!text.name.ends_with(row.file)) continue;
    const auto at = text.bytes.find(row.before);
    EXPECT_NE(at, std::string::npos) << row.before;
    if (at != std::string::npos) text.bytes.replace(at, row.before.size(), row.after);
  }
  return texts;
}

/// What `loa check` says of the files.
Answered checked(Texts texts) {
  Answered answered;
  static const auto recordings = library();
  answered.files = config::read_station_texts(std::move(texts), answered.diagnostics);
  const auto schedule = read_schedule(answered.files, answered.diagnostics);
  if (schedule) check(*schedule, recordings, kToday, kDaysAhead, answered.diagnostics);
  return answered;
}

/// The days on which nothing plays are left out: many mistakes have them as well, and they are tried elsewhere.
bool is_silent_day(const config::Diagnostic& found) {
  return found.code == "silent-day" && found.at.source == nullptr;
}

std::string places(const config::Diagnostics& diagnostics) {
  std::string words;
  for (const auto& found : diagnostics.sorted()) {
    if (is_silent_day(found)) continue;
    if (!words.empty()) words += " ; ";
    if (found.at.source == nullptr) {
      words += found.file + " ";
    } else {
      const auto& name = found.at.source->name();
      if (name != "schedule/lich.yaml") words += name + " ";
      const auto place = found.at.source->position(found.at.begin);
      words += std::to_string(place.line) + ":" + std::to_string(place.column) + " ";
    }
    words += (found.severity == config::Severity::error ? "" : "warning ") + found.code;
  }
  return words.empty() ? "-" : words;
}

/// Of the first error, or where there is none, of the first warning.
const config::Diagnostic* first(const std::vector<config::Diagnostic>& sorted) {
  const config::Diagnostic* answer = nullptr;
  for (const auto& found : sorted) {
    if (is_silent_day(found)) continue;
    if (found.severity == config::Severity::error) return &found;
    if (answer == nullptr) answer = &found;
  }
  return answer;
}

void expect_answer(const Row& row) {
  const auto answered = checked(with(row));
  const auto& found = answered.diagnostics;
  EXPECT_EQ(places(found), row.findings) << row.before << " -> " << row.after;
  const auto sorted = found.sorted();
  const auto* answer = first(sorted);
  if (answer == nullptr) return;
  const auto advice = answer->hint.in(config::Language::en);
  EXPECT_EQ(advice.substr(0, row.advice.size()), row.advice) << row.before << " -> " << row.after;
  for (const auto& each : sorted) {
    EXPECT_NE(each.message.in(config::Language::vi), each.message.in(config::Language::en)) << row.after;
  }
}

/// All of the table; under sanitizers a part that is spread over it.
std::vector<Row> tried_rows() {
  const auto rows = table();
  const auto step = rows.size() / testing::tried(rows.size());
  std::vector<Row> tried;
  for (std::size_t i = 0; i < rows.size(); i += step) tried.push_back(rows[i]);
  return tried;
}

TEST(Mistakes, TheFilesAreRightAsTheyAre) {
  EXPECT_EQ(places(checked(commune()).diagnostics), "-");
}

TEST(Mistakes, EachHasItsAnswer) {
  const auto rows = table();
  ASSERT_GT(rows.size(), 450u);
  for (const auto& row : tried_rows()) expect_answer(row);
}

/// One mistake, one answer; where several values are wrong (`[T2, T4]`), each has its own.
TEST(Mistakes, HaveOneAnswerEach) {
  int several = 0;
  for (const auto& row : table()) several += row.findings.find(';') != std::string::npos ? 1 : 0;
  EXPECT_LE(several, 32);
}

/// The value in an advice “write X” or “did you mean X?”, which may be put in the place of what is marked; "" when it
/// is none, or in words.
std::string value_advised(const config::Diagnostic& found) {
  const std::string id = found.hint.id();
  const auto english = found.hint.in(config::Language::en);
  if (id == "did you mean “{0}”?") return english.substr(id.find("{"), english.size() - id.size() + 3);
  if (id != "write {0}") return {};
  const auto value = english.substr(id.find("{"));
  return found.hint.in(config::Language::vi) == "viết " + value ? value : std::string();
}

/// What an advice asks for, done. One that repeats the key (“mute: all”) stands for the whole entry.
Texts following(const config::Diagnostic& found, const std::string& value, Texts texts) {
  for (auto& text : texts) {
    if (text.name != found.at.source->name()) continue;
    auto begin = found.at.begin;
    const auto key = value.substr(0, value.find(": ") + 1) + ' ';
    if (key.size() > 1 && begin >= key.size() && text.bytes.substr(begin - key.size(), key.size()) == key) {
      begin -= key.size();
    }
    text.bytes.replace(begin, found.at.end - begin, value);
  }
  return texts;
}

/// Whether an error is told at the place of `before` still, when `value` stands there.
std::string errors_at(const config::Diagnostic& before, const std::string& value, const config::Diagnostics& after) {
  std::string words;
  for (const auto& each : after.all()) {
    if (each.severity != config::Severity::error || each.at.source == nullptr) continue;
    const bool there = each.at.source->name() == before.at.source->name() &&
                       each.at.begin < before.at.begin + value.size() && each.at.end > before.at.begin;
    if (there) words += each.code + ' ';
  }
  return words;
}

/// What is written, where the advice is right and something else is still to be mended there, and why.
const std::map<std::string, std::string> kStillWrong = {
    {"    at: 24:00", "midnight is outside of this station's hours"},
    {"      - {pause: 5s}\n      - {campaign: \"Dịch vụ công trực tuyến\"}", "an id, of a campaign that there is not"},
    {"    missing: im lặng", "an id, of an article that there is not"},
    {"      - Nghị quyết 29", "an id, of an article that there is not"},
};

TEST(Mistakes, WhatIsAdvisedIsRight) {
  int tried = 0;
  for (const auto& row : tried_rows()) {
    const auto texts = with(row);
    const auto answered = checked(texts);
    for (const auto& found : answered.diagnostics.all()) {
      const auto value = found.at.source == nullptr ? std::string() : value_advised(found);
      if (value.empty() || kStillWrong.contains(row.after)) continue;
      ++tried;
      const auto after = checked(following(found, value, texts));
      EXPECT_EQ(errors_at(found, value, after.diagnostics), "") << row.after << ": " << value;
    }
  }
  EXPECT_GT(tried, testing::tried(250));
}

/// What is wrong in the texts themselves, before anything is planned: code and words.
std::set<std::string> errors_read(Texts texts) {
  Answered answered;
  answered.files = config::read_station_texts(std::move(texts), answered.diagnostics);
  read_schedule(answered.files, answered.diagnostics);
  std::set<std::string> errors;
  for (const auto& found : answered.diagnostics.all()) {
    if (found.severity == config::Severity::error)
      errors.insert(found.code + ' ' + found.message.in(config::Language::en));
  }
  return errors;
}

TEST(Mistakes, TwoInDifferentPlacesAreBothTold) {
  const Row among_campaigns{"lich.yaml", "      apart: 2h", "      apart: 3 giờ", "", ""};
  const Row in_the_calendar{"lich.yaml", "move: {chieu: \"16:45\"}", "move: {chieu: 16h47}", "", ""};
  const auto schedule = test::read_file(kCommune / "lich.yaml");
  const auto programmes = schedule.find("programmes:");
  for (const auto& row : tried_rows()) {
    const bool before = row.file == "lich.yaml" && schedule.find(row.before) < programmes;
    const auto& second = before ? in_the_calendar : among_campaigns;
    const auto texts = with(row);
    auto expected = errors_read(texts);
    expected.merge(errors_read(with(second)));
    const auto both = errors_read(with(second, texts));
    for (const auto& each : expected) EXPECT_TRUE(both.contains(each)) << row.after << ": " << each;
  }
}

}  // namespace
}  // namespace loa::scheduler
