// Findings that a line of the calendar causes name that line; a line that contradicts itself is said.
#include <gmock/gmock.h>

#include <string>

#include "scheduler/plan.hpp"
#include "tests/playlists/measured.hpp"
#include "tests/playlists/station_texts.hpp"

namespace loa::scheduler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kProgrammes = R"(articles:
  a: {clip: a.wav}
programmes:
  chieu: {at: "17:00", length: 30min, items: [a]}
  sang: {at: "05:30", length: 30min, items: [a]}
  trua: {at: "05:45", length: 10min, repeat: never, items: [a]}
)";
// `calendar:` is line 7, its first line 8.

class Checked {
 public:
  explicit Checked(const std::string& lines, const std::string& hours = "from: \"05:00\", until: \"21:00\"") {
    const auto files = config::read_station_texts(
        {{"station.yaml", "station: {id: xa, name: Xã}\npermitted_hours: [{" + hours + "}]\n", 0},
         {"schedule/lich.yaml", std::string(kProgrammes) + "calendar:\n" + lines, 0}},
        found_);
    const auto schedule = read_schedule(files, found_);
    playlists::Catalogue catalogue;
    catalogue.set("a.wav", tests::measured(std::chrono::minutes(5)));
    check(*schedule, catalogue, calendar::parse_date("2026-11-23").value(), 31, found_);
    lines_ = tests::findings(found_);
    said_ = config::to_text(found_, config::Language::en, false);
    sources_ = files.sources;
  }

  const std::vector<std::string>& lines() const { return lines_; }
  const std::string& said() const { return said_; }
  std::string words(const char* code) const { return tests::words_of(found_, code); }

 private:
  config::Diagnostics found_;
  std::vector<std::string> lines_;
  std::string said_;
  std::shared_ptr<const config::Sources> sources_;
};

TEST(CheckCalendar, AnOverlapNamesTheLineThatAddsOrMoves) {
  EXPECT_THAT(Checked("  - {name: Thông báo, on: 2026-12-01, add: [trua]}\n").said(),
              HasSubstr("“trua” at 05:45 overlaps “sang” at 05:30 (schedule/lich.yaml:5) by 15min, by the calendar: "
                        "“Thông báo” (schedule/lich.yaml:8) (Tue 01/12/2026)"));
  EXPECT_THAT(Checked("  - {on: 2026-12-01, shift: {chieu: -11h15min}}\n").words("slots-overlap"),
              HasSubstr("by the calendar: schedule/lich.yaml:8"));
}

TEST(CheckCalendar, AnOverlapOfTwoCausesIsSaidOfEach) {
  const Checked checked(
      "  - {name: Một, on: 2026-12-01, add: [trua]}\n"
      "  - {name: Hai, on: 2026-12-02, add: [trua]}\n");
  EXPECT_THAT(checked.lines(), ::testing::SizeIs(2));
  EXPECT_THAT(checked.said(), HasSubstr("“Một” (schedule/lich.yaml:8)"));
  EXPECT_THAT(checked.said(), HasSubstr("“Hai” (schedule/lich.yaml:9)"));
}

TEST(CheckCalendar, AMoveOutOfThePermittedHoursIsSaidAtTheMove) {
  const Checked checked("  - {name: Mùa đông, on: 2026-12-01, move: {chieu: \"22:00\"}}\n");
  EXPECT_THAT(checked.lines(), ElementsAre("schedule/lich.yaml:8:45 error outside-hours"));
  EXPECT_THAT(checked.words("outside-hours"),
              HasSubstr("“chieu” begins at 22:00, outside the permitted hours, by the calendar: “Mùa đông” "
                        "(schedule/lich.yaml:8) (schedule/lich.yaml:4)"));
  const Checked crossing("  - {on: 2026-12-01, shift: {chieu: 3h45min}}\n");
  EXPECT_THAT(crossing.lines(), ElementsAre("schedule/lich.yaml:8:30 error outside-hours"));
  EXPECT_THAT(crossing.words("outside-hours"), HasSubstr("lasts until 21:15"));
}

TEST(CheckCalendar, WhatIsAddedOutsideThePermittedHoursIsSaidAtTheProgramme) {
  const Checked checked("  - {name: Thông báo, on: 2026-12-01, add: [trua], mute: [sang]}\n",
                        "from: \"06:00\", until: \"21:00\", days: {dates: [2026-12-01]}");
  EXPECT_THAT(checked.words("outside-hours"), HasSubstr("outside the permitted hours"));
  EXPECT_THAT(checked.said(), HasSubstr("by the calendar: “Thông báo” (schedule/lich.yaml:8)"));
}

TEST(CheckCalendar, ALineThatContradictsItselfIsSaid) {
  const auto of = [](const std::string& actions) { return Checked("  - {on: 2026-12-01, " + actions + "}\n"); };
  const auto code = "calendar-contradiction";
  for (const auto& [actions, what] :
       {std::pair{"mute: [sang], add: [sang]", "it would play"},
        std::pair{"mute: [sang], replace: {sang: trua}", "nobody stand in for it"},
        std::pair{"mute: [sang], move: {sang: \"06:00\"}", "it would be muted"},
        std::pair{"mute: [sang], shift: {sang: 5min}", "it would be muted"},
        std::pair{"replace: {sang: trua}, add: [sang]", "nobody stand in for it"},
        std::pair{"move: {sang: \"06:00\"}, shift: {sang: 5min}", "“shift” alone would count"}}) {
    EXPECT_THAT(of(actions).words(code), HasSubstr(what)) << actions;
  }
  for (const auto* fine : {"mute: [sang], add: [chieu]", "mute: [chieu], replace: {sang: trua}",
                           "move: {sang: \"06:00\"}, shift: {chieu: 5min}", "replace: {sang: trua}, mute: [chieu]"}) {
    EXPECT_THAT(of(fine).words(code), IsEmpty()) << fine;
  }
  EXPECT_THAT(of("mute: all, add: [sang], move: {sang: \"06:00\"}").said(), Not(HasSubstr(code)));
}

}  // namespace
}  // namespace loa::scheduler
