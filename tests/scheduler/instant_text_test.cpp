// RFC 3339 and local times as text: what is read, what is written, what is refused.
#include <gtest/gtest.h>

#include "scheduler/calendar/zone.hpp"

namespace {

namespace chr = std::chrono;
using loa::calendar::parse_date;
using loa::calendar::parse_instant;
using loa::calendar::rfc3339;
using loa::calendar::Zone;

const Zone& hanoi() {
  static const Zone zone = Zone::find("Asia/Ho_Chi_Minh").value();
  return zone;
}

struct Read {
  const char* text;
  const char* same;  // as written back; null: refused
};

class InstantText : public ::testing::TestWithParam<Read> {};

TEST_P(InstantText, IsReadOrRefused) {
  const auto instant = parse_instant(GetParam().text, hanoi());
  ASSERT_EQ(instant.has_value(), GetParam().same != nullptr) << GetParam().text;
  if (instant) {
    EXPECT_EQ(rfc3339(*instant, hanoi()), GetParam().same);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, InstantText,
    ::testing::Values(Read{"2026-11-23T05:30:00+07:00", "2026-11-23T05:30:00.000+07:00"},
                      Read{"2026-11-22T22:30:00Z", "2026-11-23T05:30:00.000+07:00"},
                      Read{"2026-11-22t22:30:00z", "2026-11-23T05:30:00.000+07:00"},
                      Read{"2026-11-22T17:00:00.25-05:30", "2026-11-23T05:30:00.250+07:00"},
                      Read{"2026-11-23T05:30:00.123456789+07:00", "2026-11-23T05:30:00.123+07:00"},
                      Read{"2026-11-23T05:30", "2026-11-23T05:30:00.000+07:00"},
                      Read{"2026-11-23T05:30:15", "2026-11-23T05:30:15.000+07:00"},
                      Read{"2026-11-23T05:30:15.7", "2026-11-23T05:30:15.700+07:00"},
                      Read{"2024-02-29T00:00", "2024-02-29T00:00:00.000+07:00"}, Read{"2026-02-29T00:00", nullptr},
                      Read{"2026-11-23", nullptr}, Read{"2026-11-23T24:00", nullptr}, Read{"2026-11-23T5:30", nullptr},
                      Read{"2026-11-23T05:60", nullptr}, Read{"2026-11-23T05:30:60", nullptr},
                      Read{"2026-11-23T05:30:00.", nullptr}, Read{"2026-11-23T05:30:00.1234567890", nullptr},
                      Read{"2026-11-23T05:30+07:00", nullptr}, Read{"2026-11-23T05:30:00+0700", nullptr},
                      Read{"2026-11-23T05:30:00+07:00 ", nullptr}, Read{" 2026-11-23T05:30", nullptr},
                      Read{"2026-11-23 05:30", nullptr}, Read{"23/11/2026", nullptr}, Read{"", nullptr}));

TEST(InstantText, ComesBackFromEveryFrameThatIsAWholeMillisecond) {
  for (int ms = 0; ms < 1000; ++ms) {
    const auto instant = parse_instant("2026-11-23T05:30", hanoi()).value() + chr::milliseconds(ms);
    EXPECT_EQ(parse_instant(rfc3339(instant, hanoi()), hanoi()), instant);
  }
}

TEST(InstantText, RoundsNanosecondsToTheNearestFrame) {
  const auto whole = parse_instant("2026-11-23T05:30:00Z", hanoi()).value();
  EXPECT_EQ(parse_instant("2026-11-23T05:30:00.000020833Z", hanoi()).value() - whole, loa::calendar::Frames(1));
  EXPECT_EQ(parse_instant("2026-11-23T05:30:00.000010000Z", hanoi()).value() - whole, loa::calendar::Frames(0));
}

TEST(InstantText, CutsAnOffsetThatRfc3339CannotSay) {
  const auto then = parse_instant("1905-01-01T00:00:00Z", hanoi()).value();
  ASSERT_NE(hanoi().offset(then).count() % 60, 0);
  EXPECT_EQ(parse_instant(rfc3339(then, hanoi()), hanoi()), then);
}

struct DateRead {
  const char* text;
  bool valid;
};
class DateText : public ::testing::TestWithParam<DateRead> {};
TEST_P(DateText, IsReadOrRefused) {
  EXPECT_EQ(parse_date(GetParam().text).has_value(), GetParam().valid);
}
INSTANTIATE_TEST_SUITE_P(Cases, DateText,
                         ::testing::Values(DateRead{"2026-11-23", true}, DateRead{"2024-02-29", true},
                                           DateRead{"2026-02-29", false}, DateRead{"2026-11-31", false},
                                           DateRead{"2026-13-01", false}, DateRead{"2026-00-01", false},
                                           DateRead{"2026-1-1", false}, DateRead{"26-11-23", false},
                                           DateRead{"2026-11-23T", false}, DateRead{"2026-11-23 ", false},
                                           DateRead{"23/11/2026", false}, DateRead{"", false}));

}  // namespace
