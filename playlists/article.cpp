// Names of an article's attributes and the date marks in its title and path.
#include "playlists/article.hpp"

#include <fmt/core.h>

#include <array>

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
