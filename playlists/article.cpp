// Names of an article's attributes and the date marks in its title and path.
#include "playlists/article.hpp"

#include <fmt/core.h>

#include <array>
#include <charconv>

namespace loa::playlists {

namespace {

constexpr std::array<std::string_view, 4> kMarks{"<date>", "<yyyy>", "<mm>", "<dd>"};

std::string written(std::string_view mark, Date day) {
  const int year = static_cast<int>(day.year());
  const unsigned month = static_cast<unsigned>(day.month());
  const unsigned number = static_cast<unsigned>(day.day());
  if (mark == "<yyyy>") return fmt::format("{:04}", year);
  if (mark == "<mm>") return fmt::format("{:02}", month);
  if (mark == "<dd>") return fmt::format("{:02}", number);
  return fmt::format("{:04}-{:02}-{:02}", year, month, number);
}

/// A date that is being read, part by part; -1 = not said yet.
struct DateParts {
  int year = -1, month = -1, day = -1;
};

/// Reads what `mark` stands for from the beginning of `text`; how long it is, or 0.
std::size_t read_part(std::string_view mark, std::string_view text, DateParts& parts) {
  const auto number = [&](std::size_t at, std::size_t digits, int& into) {
    if (text.size() < at + digits) return false;
    const char* end = text.data() + at + digits;
    return std::from_chars(text.data() + at, end, into).ptr == end;
  };
  if (mark == "<yyyy>") return number(0, 4, parts.year) ? 4 : 0;
  if (mark == "<mm>") return number(0, 2, parts.month) ? 2 : 0;
  if (mark == "<dd>") return number(0, 2, parts.day) ? 2 : 0;
  return number(0, 4, parts.year) && number(5, 2, parts.month) && number(8, 2, parts.day) ? 10 : 0;
}

/// The mark that `text` begins with, or "".
std::string_view mark_at(std::string_view text) {
  for (const auto mark : kMarks) {
    if (text.starts_with(mark)) return mark;
  }
  return {};
}

}  // namespace

bool Article::valid_on(Date day) const {
  return (!from || *from <= day) && (!until || day <= *until);
}

bool Article::dated() const {
  return holds_mark(clip) || holds_mark(title);
}

bool Article::of_the_day() const {
  return clip.find("<date>") != std::string::npos || clip.find("<dd>") != std::string::npos;
}

bool holds_mark(std::string_view pattern) {
  for (const auto mark : kMarks) {
    if (pattern.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

std::string with_date(std::string_view pattern, Date day) {
  std::string text;
  while (!pattern.empty()) {
    const auto mark = mark_at(pattern);
    text += mark.empty() ? std::string(1, pattern.front()) : written(mark, day);
    pattern.remove_prefix(mark.empty() ? 1 : mark.size());
  }
  return text;
}

std::optional<Date> date_in(std::string_view pattern, std::string_view text) {
  DateParts parts;
  auto rest = text;
  for (auto left = pattern; !left.empty();) {
    const auto mark = mark_at(left);
    if (mark.empty() && (rest.empty() || rest.front() != left.front())) return std::nullopt;
    const auto length = mark.empty() ? 1 : read_part(mark, rest, parts);
    if (length == 0) return std::nullopt;
    left.remove_prefix(mark.empty() ? 1 : mark.size());
    rest.remove_prefix(length);
  }
  if (parts.year < 0 || parts.month < 0 || parts.day < 0) return std::nullopt;
  const Date date{std::chrono::year(parts.year), std::chrono::month(static_cast<unsigned>(parts.month)),
                  std::chrono::day(static_cast<unsigned>(parts.day))};
  return date.ok() && with_date(pattern, date) == text ? std::optional(date) : std::nullopt;
}

std::string unknown_mark(std::string_view pattern) {
  for (auto open = pattern.find('<'); open != std::string_view::npos; open = pattern.find('<', open + 1)) {
    const auto rest = pattern.substr(open);
    if (!mark_at(rest).empty()) continue;
    const auto close = rest.find('>');
    return std::string(rest.substr(0, close == std::string_view::npos ? rest.size() : close + 1));
  }
  return {};
}

std::string_view name_of(Field field) {
  return kFieldNames.at(static_cast<std::size_t>(field));
}
std::string_view name_of(Priority priority) {
  return kPriorityNames.at(static_cast<std::size_t>(priority));
}
std::string_view name_of(Source source) {
  return kSourceNames.at(static_cast<std::size_t>(source));
}

}  // namespace loa::playlists
