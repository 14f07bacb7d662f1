// Days of the week as Vietnamese timetables say them, in the form that the files take. Must not know what plays on
// them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/fields.hpp"
#include "config/unicode.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

const std::vector<std::string>& weekday_names() {
  static const std::vector<std::string> names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  return names;
}

// How Vietnamese timetables name the day: T2 … T7, CN, thứ hai, chủ nhật. Monday is "second day".
std::string vietnamese_weekday(const std::string& plain) {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> words = {
      {"mon", {"2", "t2", "thu2", "thuhai"}}, {"tue", {"3", "t3", "thu3", "thuba"}},
      {"wed", {"4", "t4", "thu4", "thutu"}},  {"thu", {"5", "t5", "thu5", "thunam"}},
      {"fri", {"6", "t6", "thu6", "thusau"}}, {"sat", {"7", "t7", "thu7", "thubay"}},
      {"sun", {"cn", "chunhat", "thu8"}}};
  for (const auto& [name, forms] : words) {
    if (std::find(forms.begin(), forms.end(), plain) != forms.end()) return name;
  }
  return {};
}

/// "thứ 2, 4 và 6": the words of single days, "thu 2", "4", "6".
std::vector<std::string> words_of_days(std::string_view text) {
  static constexpr std::array<std::string_view, 13> numbers{"2",   "3",  "4",  "5",   "6",   "7",  "8",
                                                            "hai", "ba", "tu", "nam", "sau", "bay"};
  std::string apart(text);
  std::replace_if(
      apart.begin(), apart.end(), [](char c) { return c == ',' || c == ';' || c == '+' || c == '&'; }, ' ');
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = apart.find_first_not_of(' ', at)) < apart.size();) {
    const auto end = std::min(apart.find(' ', at), apart.size());
    auto word = apart.substr(at, end - at);
    at = end;
    const auto plain = folded(word), before = words.empty() ? std::string() : folded(words.back());
    const bool number = std::find(numbers.begin(), numbers.end(), plain) != numbers.end();
    if ((before == "thu" && number) || (before == "chu" && plain == "nhat")) {
      words.back() += ' ' + word;
    } else if (plain != "va") {
      words.push_back(std::move(word));
    }
  }
  return words;
}

/// "2-4-6", "T246", "thứ 3.5.7": three days or more of which only the first may be called a day.
std::vector<std::string> run_of_numbers(std::string_view text) {
  auto plain = folded(text);
  std::erase(plain, ' ');
  for (const std::string_view before : {"thu", "t"}) {
    if (plain.starts_with(before)) plain.erase(0, before.size());
  }
  std::vector<std::string> list;
  char last = '1';
  for (const char c : plain) {
    if (c == '-' || c == '.' || c == '/') continue;
    if (c <= last || c > '7') return {};
    list.push_back(vietnamese_weekday(std::string(1, c)));
    last = c;
  }
  const bool at_both_ends = !plain.empty() && plain.front() != '-' && plain.back() >= '2';
  return list.size() > 2 && at_both_ends ? list : std::vector<std::string>();
}

/// "2-4", "thứ 3 - 5": both numbers; the second is not called a day, so they may be a range, two days, or a date.
std::optional<std::pair<std::size_t, std::size_t>> two_numbers(std::string_view word) {
  const auto shape = shape_of(word);
  if (shape.numbers.size() != 2 || !shape.digits(0, 1, 1) || !shape.digits(1, 1, 1)) return std::nullopt;
  const auto& before = shape.gaps[0];
  const bool dash = shape.gaps[1] == "-" || shape.gaps[1] == "–";
  if (!dash || !shape.gaps[2].empty() || (!before.empty() && before != "t" && before != "thu")) return std::nullopt;
  const auto first = weekday_of(vietnamese_weekday(shape.numbers[0]));
  const auto last = weekday_of(vietnamese_weekday(shape.numbers[1]));
  return first && last && *first < *last ? std::optional(std::pair(*first, *last)) : std::nullopt;
}

std::string all_between(std::size_t first, std::size_t last) {
  const auto begin = weekday_names().begin();
  return flow_list({begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last) + 1});
}

}  // namespace

std::optional<std::size_t> weekday_of(std::string_view word) {
  const auto& names = weekday_names();
  const auto found = std::find(names.begin(), names.end(), word);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::string weekday_list_meant(std::string_view text) {
  constexpr std::size_t longest = 100;
  if (text.size() > longest) return {};
  if (const auto one = weekday_meant(text); !one.empty()) return flow_list({one});
  if (const auto run = run_of_numbers(text); !run.empty()) return flow_list(run);
  std::vector<std::string> list;
  for (const auto& word : words_of_days(text)) {
    auto day = weekday_meant(word);
    if (day.empty() || std::find(list.begin(), list.end(), day) != list.end()) return {};
    list.push_back(std::move(day));
  }
  return list.empty() ? std::string() : flow_list(list);
}

std::string weekday_range_meant(std::string_view word) {
  if (two_numbers(word)) return {};
  auto plain = folded(word);
  for (const std::string_view between : {"..", "–", "-", " den ", " toi "}) {
    const auto at = plain.find(between);
    if (at == std::string::npos) continue;
    const auto first = weekday_of(weekday_meant(plain.substr(0, at)));
    const auto last = weekday_of(weekday_meant(plain.substr(at + between.size())));
    if (!first || !last || *last <= *first) return {};
    return all_between(*first, *last);
  }
  return {};
}

Text either_weekdays(std::string_view word) {
  const auto days = two_numbers(word);
  if (!days) return {};
  const auto [first, last] = *days;
  const auto range = all_between(first, last);
  const auto two = flow_list({weekday_names()[first], weekday_names()[last]});
  if (!shape_of(word).gaps[0].empty()) {
    return range == two
               ? write_this(two)
               : msg("write {0} if all days from the first to the last are meant, {1} if these two", range, two);
  }
  const auto date = fmt::format("{{dates: [\"{:02}-{:02}\"]}}", last + 2, first + 2);
  return msg(
      "write {0} if all days of the week from the first to the last are meant, {1} if these two, {2} if the "
      "date is meant",
      range, two, date);
}

std::string other_weekdays_meant(std::string_view word) {
  const auto plain = folded(word);
  const auto left_out = plain.starts_with("tru ") ? weekday_meant(plain.substr(4)) : std::string();
  if (left_out.empty()) return {};
  auto list = weekday_names();
  std::erase(list, left_out);
  return flow_list(list);
}

std::string weekday_meant(std::string_view word) {
  if (word.find("..") != std::string_view::npos || word.find("-") < word.size() - 1) return {};
  auto plain = folded(word);
  std::erase_if(plain, [](char c) { return c == ' ' || c == '.' || c == '-'; });
  const auto vietnamese = vietnamese_weekday(plain);
  if (!vietnamese.empty()) return vietnamese;
  const bool marks =
      std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (marks) return {};  // "thứ" is no Thursday
  static const std::vector<std::string_view> full = {"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};
  for (const auto name : full) {
    if (plain.size() >= 3 && name.starts_with(plain)) return std::string(name.substr(0, 3));  // Monday, mon, Mon., Tues
  }
  return {};
}

}  // namespace loa::config
