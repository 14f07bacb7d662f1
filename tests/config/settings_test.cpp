// station.yaml: what works today, what is refused, what holds by default.
#include "config/settings.hpp"

#include <gmock/gmock.h>

#include "tests/config/said.hpp"

namespace loa::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kHead = "station: {id: xa-vi-du, name: Xã Ví Dụ}\n";

struct SettingsReading {
  explicit SettingsReading(std::string text) : said(std::move(text)) {
    settings = read_settings(said.root, said.diagnostics);
  }
  Said said;
  StationSettings settings;
};

TEST(Settings, NeedOnlyIdAndName) {
  const SettingsReading reading(kHead);
  EXPECT_THAT(reading.said.places(), IsEmpty());
  const auto& settings = reading.settings;
  EXPECT_EQ(settings.id, "xa-vi-du");
  EXPECT_EQ(settings.name, "Xã Ví Dụ");
  EXPECT_EQ(settings.kind, "commune");
  EXPECT_EQ(settings.timezone, "Asia/Ho_Chi_Minh");
  EXPECT_EQ(settings.language, std::nullopt);
  ASSERT_EQ(settings.permitted_hours.size(), 1u);
  EXPECT_EQ(to_string(settings.permitted_hours[0].from), "05:00");
  EXPECT_EQ(to_string(settings.permitted_hours[0].until), "21:00");
  EXPECT_EQ(settings.permitted_hours[0].days.form, Days::Form::daily);
  EXPECT_EQ(settings.audio.device, "default");
  EXPECT_EQ(settings.audio.channels, 1);
  EXPECT_EQ(settings.audio.loudness, -16);
  EXPECT_EQ(settings.audio.true_peak, -1);
}

TEST(Settings, KnowWhetherHoursAndSharedFoldersAreTheOperatorsOwn) {
  const auto known = [](const std::string& keys) {
    const auto settings = SettingsReading(kHead + keys).settings;
    return std::pair(settings.hours_known, settings.shared_known);
  };
  const std::string hours = "permitted_hours: {from: \"00:00\", until: \"24:00\"}\n", shared = "shared: [../chung]\n";
  EXPECT_EQ(known(""), std::pair(true, true));
  EXPECT_EQ(known(hours + shared + "audio: {channels: 3}\n"), std::pair(true, true));
  EXPECT_EQ(known("permitted_hours: {from: 0h, until: \"24:00\"}\n"), std::pair(false, true));
  EXPECT_EQ(known("permitted_hours: {from: \"00:00\n" + shared), std::pair(false, true));
  EXPECT_EQ(known("permited_hours: {from: \"00:00\", until: \"24:00\"}\n"), std::pair(false, true));
  EXPECT_EQ(known("permitted_hours:\n" + shared), std::pair(false, true));
  EXPECT_EQ(known(hours + "shared: [../chung\n"), std::pair(true, false));
  EXPECT_EQ(known(hours + "share: [../chung]\n"), std::pair(true, false));
  EXPECT_EQ(known(hours + "shared: [[../chung]]\n"), std::pair(true, false));
  Diagnostics diagnostics;
  const auto nothing = read_settings(nullptr, diagnostics);
  EXPECT_EQ(std::pair(nothing.hours_known, nothing.shared_known), std::pair(false, false));
  EXPECT_FALSE(nothing.permitted_hours.empty());
  EXPECT_FALSE(diagnostics.has_errors());
}

TEST(Settings, TakeEveryKeyThatWorksToday) {
  const SettingsReading reading(
      "station: {id: p-1, name: X, kind: hamlet, timezone: Asia/Bangkok, language: en}\n"
      "shared: [../chung, ../tinh]\n"
      "permitted_hours:\n"
      "  - {days: weekdays, from: \"05:00\", until: \"24:00\"}\n"
      "  - {days: [sat], from: \"22:00\", until: \"02:00\"}\n"
      "audio: {device: USB, second_device: HDMI, latency: 12ms, channels: 2, loudness: -23, true_peak: -2.5}\n"
      "approval: off\n"
      "clock: {unknown: play}\n"
      "amplifier: {key: none}\n");
  EXPECT_THAT(reading.said.places(), IsEmpty()) << reading.said.text();
  const auto& settings = reading.settings;
  EXPECT_FALSE(settings.approval_required);
  EXPECT_TRUE(SettingsReading(kHead + "approval: required\n").settings.approval_required);
  EXPECT_EQ(settings.language, Language::en);
  EXPECT_THAT(settings.shared, ElementsAre("../chung", "../tinh"));
  ASSERT_EQ(settings.shared_at.size(), 2u);
  EXPECT_EQ(to_string(settings.permitted_hours.at(0).until), "24:00");
  EXPECT_LT(settings.permitted_hours.at(1).until, settings.permitted_hours.at(1).from);
  EXPECT_EQ(settings.audio.second_device, "HDMI");
  EXPECT_EQ(settings.audio.listen, "");
  EXPECT_EQ(SettingsReading(kHead + "audio: {listen: line}\n").settings.audio.listen, "line");
  EXPECT_EQ(SettingsReading(kHead + "audio: {listen: none}\n").settings.audio.listen, "");
  EXPECT_EQ(settings.audio.latency, std::chrono::milliseconds(12));
  EXPECT_EQ(settings.audio.channels, 2);
  EXPECT_EQ(settings.audio.true_peak, -2.5);
}

