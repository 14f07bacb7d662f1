// Which days the operator's words mean, read as from a file.
#include <gmock/gmock.h>

#include <string>

#include "scheduler/schedule.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

namespace chr = std::chrono;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A programme with this `repeat` (and more keys), over some days.
class Repeated {
 public:
  explicit Repeated(const std::string& repeat, const std::string& keys = "", const std::string& holidays = "")
      : files_(files_of(repeat, keys, holidays)), schedule_(read_schedule(files_, diagnostics_)) {}

  std::vector<std::string> findings() const { return tests::findings(diagnostics_); }
  std::string words(const std::string& code) const { return tests::words_of(diagnostics_, code); }

  /// The dates of [from, to) on which it plays, as text.
  std::vector<std::string> days(const char* from, const char* to) const {
    std::vector<std::string> days;
    if (!schedule_) return days;
    const chr::sys_days first = calendar::parse_date(from).value(), last = calendar::parse_date(to).value();
    for (auto day = first; day < last; day += chr::days(1)) {
      if (schedule_->programmes.at(0).plays_on(CivilDay(day))) days.push_back(config::to_string(Date(day)));
    }
    return days;
  }

 private:
  config::StationFiles files_of(const std::string& repeat, const std::string& keys, const std::string& holidays) {
    std::vector<config::StationText> texts{
        {"schedule/lich.yaml",
         "articles:\n  a: {clip: a.wav}\nprogrammes:\n  sang: {at: \"05:30\", items: [a], repeat: " + repeat + keys +
             "}\n",
         0}};
    if (!holidays.empty()) texts.push_back({"holidays.yaml", holidays, 0, config::StationText::Role::holidays});
    return tests::station_of(std::move(texts), diagnostics_);
  }

  config::Diagnostics diagnostics_;
  config::StationFiles files_;
  std::optional<Schedule> schedule_;
};

TEST(DaySet, OfAWeek) {
  const auto week = [](const std::string& repeat) { return Repeated(repeat).days("2026-11-23", "2026-11-30").size(); };
  EXPECT_EQ(week("daily"), 7u);
  EXPECT_EQ(week("weekdays"), 5u);
  EXPECT_EQ(week("weekends"), 2u);
  EXPECT_EQ(week("never"), 0u);
  EXPECT_THAT(Repeated("[sun, mon]").days("2026-11-23", "2026-11-30"), ElementsAre("2026-11-23", "2026-11-29"));
}

TEST(DaySet, OfDates) {
  EXPECT_THAT(Repeated("{dates: [2026-12-22, \"2026-12-24..2026-12-26\"]}").days("2026-12-01", "2027-12-31"),
              ElementsAre("2026-12-22", "2026-12-24", "2026-12-25", "2026-12-26"));
  EXPECT_THAT(Repeated("{dates: 12-31..01-01}").days("2026-12-01", "2027-12-31"),
              ElementsAre("2026-12-31", "2027-01-01"));
  EXPECT_THAT(Repeated("{dates: 02-29}").days("2026-01-01", "2029-01-01"), ElementsAre("2028-02-29"));
}

TEST(DaySet, OfEveryLunarMonthLeapOnesToo) {
  // 2025 had a second sixth month: 25 July to 22 August.
  EXPECT_THAT(Repeated("{lunar: [\"01\", \"15\"]}").days("2025-06-20", "2025-09-07"),
              ElementsAre("2025-06-25", "2025-07-09", "2025-07-25", "2025-08-08", "2025-08-23", "2025-09-06"));
}

TEST(DaySet, OfALunarMonthMeansTheOrdinaryOneUnlessLeapIsSaid) {
  EXPECT_THAT(Repeated("{lunar: [\"06-15\"]}").days("2025-01-01", "2026-01-01"), ElementsAre("2025-07-09"));
  EXPECT_THAT(Repeated("{lunar: [\"06-15\"], leap: false}").days("2025-01-01", "2026-01-01"),
              ElementsAre("2025-07-09"));
  EXPECT_THAT(Repeated("{lunar: [\"06-15\"], leap: true}").days("2025-01-01", "2026-01-01"),
              ElementsAre("2025-07-09", "2025-08-08"));
}

