// A station whose `loa run` is a real process beside the test: its schedule, its rows, its proof.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <set>

#include "tests/support/daemon.hpp"

namespace loa::test {

namespace json = boost::json;
using namespace std::chrono_literals;

/// From now to a session: enough for a start under a sanitizer on a busy machine.
#ifdef LOA_SANITIZED
inline constexpr std::chrono::seconds kSoon{16};  // masters are made at the lowest priority
#else
inline constexpr std::chrono::seconds kSoon{10};
#endif

inline constexpr std::string_view kRunSettings =
    "station: {id: xa-thu, name: Xã Thử, timezone: UTC, language: en}\n"
    "permitted_hours: [{days: daily, from: \"00:00\", until: \"24:00\"}]\n"
    "audio: {device: none}\n";

class RunTest : public ::testing::Test {
 protected:
  RunTest() {
    station_.recording("a.wav", 1.5);
    station_.recording("b.flac", 1);
    station_.recording("dài.mp3", 20);
    // Measured before the first session's time is chosen: a slow machine then still comes in time.
    EXPECT_EQ(station_.loa({"library"}).code, 0);
  }
  void schedule(const std::string& programmes) {
    station_.write(
        "schedule/lich.yaml",
        "articles:\n  a: {title: A, clip: a.wav}\n  b: {title: B, clip: b.flac}\n  dai: {title: Dài, clip: dài.mp3}\n"
        "programmes:\n" +
            programmes);
  }
  /// Makes the masters of all three, so that the first session of a busy machine does not wait for them.
  void make_masters() {
    schedule("  truoc: {at: \"05:00\", repeat: {dates: 2026-11-23}, items: [a, b, dai]}\n");
    const auto done = station_.loa({"render", "--from", "2026-11-23T05:00", "--to", "2026-11-23T05:00:01", "--out",
                                    station_.outside("masters.wav").string()});
    EXPECT_EQ(done.code, 0) << done.err;
  }
  static std::string programme(const std::string& id, const std::string& at, const std::string& items) {
    return "  " + id + ": {at: \"" + at + "\", items: " + items + "}\n";
  }
  std::vector<json::object> rows() {
    std::vector<json::object> rows;
    for (const auto& line : lines_of(station_.loa({"log", "--json"}).out))
      rows.push_back(json::parse(line).as_object());
    return rows;
  }
  /// "a aired/none" for each item row, in order.
  std::vector<std::string> verdicts() {
    std::vector<std::string> found;
    for (const auto& row : rows()) {
      if (text(row, "kind") == "item")
        found.push_back(text(row, "article") + " " + text(row, "verdict") + "/" + text(row, "reason"));
    }
    return found;
  }
  static std::string text(const json::object& row, const char* key) {
    const auto* value = row.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  }
  void expect_proof() {
    const auto verified = station_.loa({"log", "verify", "--json"});
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("\"ok\":true"), std::string::npos) << verified.out;
    std::set<std::string> ids;
    for (const auto& row : rows()) {
      const auto id = text(row, "id");
      if (text(row, "kind") != "item" || id.empty()) continue;
      EXPECT_TRUE(ids.insert(id).second) << id << " has two verdicts";
    }
  }

  StationFolder station_{kRunSettings};
};

}  // namespace loa::test
