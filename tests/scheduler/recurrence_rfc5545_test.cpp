// Every example of RFC 5545 3.8.5.3, in its order and its notation. All begin at nine in New York.
#include <gtest/gtest.h>

#include <array>
#include <sstream>

#include "tests/support/recurrence_peers.hpp"

namespace {

namespace chr = std::chrono;
using namespace loa::calendar;
using loa::testing::compact;
using loa::testing::Times;

/// "1997 Sep 2-4,9 Oct 7 @09:00,09:20": days, each at the times behind the last @ (09:00 when there is none).
Times times_of(const std::string& text) {
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  Times found;
  std::vector<chr::minutes> at{chr::hours(9)};
  if (const auto sign = text.find('@'); sign != std::string::npos) {
    at.clear();
    std::istringstream clocks(text.substr(sign + 1));
    for (std::string clock; std::getline(clocks, clock, ',');) {
      at.push_back(chr::hours(std::stoi(clock.substr(0, 2))) + chr::minutes(std::stoi(clock.substr(3, 2))));
    }
  }
  std::istringstream words(text.substr(0, text.find('@')));
  int year = 0;
  unsigned month = 0;
  for (std::string word; words >> word;) {
    const auto named = std::find(kMonths.begin(), kMonths.end(), word);
    if (named != kMonths.end()) {
      month = static_cast<unsigned>(named - kMonths.begin()) + 1;
    } else if (word.size() == 4 && word.find_first_of(",-") == std::string::npos) {
      year = std::stoi(word);
    } else {
      std::istringstream ranges(word);
      for (std::string range; std::getline(ranges, range, ',');) {
        const auto dash = range.find('-');
        const auto first = std::stoul(range),
                   last = dash == std::string::npos ? first : std::stoul(range.substr(dash + 1));
        for (auto day = first; day <= last; ++day) {
          const chr::local_days date{chr::year(year) / chr::month(month) / chr::day(static_cast<unsigned>(day))};
          for (const auto clock : at) found.push_back(date + clock);
        }
      }
    }
  }
  return found;
}

struct Example {
  const char* dtstart;
  const char* rule;
  const char* occurrences;
  bool forever = false;
};

class Rfc5545 : public ::testing::TestWithParam<Example> {};

TEST_P(Rfc5545, OccursAsPrinted) {
  const auto& [dtstart, rule, printed, forever] = GetParam();
  const Recurrence recurrence(std::get<RecurrenceRule>(parse_recurrence(rule)), loa::testing::from_compact(dtstart),
                              Zone::find("America/New_York").value());
  const auto expected = times_of(printed);
  const LocalTime end = chr::local_days(chr::year(2100) / 1 / 1);
  const auto found = recurrence.between(recurrence.dtstart(), end, forever ? expected.size() : expected.size() + 1);
  EXPECT_EQ(compact(found), compact(expected)) << rule;
}

INSTANTIATE_TEST_SUITE_P(
    DailyWeekly, Rfc5545,
    ::testing::Values(
        Example{"19970902T090000", "FREQ=DAILY;COUNT=10", "1997 Sep 2-11"},
        Example{"19970902T090000", "FREQ=DAILY;UNTIL=19971224T000000Z", "1997 Sep 2-30 Oct 1-31 Nov 1-30 Dec 1-23"},
        Example{"19970902T090000", "FREQ=DAILY;INTERVAL=2",
                "1997 Sep 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 Oct 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 "
                "Nov 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29 Dec 1,3",
                true},
        Example{"19970902T090000", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997 Sep 2,12,22 Oct 2,12"},
        Example{"19980101T090000", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
                "1998 Jan 1-31 1999 Jan 1-31 2000 Jan 1-31"},
        Example{"19980101T090000", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
                "1998 Jan 1-31 1999 Jan 1-31 2000 Jan 1-31"},
        Example{"19970902T090000", "FREQ=WEEKLY;COUNT=10", "1997 Sep 2,9,16,23,30 Oct 7,14,21,28 Nov 4"},
        Example{"19970902T090000", "FREQ=WEEKLY;UNTIL=19971224T000000Z",
                "1997 Sep 2,9,16,23,30 Oct 7,14,21,28 Nov 4,11,18,25 Dec 2,9,16,23"},
        Example{"19970902T090000", "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
                "1997 Sep 2,16,30 Oct 14,28 Nov 11,25 Dec 9,23 1998 Jan 6,20 Feb 3,17", true},
        Example{"19970902T090000", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
                "1997 Sep 2,4,9,11,16,18,23,25,30 Oct 2"},
        Example{"19970902T090000", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
                "1997 Sep 2,4,9,11,16,18,23,25,30 Oct 2"},
        Example{"19970901T090000", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
                "1997 Sep 1,3,5,15,17,19,29 Oct 1,3,13,15,17,27,29,31 Nov 10,12,14,24,26,28 Dec 8,10,12,22"},
        Example{"19970902T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
                "1997 Sep 2,4,16,18,30 Oct 2,14,16"}));

INSTANTIATE_TEST_SUITE_P(
    Monthly, Rfc5545,
    ::testing::Values(
        Example{"19970905T090000", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
                "1997 Sep 5 Oct 3 Nov 7 Dec 5 1998 Jan 2 Feb 6 Mar 6 Apr 3 May 1 Jun 5"},
        Example{"19970905T090000", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997 Sep 5 Oct 3 Nov 7 Dec 5"},
        Example{"19970907T090000", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
                "1997 Sep 7,28 Nov 2,30 1998 Jan 4,25 Mar 1,29 May 3,31"},
        Example{"19970922T090000", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
                "1997 Sep 22 Oct 20 Nov 17 Dec 22 1998 Jan 19 Feb 16"},
        Example{"19970928T090000", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997 Sep 28 Oct 29 Nov 28 Dec 29 1998 Jan 29 Feb 26",
                true},
        Example{"19970902T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
                "1997 Sep 2,15 Oct 2,15 Nov 2,15 Dec 2,15 1998 Jan 2,15"},
        Example{"19970930T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
                "1997 Sep 30 Oct 1,31 Nov 1,30 Dec 1,31 1998 Jan 1,31 Feb 1"},
        Example{"19970910T090000", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
                "1997 Sep 10,11,12,13,14,15 1999 Mar 10,11,12,13"},
        Example{"19970902T090000", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
                "1997 Sep 2,9,16,23,30 Nov 4,11,18,25 1998 Jan 6,13,20,27 Mar 3,10,17,24,31", true},
        Example{"19970902T090000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
                "1998 Feb 13 Mar 13 Nov 13 1999 Aug 13 2000 Oct 13", true},
        Example{"19970913T090000", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
                "1997 Sep 13 Oct 11 Nov 8 Dec 13 1998 Jan 10 Feb 7 Mar 7 Apr 11 May 9 Jun 13", true},
        Example{"19970904T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997 Sep 4 Oct 7 Nov 6"},
        Example{"19970929T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
                "1997 Sep 29 Oct 30 Nov 27 Dec 30 1998 Jan 29 Feb 26 Mar 30", true},
        Example{"20070115T090000", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007 Jan 15,30 Feb 15 Mar 15,30"}));

INSTANTIATE_TEST_SUITE_P(
    Yearly, Rfc5545,
    ::testing::Values(
        Example{"19970610T090000", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
                "1997 Jun 10 Jul 10 1998 Jun 10 Jul 10 1999 Jun 10 Jul 10 2000 Jun 10 Jul 10 2001 Jun 10 Jul 10"},
        Example{"19970310T090000", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
                "1997 Mar 10 1999 Jan 10 Feb 10 Mar 10 2001 Jan 10 Feb 10 Mar 10 2003 Jan 10 Feb 10 Mar 10"},
        Example{"19970101T090000", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
                "1997 Jan 1 Apr 10 Jul 19 2000 Jan 1 Apr 9 Jul 18 2003 Jan 1 Apr 10 Jul 19 2006 Jan 1"},
        Example{"19970519T090000", "FREQ=YEARLY;BYDAY=20MO", "1997 May 19 1998 May 18 1999 May 17", true},
        Example{"19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997 May 12 1998 May 11 1999 May 17", true},
        Example{"19970313T090000", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
                "1997 Mar 13,20,27 1998 Mar 5,12,19,26 1999 Mar 4,11,18,25", true},
        Example{"19970605T090000", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
                "1997 Jun 5,12,19,26 Jul 3,10,17,24,31 Aug 7,14,21,28 1998 Jun 4,11,18,25 Jul 2,9,16,23,30 "
                "Aug 6,13,20,27 1999 Jun 3,10,17,24 Jul 1,8,15,22,29 Aug 5,12,19,26",
                true},
        Example{"19961105T090000", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
                "1996 Nov 5 2000 Nov 7 2004 Nov 2", true}));

INSTANTIATE_TEST_SUITE_P(
    WithinADay, Rfc5545,
    ::testing::Values(
        // Printed with 170000Z, which is 13:00 there and leaves out 15:00; erratum 3883 says 210000Z.
        Example{"19970902T090000", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "1997 Sep 2 @09:00,12:00,15:00"},
        Example{"19970902T090000", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "1997 Sep 2 @09:00,12:00"},
        Example{"19970902T090000", "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
                "1997 Sep 2 @09:00,09:15,09:30,09:45,10:00,10:15"},
        Example{"19970902T090000", "FREQ=MINUTELY;INTERVAL=90;COUNT=4", "1997 Sep 2 @09:00,10:30,12:00,13:30"},
        Example{"19970902T090000", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
                "1997 Sep 2,3 @09:00,09:20,09:40,10:00,10:20,10:40,11:00,11:20,11:40,12:00,12:20,12:40,13:00,13:20,"
                "13:40,14:00,14:20,14:40,15:00,15:20,15:40,16:00,16:20,16:40",
                true},
        Example{"19970902T090000", "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
                "1997 Sep 2,3 @09:00,09:20,09:40,10:00,10:20,10:40,11:00,11:20,11:40,12:00,12:20,12:40,13:00,13:20,"
                "13:40,14:00,14:20,14:40,15:00,15:20,15:40,16:00,16:20,16:40",
                true},
        Example{"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997 Aug 5,10,19,24"},
        Example{"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997 Aug 5,17,19,31"}));

}  // namespace
