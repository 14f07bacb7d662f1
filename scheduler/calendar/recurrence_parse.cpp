// Reads NAME=VALUE;NAME=VALUE… part by part, then holds the parts against each other.
#include <algorithm>
#include <array>
#include <map>

#include "scheduler/calendar/recurrence_rule.hpp"

namespace loa::calendar {

namespace chr = std::chrono;

namespace {

using Reason = RecurrenceError::Reason;

constexpr std::string_view kRecur = "RFC 5545 3.3.10";
constexpr std::int64_t kMostOften = 1'000'000'000'000;  // more than there are seconds until the year 9999

constexpr std::array<std::string_view, 7> kFrequencies = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                                          "WEEKLY",   "MONTHLY",  "YEARLY"};
constexpr std::array<std::string_view, 7> kDays = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

bool digit(char c) {
  return c >= '0' && c <= '9';
}

std::string capitals(std::string_view text) {
  std::string result(text);
  for (auto& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

/// A piece of the rule's text that knows where it stands.
struct Piece {
  std::string_view text;
  std::size_t begin = 0;

  Piece cut(std::size_t from, std::size_t count = std::string_view::npos) const {
    return {text.substr(from, count), begin + from};
  }
  std::vector<Piece> split(char at) const {
    std::vector<Piece> pieces;
    for (std::size_t from = 0;;) {
      const auto end = std::min(text.find(at, from), text.size());
      pieces.push_back(cut(from, end - from));
      if (end == text.size()) return pieces;
      from = end + 1;
    }
  }
};

struct NumberForm {
  std::int64_t low, high;
  std::size_t digits;  // at most
  bool sign = false;
};

class Parser {
 public:
  std::variant<RecurrenceRule, RecurrenceError> run(std::string_view text);

 private:
  bool read_all(std::string_view text);
  bool read_part(Piece piece);
  bool read_value(const Piece& value);
  bool read_frequency(const Piece& value);
  bool read_until(const Piece& value);
  bool read_days(const Piece& value);
  bool read_day(const Piece& value);
  bool read_week_start(const Piece& value);
  bool read_count(const Piece& value);
  bool read_number(const Piece& value, const NumberForm& form, std::int64_t& number);
  bool read_numbers(const Piece& value, const NumberForm& form, std::vector<int>& into);
  std::optional<chr::weekday> weekday(std::string_view text) const;
  bool check_together();
  bool check_ordinals();

  bool fail(Reason reason, const Piece& at, std::string_view section = kRecur) {
    error_.reason = reason;
    error_.begin = at.begin;
    error_.end = at.begin + at.text.size();
    error_.part = part_;
    error_.section = section;
    return false;
  }
  bool fail_part(Reason reason, const char* name) {
    part_ = name;
    return fail(reason, seen_.at(name));
  }
  bool has(const char* name) const { return seen_.contains(name); }

  RecurrenceRule rule_;
  RecurrenceError error_;
  std::string part_;
  std::map<std::string, Piece, std::less<>> seen_;  // whole parts, NAME=VALUE
};

std::variant<RecurrenceRule, RecurrenceError> Parser::run(std::string_view text) {
  if (read_all(text) && check_together()) return std::move(rule_);
  return std::move(error_);
}

bool Parser::read_all(std::string_view text) {
  const Piece whole{text, 0};
  if (text.empty()) return fail(Reason::empty, whole);
  if (text.size() > kLongestRule) return fail(Reason::too_long, whole);
  for (const auto* prefix : {"RRULE", "EXRULE", "DTSTART"}) {
    const auto colon = text.find(':');
    if (capitals(text).starts_with(prefix)) {
      return fail(Reason::prefixed, whole.cut(0, colon == text.npos ? colon : colon + 1), "RFC 5545 3.8.5.3");
    }
  }
  for (const auto& piece : whole.split(';')) {
    if (!read_part(piece)) return false;
  }
  part_ = "FREQ";
  return has("FREQ") || fail(Reason::frequency_missing, whole);
}

bool Parser::read_part(Piece piece) {
  part_.clear();
  const auto equals = piece.text.find('=');
  if (equals == piece.text.npos) return fail(Reason::not_a_part, piece);
  const auto name = piece.cut(0, equals);
  part_ = capitals(name.text);
  if (seen_.contains(part_)) return fail(Reason::repeated_part, piece);
  if (part_ == "RSCALE" || part_ == "SKIP") return fail(Reason::not_supported, piece, "RFC 7529 4.1");
  seen_.emplace(part_, piece);
  return read_value(piece.cut(equals + 1));
}

bool Parser::read_value(const Piece& value) {
  struct Numbers {
    std::string_view name;
    NumberForm form;
    std::vector<int> RecurrenceRule::*into;
  };
  static constexpr std::array<Numbers, 8> kNumbers = {{
      {"BYSECOND", {0, 60, 2}, &RecurrenceRule::by_second},
      {"BYMINUTE", {0, 59, 2}, &RecurrenceRule::by_minute},
      {"BYHOUR", {0, 23, 2}, &RecurrenceRule::by_hour},
      {"BYMONTHDAY", {1, 31, 2, true}, &RecurrenceRule::by_month_day},
      {"BYYEARDAY", {1, 366, 3, true}, &RecurrenceRule::by_year_day},
      {"BYWEEKNO", {1, 53, 2, true}, &RecurrenceRule::by_week_number},
      {"BYMONTH", {1, 12, 2}, &RecurrenceRule::by_month},
      {"BYSETPOS", {1, 366, 3, true}, &RecurrenceRule::by_set_position},
  }};
  for (const auto& numbers : kNumbers) {
    if (part_ == numbers.name) return read_numbers(value, numbers.form, rule_.*numbers.into);
  }
  if (part_ == "FREQ") return read_frequency(value);
  if (part_ == "INTERVAL") return read_number(value, {1, kMostOften, std::string_view::npos}, rule_.interval);
  if (part_ == "COUNT") return read_count(value);
  if (part_ == "UNTIL") return read_until(value);
  if (part_ == "BYDAY") return read_days(value);
  if (part_ == "WKST") return read_week_start(value);
  const auto whole = seen_.at(part_);
  part_ = whole.text.substr(0, part_.size());
  return fail(Reason::unknown_part, whole.cut(0, part_.size()));
}

bool Parser::read_frequency(const Piece& value) {
  const auto found = std::find(kFrequencies.begin(), kFrequencies.end(), capitals(value.text));
  if (found == kFrequencies.end()) return fail(Reason::malformed, value);
  rule_.frequency = static_cast<Frequency>(found - kFrequencies.begin());
  return true;
}

bool Parser::read_count(const Piece& value) {
  return read_number(value, {1, kMostOften, std::string_view::npos}, rule_.count.emplace());
}

bool Parser::read_number(const Piece& value, const NumberForm& form, std::int64_t& number) {
  auto digits = value.text;
  const bool minus = form.sign && digits.starts_with('-');
  if (minus || (form.sign && digits.starts_with('+'))) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > form.digits || !std::all_of(digits.begin(), digits.end(), digit)) {
    return fail(Reason::malformed, value);
  }
  number = 0;
  for (const char c : digits) number = std::min(number * 10 + (c - '0'), form.high + 1);
  if (number < form.low || number > form.high) {
    error_.low = form.low;
    error_.high = form.high;
    error_.sign = form.sign;
    return fail(Reason::out_of_range, value);
  }
  if (minus) number = -number;
  return true;
}

bool Parser::read_numbers(const Piece& value, const NumberForm& form, std::vector<int>& into) {
  for (const auto& piece : value.split(',')) {
    std::int64_t number = 0;
    if (!read_number(piece, form, number)) return false;
    const auto small = static_cast<int>(number);
    if (std::find(into.begin(), into.end(), small) == into.end()) into.push_back(small);
  }
  return true;
}

std::optional<chr::weekday> Parser::weekday(std::string_view text) const {
  const auto found = std::find(kDays.begin(), kDays.end(), capitals(text));
  if (found == kDays.end()) return std::nullopt;
  return chr::weekday(static_cast<unsigned>(found - kDays.begin()));
}

bool Parser::read_week_start(const Piece& value) {
  const auto day = weekday(value.text);
  if (!day) return fail(Reason::malformed, value);
  rule_.week_start = *day;
  return true;
}

bool Parser::read_days(const Piece& value) {
  for (const auto& piece : value.split(',')) {
    if (!read_day(piece)) return false;
  }
  return true;
}

bool Parser::read_day(const Piece& value) {
  const auto size = value.text.size();
  const auto day = size < 2 ? std::nullopt : weekday(value.text.substr(size - 2));
  if (!day) return fail(Reason::malformed, value);
  std::int64_t ordinal = 0;
  if (size > 2) {
    if (!read_number(value.cut(0, size - 2), {1, 53, 2, true}, ordinal)) return false;
  }
  const WeekdayNumber number{static_cast<int>(ordinal), *day};
  auto& into = rule_.by_day;
  if (std::find(into.begin(), into.end(), number) == into.end()) into.push_back(number);
  return true;
}

/// YYYYMMDD, or with THHMMSS behind it, or with THHMMSSZ.
bool Parser::read_until(const Piece& value) {
  const auto text = capitals(value.text);
  const bool date = text.size() == 8;
  const bool utc = text.size() == 16 && text.back() == 'Z';
  if (!date && !utc && text.size() != 15) return fail(Reason::malformed, value);
  for (std::size_t i = 0; i < std::min<std::size_t>(text.size(), 15); ++i) {
    if (i == 8 ? text[i] != 'T' : !digit(text[i])) return fail(Reason::malformed, value);
  }
  const auto number = [&](std::size_t from, std::size_t count) { return std::stoi(text.substr(from, count)); };
  const chr::year_month_day day(chr::year(number(0, 4)), chr::month(static_cast<unsigned>(number(4, 2))),
                                chr::day(static_cast<unsigned>(number(6, 2))));
  if (!day.ok()) return fail(Reason::no_such_date, value, "RFC 5545 3.3.4");
  Until until{date ? Until::Form::date : utc ? Until::Form::utc : Until::Form::local, chr::local_days(day)};
  if (!date) {
    const int hour = number(9, 2), minute = number(11, 2), second = number(13, 2);
    if (hour > 23 || minute > 59 || second > 60) return fail(Reason::no_such_date, value, "RFC 5545 3.3.12");
    until.at += chr::hours(hour) + chr::minutes(minute) + chr::seconds(std::min(second, 59));
  }
  rule_.until = until;
  return true;
}

/// What RFC 5545 3.3.10 forbids to stand together.
bool Parser::check_together() {
  const auto frequency = rule_.frequency;
  if (has("COUNT") && has("UNTIL")) return fail_part(Reason::count_with_until, "UNTIL");
  if (has("BYWEEKNO") && frequency != Frequency::yearly) return fail_part(Reason::week_number_frequency, "BYWEEKNO");
  if (has("BYYEARDAY") &&
      (frequency == Frequency::daily || frequency == Frequency::weekly || frequency == Frequency::monthly)) {
    return fail_part(Reason::year_day_frequency, "BYYEARDAY");
  }
  if (has("BYMONTHDAY") && frequency == Frequency::weekly) {
    return fail_part(Reason::month_day_frequency, "BYMONTHDAY");
  }
  const bool other = std::any_of(seen_.begin(), seen_.end(), [](const auto& entry) {
    return entry.first.starts_with("BY") && entry.first != "BYSETPOS";
  });
  if (has("BYSETPOS") && !other) return fail_part(Reason::set_position_alone, "BYSETPOS");
  return check_ordinals();
}

bool Parser::check_ordinals() {
  const bool ordinals = std::any_of(rule_.by_day.begin(), rule_.by_day.end(),
                                    [](const WeekdayNumber& number) { return number.ordinal != 0; });
  if (!ordinals) return true;
  if (rule_.frequency != Frequency::monthly && rule_.frequency != Frequency::yearly) {
    return fail_part(Reason::ordinal_frequency, "BYDAY");
  }
  return !has("BYWEEKNO") || fail_part(Reason::ordinal_with_week_number, "BYDAY");
}

}  // namespace

std::variant<RecurrenceRule, RecurrenceError> parse_recurrence(std::string_view text) {
  return Parser().run(text);
}

std::string_view short_name(chr::weekday day) {
  return kDays[day.c_encoding()];
}

std::string_view name(Frequency frequency) {
  return kFrequencies[static_cast<std::size_t>(frequency)];
}

}  // namespace loa::calendar