TEST(Settings, SoftHoursAreRowsOrOneRow) {
  const SettingsReading reading(kHead +
                                "audio:\n"
                                "  soft_hours:\n"
                                "    - {from: \"05:00\", until: \"06:00\", gain: -6}\n"
                                "    - {days: [sun], from: \"20:00\", until: \"06:30\", gain: -12.5}\n");
  EXPECT_THAT(reading.said.places(), IsEmpty()) << reading.said.text();
  const auto& rows = reading.settings.audio.soft_hours;
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(to_string(rows[0].from) + " " + to_string(rows[0].until), "05:00 06:00");
  EXPECT_EQ(rows[0].gain, -6);
  EXPECT_EQ(rows[1].gain, -12.5);
  EXPECT_LT(rows[1].until, rows[1].from);
  const SettingsReading one(kHead + "audio: {soft_hours: {from: \"05:00\", until: \"06:00\", gain: 0}}\n");
  EXPECT_THAT(one.said.places(), IsEmpty()) << one.said.text();
  EXPECT_EQ(one.settings.audio.soft_hours.size(), 1u);
  EXPECT_THAT(SettingsReading(kHead + "audio: {soft_hours: []}\n").settings.audio.soft_hours, IsEmpty());
}

TEST(Settings, ThePreflightHasAnHourOrIsOff) {
  EXPECT_EQ(to_string(SettingsReading(kHead).settings.preflight.value()), "16:00");
  EXPECT_EQ(to_string(SettingsReading(kHead + "preflight: 15:30\n").settings.preflight.value()), "15:30");
  EXPECT_FALSE(SettingsReading(kHead + "preflight: off\n").settings.preflight);
}

