// Zones against zdump (the C library's own reading of the same files), far beyond the end of their tables.
#include "scheduler/calendar/zone.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "scheduler/calendar/zone_file.hpp"

namespace {

namespace chr = std::chrono;
using namespace std::chrono_literals;
using loa::calendar::Instant;
using loa::calendar::LocalTime;
using loa::calendar::Zone;

Zone zone(const char* name) {
  return Zone::find(name).value();
}

LocalTime local(const char* text) {
  const auto utc = zone("UTC");
  return utc.local(loa::calendar::parse_instant(text, utc).value());
}

struct Line {  // of zdump: an instant and the offset then
  Instant at;
  chr::seconds offset;
};

std::string output_of(const std::string& command) {
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> buffer{};
  while (const auto got = fread(buffer.data(), 1, buffer.size(), pipe.get())) text.append(buffer.data(), got);
  return text;
}

/// "Asia/Gaza  Sat Mar 30 23:59:59 2080 UT = Sun Mar 31 … isdst=0 gmtoff=7200"
std::optional<Line> parse_line(const std::string& line) {
  static const std::map<std::string, unsigned> months = {{"Jan", 1}, {"Feb", 2},  {"Mar", 3},  {"Apr", 4},
                                                         {"May", 5}, {"Jun", 6},  {"Jul", 7},  {"Aug", 8},
                                                         {"Sep", 9}, {"Oct", 10}, {"Nov", 11}, {"Dec", 12}};
  std::array<char, 4> month{};
  unsigned day = 0;
  int hour = 0, minute = 0, second = 0, year = 0;
  const auto gmtoff = line.find("gmtoff=");
  if (gmtoff == std::string::npos) return std::nullopt;
  if (std::sscanf(line.c_str(), "%*s %*s %3s %u %d:%d:%d %d UT", month.data(), &day, &hour, &minute, &second, &year) !=
      6) {
    return std::nullopt;
  }
  const chr::sys_days date = chr::year(year) / chr::month(months.at(month.data())) / chr::day(day);
  return Line{Instant(date + chr::hours(hour) + chr::minutes(minute) + chr::seconds(second)),
              chr::seconds(std::stol(line.substr(gmtoff + 7)))};
}

std::vector<Line> zdump(const std::string& name, const char* years) {
  std::vector<Line> lines;
  const auto text = output_of("zdump -v -c " + std::string(years) + " " + name);
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = text.find('\n', begin);
    if (const auto line = parse_line(text.substr(begin, end - begin))) lines.push_back(*line);
    begin = end + 1;
  }
  return lines;
}

class EveryZone : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryZone, HasTheOffsetOfZdumpAtEachChangeUntilThe22ndCentury) {
  const auto here = zone(GetParam());
  const auto lines = zdump(GetParam(), "1900,2150");
  ASSERT_GE(lines.size(), 2u) << "zdump is not there";
  for (const auto& [at, offset] : lines) {
    EXPECT_EQ(here.offset(at).count(), offset.count()) << loa::calendar::rfc3339(at, zone("UTC"));
    EXPECT_EQ(here.local(at).time_since_epoch(), at.time_since_epoch() + offset);
  }
}

TEST_P(EveryZone, ReadsASkippedTimeWithTheOffsetBeforeAndARepeatedOneAsTheFirst) {
  const auto here = zone(GetParam());
  const auto lines = zdump(GetParam(), "1970,2060");
  std::size_t gaps_and_overlaps = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto& before = lines[i - 1];
    const auto& after = lines[i];
    if (after.at - before.at != 1s || before.offset == after.offset) continue;
    ++gaps_and_overlaps;
    const auto low = std::min(before.offset, after.offset), high = std::max(before.offset, after.offset);
    const LocalTime middle(chr::floor<chr::milliseconds>(after.at.time_since_epoch()) + low + (high - low) / 2);
    EXPECT_EQ(here.instant(middle).time_since_epoch(), middle.time_since_epoch() - before.offset);
  }
  EXPECT_GT(gaps_and_overlaps, 0u);
}

TEST_P(EveryZone, ComesBackFromLocalTimeWhereItIsUnique) {
  const auto here = zone(GetParam());
  for (auto at = Instant(chr::sys_days(chr::year(2020) / 1 / 1)); at < Instant(chr::sys_days(chr::year(2100) / 1 / 1));
       at += 25h + 13min) {
    const auto back = here.instant(here.local(at));
    EXPECT_TRUE(back == at || here.local(back) == here.local(at)) << loa::calendar::rfc3339(at, here);
    EXPECT_LE(back, at);
  }
}