TEST(DaySet, OfAMonthsLastDayIsThe29thOrThe30th) {
  EXPECT_THAT(Repeated("{lunar: 12-last}").days("2024-01-01", "2027-12-31"),
              ElementsAre("2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05"));
  EXPECT_THAT(Repeated("{lunar: 12-30}").days("2024-01-01", "2027-12-31"), ElementsAre("2024-02-09"))
      << "there is no 30th in a month of 29 days";
}

TEST(DaySet, OfALunarRangeCrossesTheYearsEnd) {
  EXPECT_THAT(Repeated("{dates: \"lunar 12-29..01-03\"}").days("2026-01-01", "2026-12-31"),
              ElementsAre("2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19"));
  EXPECT_THAT(Repeated("{dates: \"lunar 12-last..01-01\"}").days("2026-01-01", "2026-12-31"),
              ElementsAre("2026-02-16", "2026-02-17"));
}

TEST(DaySet, OfALunarRangeHoldsTheLeapMonthBetween) {
  // Both sixth months: 25 June to 22 August.
  EXPECT_EQ(Repeated("{dates: \"lunar 06-01..07-01\"}").days("2025-01-01", "2026-01-01").size(), 60u);
  EXPECT_EQ(Repeated("{dates: \"lunar 06-01..06-last\"}").days("2025-01-01", "2026-01-01").size(), 30u)
      << "the ordinary sixth month alone";
}

TEST(DaySet, OfAHolidayIsByTheShippedListUnlessTheStationHasItsOwn) {
  EXPECT_THAT(Repeated("{dates: holiday:quoc-khanh}").days("2026-01-01", "2027-01-01"),
              ElementsAre("2026-09-01", "2026-09-02"));
  const std::string own =
      "holidays:\n  quoc-khanh: {name: Quốc khánh, dates: [2026-09-02..2026-09-03]}\n"
      "  gio-to: {dates: lunar 03-10}\n";
  EXPECT_THAT(Repeated("{dates: [holiday:quoc-khanh, holiday:gio-to]}", "", own).days("2026-01-01", "2027-01-01"),
              ElementsAre("2026-04-26", "2026-09-02", "2026-09-03"));
}

TEST(DaySet, ExceptsDatesOfEveryKind) {
  EXPECT_THAT(Repeated("daily", ", except: [2026-02-15, \"lunar 01-01..01-03\", holiday:chien-thang]")
                  .days("2026-02-14", "2026-02-22"),
              ElementsAre("2026-02-14", "2026-02-16", "2026-02-20", "2026-02-21"));
}

TEST(DaySet, NamesTheNearestHoliday) {
  const Repeated repeated("{dates: holiday:quoc-khach}");
  EXPECT_THAT(repeated.findings(), ElementsAre("schedule/lich.yaml:4:51 error unknown-holiday"));
  EXPECT_EQ(repeated.words("unknown-holiday"),
            "there is no holiday “quoc-khach” | on which days it plays is not known, so it cannot be planned | write "
            "holiday:quoc-khanh");
}

TEST(DaySet, OfARecurrenceRuleCountsFromTheProgrammesFirstDay) {
  EXPECT_THAT(Repeated("{rrule: \"FREQ=MONTHLY;BYDAY=2TU\"}", ", from: 2026-11-01").days("2026-01-01", "2027-02-01"),
              ElementsAre("2026-11-10", "2026-12-08", "2027-01-12"));
  EXPECT_THAT(
      Repeated("{rrule: \"FREQ=WEEKLY;INTERVAL=2;COUNT=3\"}", ", from: 2026-11-23").days("2026-01-01", "2027-02-01"),
      ElementsAre("2026-11-23", "2026-12-07", "2026-12-21"));
  EXPECT_THAT(Repeated("{rrule: \"FREQ=DAILY\", from: 2026-11-28}").days("2026-11-26", "2026-11-30"),
              ElementsAre("2026-11-28", "2026-11-29"))
      << "a first day of its own";
}