TEST(Settings, RefuseEachMistakeAtItsPlace) {
  struct Case {
    std::string text;
    std::vector<std::string> said;
  };
  const std::vector<Case> cases = {
      {"shared: []\n", {"1:1 missing-key"}},
      {"station: {name: X}\n", {"1:1 missing-key"}},
      {"station: {id: Xa, name: X}\n", {"1:15 id-with-capitals"}},
      {kHead + "stations: x\n", {"2:1 unknown-key"}},
      {kHead + "shared: [..\\chung]\n", {"2:10 backslash-in-path"}},
      {kHead + "audio: {channels: 3}\n", {"2:19 out-of-range"}},
      {kHead + "audio: {loudness: 16}\n", {"2:19 out-of-range"}},
      {kHead + "audio: {true_peak: 1}\n", {"2:20 out-of-range"}},
      {kHead + "audio: {latency: 10}\n", {"2:18 duration-without-unit"}},
      {kHead + "permitted_hours: []\n", {"2:18 empty-list"}},
      {kHead + "preflight: 16h\n", {"2:12 time-with-h"}},
      {kHead + "permitted_hours: [{from: \"05:00\"}]\n", {"2:19 missing-key"}},
      {kHead + "permitted_hours: [{from: \"24:00\", until: \"05:00\"}]\n", {"2:26 time-24"}},
      {kHead + "permitted_hours: [{from: \"05:00\", until: \"05:00\"}]\n", {"2:42 empty-hours"}},
      {kHead + "limits: [{sessions_per_day: 3}]\n", {"2:10 missing-key"}},
      {kHead + "limits: [{name: A}]\n", {"2:10 limit-without-number"}},
      {kHead + "limits: [{name: A, sessions_per_day: -1}]\n", {"2:38 out-of-range"}},
      {kHead + "limits: {name: A, minutes_per_day: 45min}\n", {"2:36 not-a-number"}},
      {kHead + "limits: [{name: A, sessions_per_day: 3, from: 2026-12-02, until: 2026-12-01}]\n",
       {"2:10 from-after-until"}},
      {kHead + "holidays: a\\b\n", {"2:11 backslash-in-path"}},
      {kHead + "retention: {}\n", {"2:1 not-yet-supported"}},
      {kHead + "hub: {}\n", {"2:1 not-yet-supported"}},
      {kHead + "approval: on\n", {"2:11 not-a-choice"}},
      {kHead + "clock: {unknown: hold}\n", {"2:18 not-yet-supported"}},
      {kHead + "audio: {device: USB, second_device: none}\n", {"2:37 second-device-none"}},
      {kHead + "audio: {device: USB, second_device: USB}\n", {"2:37 second-device-idle"}},
      {kHead + "audio: {device: none, second_device: USB}\n", {"2:38 second-device-idle"}},
      {kHead + "audio: {soft_hours: [{from: \"05:00\", until: \"06:00\", gain: 6}]}\n", {"2:60 out-of-range"}},
      {kHead + "audio: {soft_hours: [{from: \"05:00\", until: \"06:00\", gain: -41}]}\n", {"2:60 out-of-range"}},
      {kHead + "audio: {soft_hours: [{from: \"05:00\", until: \"06:00\", gain: -6dB}]}\n", {"2:60 not-a-number"}},
      {kHead + "audio: {soft_hours: [{from: \"05:00\", until: \"06:00\"}]}\n", {"2:22 missing-key"}},
      {kHead + "audio: {soft_hours: [{from: \"05:00\", until: \"05:00\", gain: -6}]}\n", {"2:45 empty-hours"}},
      {kHead + "audio: {soft_hours: [{from: 5h, until: \"06:00\", gain: -6}]}\n", {"2:29 time-with-h"}},
      {kHead + "audio: {soft_hours: 05:00-06:00}\n", {"2:21 wrong-type"}},
      {kHead + "soft_hours: [{from: \"05:00\", until: \"06:00\", gain: -6}]\n", {"2:1 unknown-key"}},
      {kHead + "audio: {listen: [line]}\n", {"2:17 wrong-type"}},
      {"id: xa\nname: Xã\n", {"1:1 unknown-key", "2:1 unknown-key"}},
      {"station:\n  id: xa\nname: Xã\n", {"3:1 unknown-key"}},
  };
  for (const auto& [text, said] : cases) {
    const SettingsReading reading(text);
    EXPECT_THAT(reading.said.places(), testing::ElementsAreArray(said)) << text << reading.said.text();
    EXPECT_FALSE(reading.settings.permitted_hours.empty()) << text;
  }
}

TEST(Settings, SayHowEachMistakeIsMended) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"audio: {loudness: 16}\n", "fix: write -16\n"},
      {"audio: {loudness: −16}\n", "fix: write -16\n"},
      {"audio: {loudness: –16 LUFS}\n", "fix: write -16\n"},
      {"audio: {loudness: -1e1}\n", "fix: write a number from -40 to -5\n"},
      {"audio: {channels: 0x1}\n", "fix: write a whole number from 1 to 2\n"},
      {"audio: {loudness: -" + std::string(40, '9') + "}\n", "fix: write a number from -40 to -5\n"},
      {"name: Xã\n", "fix: it belongs below “station:”\n"},
      {"audio: {soft_hours: [{from: 5:00, until: 6:00, gain: 6}]}\n", "fix: write -6\n"},
      {"soft_hours: []\n", "fix: it belongs below “audio:”\n"},
      {"loudness: -16\n", "fix: it belongs below “audio:”\n"},
      {"programmes: {}\n", "fix: it belongs in schedule/*.yaml\n"},
      {"permitted_hours: {days: monthly, from: \"05:00\", until: \"21:00\"}\n", "fix: write daily, weekdays"},
      {"permitted_hours: {days: Monday, from: \"05:00\", until: \"21:00\"}\n", "fix: write [mon]"},
      {"permitted_hours: {days: 2026-12-01, from: \"05:00\", until: \"21:00\"}\n",
       "fix: write {dates: [2026-12-01]}\n"},
      {"permitted_hours: {days: [12-01], from: \"05:00\", until: \"21:00\"}\n", "of their own: {dates: [12-01]}\n"},
      {"permitted_hours: {days: {dates: 20261201}, from: \"05:00\", until: \"21:00\"}\n", "fix: write 2026-12-01\n"},
      {"permitted_hours: {days: {dates: 2200-01-01}, from: \"05:00\", until: \"21:00\"}\n", "year from 1970 to 2199\n"},
  };
  for (const auto& [text, advice] : cases) {
    const SettingsReading reading(kHead + text);
    EXPECT_EQ(reading.said.places().size(), 1u) << text << reading.said.text();
    EXPECT_THAT(reading.said.text(), testing::HasSubstr(advice)) << text;
  }
}

}  // namespace
}  // namespace loa::config