INSTANTIATE_TEST_SUITE_P(Zones, EveryZone,
                         ::testing::Values("Asia/Ho_Chi_Minh", "America/New_York", "Europe/Dublin", "America/Nuuk",
                                           "Australia/Lord_Howe", "Asia/Gaza", "Antarctica/Troll", "America/Santiago",
                                           "Africa/Casablanca", "Pacific/Apia", "Asia/Kathmandu", "Europe/Berlin",
                                           "Pacific/Chatham", "Asia/Tehran"));

TEST(Zone, KeepsSummerTimeAfter2037) {
  EXPECT_EQ(zone("America/New_York").offset(Instant(chr::sys_days(chr::year(2038) / 7 / 1))), -4h);
  EXPECT_EQ(zone("America/New_York").offset(Instant(chr::sys_days(chr::year(2999) / 7 / 1))), -4h);
  EXPECT_EQ(zone("America/New_York").offset(Instant(chr::sys_days(chr::year(2999) / 1 / 1))), -5h);
}

TEST(Zone, GivesTheLocalDateAcrossMidnight) {
  const auto here = zone("Asia/Ho_Chi_Minh");
  EXPECT_EQ(here.day(here.instant(local("2026-11-23T00:00"))), chr::year(2026) / 11 / 23);
  EXPECT_EQ(here.day(here.instant(local("2026-11-22T23:59:59.999"))), chr::year(2026) / 11 / 22);
}

TEST(Zone, KeepsMillisecondsAndFramesExact) {
  const auto here = zone("Asia/Ho_Chi_Minh");
  const auto at = here.instant(local("2026-11-23T05:30:00.001"));
  EXPECT_EQ(at.time_since_epoch().count() % 48000, 48);
  EXPECT_EQ(here.local(at + loa::calendar::Frames(47)), local("2026-11-23T05:30:00.001"));
}

class NoZone : public ::testing::TestWithParam<const char*> {};
TEST_P(NoZone, IsFound) {
  EXPECT_FALSE(Zone::find(GetParam()).has_value()) << GetParam();
}
INSTANTIATE_TEST_SUITE_P(Names, NoZone,
                         ::testing::Values("", "Asia", "Asia/Hanoi", "../zoneinfo/UTC", "/etc/localtime", "zone.tab",
                                           "Asia//Ho_Chi_Minh", "right/UTC"));

TEST(ZoneFile, IsRefusedWhenCutAtAnyByte) {
  const auto bytes = loa::calendar::read_zone_file("America/New_York").value();
  ASSERT_TRUE(loa::calendar::parse_zone_file(bytes).has_value());
  for (std::size_t length = 0; length + 1 < bytes.size(); ++length) {
    EXPECT_FALSE(loa::calendar::parse_zone_file(bytes.substr(0, length)).has_value()) << length;
  }
}

struct RuleCase {
  const char* text;
  bool valid;
};

class PosixRuleText : public ::testing::TestWithParam<RuleCase> {};
TEST_P(PosixRuleText, IsReadStrictly) {
  EXPECT_EQ(loa::calendar::parse_posix_rule(GetParam().text).has_value(), GetParam().valid) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Cases, PosixRuleText,
    ::testing::Values(RuleCase{"<+07>-7", true}, RuleCase{"EST5EDT,M3.2.0,M11.1.0", true},
                      RuleCase{"XXX3EDT4,0/0,J365/23", true}, RuleCase{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", true},
                      RuleCase{"EST5EDT", false}, RuleCase{"ES5", false}, RuleCase{"EST", false}, RuleCase{"", false},
                      RuleCase{"EST5EDT,M13.2.0,M11.1.0", false}, RuleCase{"EST5EDT,M3.2.0", false},
                      RuleCase{"EST5EDT,M3.2.0,M11.1.0x", false}, RuleCase{"<+07-7", false}, RuleCase{"EST25", false}));

TEST(PosixRule, CountsJulianDaysWithoutThe29thOfFebruaryAndPlainDaysWithIt) {
  const auto day_of_begin = [](const char* text, int year) {
    const auto rule = loa::calendar::parse_posix_rule(text).value();
    const chr::sys_seconds at{chr::seconds(rule.changes(chr::year(year), 1).at(0).at)};
    return chr::year_month_day(chr::floor<chr::days>(at));
  };
  EXPECT_EQ(day_of_begin("AAA0BBB,J60/0,300", 2027), chr::year(2027) / 3 / 1);
  EXPECT_EQ(day_of_begin("AAA0BBB,J60/0,300", 2028), chr::year(2028) / 3 / 1);
  EXPECT_EQ(day_of_begin("AAA0BBB,60/0,300", 2027), chr::year(2027) / 3 / 2);
  EXPECT_EQ(day_of_begin("AAA0BBB,60/0,300", 2028), chr::year(2028) / 3 / 1);
}

}  // namespace