TEST(RecurrenceRules, ThatCannotBeSaidAreRefusedWithTheReasonAtItsPlace) {
  const auto said = [](const std::string& rule, const std::string& keys = ", from: 2026-11-01") {
    const Repeated repeated("{rrule: \"" + rule + "\"}", keys);
    return repeated.findings().at(0) + " | " + repeated.words("rrule");
  };
  using ::testing::AllOf;
  using ::testing::HasSubstr;
  using ::testing::StartsWith;
  // The rule's text begins at column 52 of line 4.
  EXPECT_THAT(said("FREQ=MONTHLY;BYDAY=2XX"), AllOf(StartsWith("schedule/lich.yaml:4:"), HasSubstr("BYDAY")));
  EXPECT_THAT(said("FREQ=DAILY;COUNT=3;UNTIL=20261201"), HasSubstr("COUNT and UNTIL both say where it ends"));
  EXPECT_THAT(said("FREQ=MONTHLY;BYMONTHDAY=32"), HasSubstr("BYMONTHDAY takes numbers from 1 to 31"));
  EXPECT_THAT(said("BYDAY=MO"), HasSubstr("FREQ is missing"));
  EXPECT_THAT(said("FREQ=YEARLY;RSCALE=CHINESE"), HasSubstr("said with “lunar”"));
  EXPECT_THAT(said("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"), HasSubstr("there is no day that this rule means"));
  EXPECT_THAT(said("FREQ=DAILY", ""), HasSubstr("counts from a first day, and there is none"));
}

TEST(RecurrenceRules, OfItemsAndLinesNameDaysAlone) {
  config::Diagnostics diagnostics;
  const auto files = tests::station_of(
      "articles:\n  a: {clip: a.wav}\nprogrammes:\n  sang: {at: \"05:30\", from: 2026-11-01, items: [{article: a, "
      "days: {rrule: \"FREQ=HOURLY\"}}]}\n",
      diagnostics);
  read_schedule(files, diagnostics);
  EXPECT_THAT(tests::words_of(diagnostics, "rrule"),
              ::testing::HasSubstr("days are named here, and the rule names times"));
}

TEST(ShippedHolidays, AreReadWithoutAFindingAndFallOnTheLunarDaysTheyShould) {
  EXPECT_THAT(Repeated("{dates: holiday:gio-to}").findings(), IsEmpty());
  for (const auto* year : {"2026", "2027"}) {
    const auto from = std::string(year) + "-01-01", to = std::to_string(std::stoi(year) + 1) + "-01-01";
    const auto of = [&](const std::string& name) {
      return Repeated("{dates: " + name + "}").days(from.c_str(), to.c_str());
    };
    EXPECT_EQ(of("holiday:gio-to"), of("\"lunar 03-10\"")) << year;
    EXPECT_EQ(of("holiday:tet-nguyen-dan"), of("\"lunar 12-last..01-04\"")) << year;
    for (const auto* name : {"tet-duong-lich", "chien-thang", "quoc-te-lao-dong", "van-hoa"}) {
      EXPECT_EQ(of("holiday:" + std::string(name)).size(), 1u) << name << ' ' << year;
    }
  }
}

TEST(HolidayList, AMistakeInItHidesNamesAndIsSaidAlone) {
  const auto findings = [](const std::string& list) {
    return Repeated("{dates: [holiday:quoc-khanh, holiday:gio-to]}", ", except: [holiday:tet]", list).findings();
  };
  EXPECT_THAT(findings("holiday:\n  quoc-khanh: {dates: 2026-09-02}\n"),
              ElementsAre("holidays.yaml:1:1 error unknown-key"));
  EXPECT_THAT(findings("holidays:\n  Quoc-Khanh: {dates: 2026-09-02}\n"),
              ElementsAre("holidays.yaml:2:3 error id-with-capitals"));
  EXPECT_THAT(findings("holidays:\n  tet: {dates: [2026-02-17]}\n  quoc-khanh: {dates: [02/09/2026]}\n"),
              ElementsAre("holidays.yaml:3:24 error date-day-first"));
}

TEST(HolidayList, SaysWhatIsWrongWithIt) {
  const auto findings = [](const std::string& list) { return Repeated("daily", "", list).findings(); };
  EXPECT_THAT(findings("holidays:\n  a: {dates: holiday:b}\n  b: {dates: 2026-01-01}\n"),
              ElementsAre("holidays.yaml:2:14 error holiday-of-holiday"));
  EXPECT_THAT(findings("holidays:\n  a: {name: A}\n"), ElementsAre("holidays.yaml:2:3 error missing-key"));
  EXPECT_THAT(findings("holiday:\n  a: {dates: 2026-01-01}\n"), ElementsAre("holidays.yaml:1:1 error unknown-key"));
  EXPECT_THAT(findings("holidays:\n  a: {dates: [01/05/2026]}\n"),
              ElementsAre("holidays.yaml:2:15 error date-day-first"));
}

}  // namespace
}  // namespace loa::scheduler
