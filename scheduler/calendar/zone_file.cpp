// Reader of TZif files: the table of changes, then the footer's rule laid out for 400 years behind it.
#include "scheduler/calendar/zone_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "scheduler/calendar/zone.hpp"

namespace loa::calendar {

namespace {

namespace chr = std::chrono;

constexpr const char* kZoneFolder = "/usr/share/zoneinfo";
constexpr std::int64_t kBeforeEverything = INT64_MIN;

/// The header's six counts (RFC 8536 3.1), in the order of the file.
struct Counts {
  std::size_t universal = 0, standard = 0, leaps = 0, changes = 0, types = 0, letters = 0;

  std::size_t bytes(std::size_t time_size) const {
    return changes * (time_size + 1) + types * 6 + letters + leaps * (time_size + 4) + standard + universal;
  }
};

constexpr std::size_t kHeader = 44;

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::int64_t signed_big_endian(std::string_view bytes) {
  const auto value = big_endian(bytes);
  if (bytes.size() == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
  return static_cast<std::int64_t>(value);
}

std::optional<Counts> parse_header(std::string_view bytes) {
  if (bytes.size() < kHeader || bytes.substr(0, 4) != "TZif") return std::nullopt;
  const auto count = [&](std::size_t i) { return static_cast<std::size_t>(big_endian(bytes.substr(20 + 4 * i, 4))); };
  Counts counts{count(0), count(1), count(2), count(3), count(4), count(5)};
  if (counts.types == 0 || counts.types > 256 || counts.leaps != 0) return std::nullopt;
  return counts;
}

/// The table of one data block; nothing when it is cut short or points outside itself.
std::optional<std::vector<Change>> parse_block(std::string_view block, const Counts& counts, std::size_t time_size) {
  if (block.size() < counts.bytes(time_size)) return std::nullopt;
  const auto kinds = block.substr(counts.changes * time_size, counts.changes);
  const auto types = block.substr(counts.changes * (time_size + 1), counts.types * 6);
  const auto offset_of = [&](std::size_t type) {
    return static_cast<std::int32_t>(signed_big_endian(types.substr(type * 6, 4)));
  };
  std::vector<Change> result{{kBeforeEverything, offset_of(0)}};
  for (std::size_t i = 0; i < counts.changes; ++i) {
    const auto type = static_cast<unsigned char>(kinds[i]);
    if (type >= counts.types) return std::nullopt;
    result.push_back({signed_big_endian(block.substr(i * time_size, time_size)), offset_of(type)});
  }
  const auto earlier = [](const Change& a, const Change& b) { return a.at < b.at; };
  if (!std::is_sorted(result.begin(), result.end(), earlier)) return std::nullopt;
  return result;
}

chr::year year_of(std::int64_t at) {
  const chr::sys_seconds time{chr::seconds(at)};
  return chr::year_month_day(chr::floor<chr::days>(time)).year();
}

/// A change that changes nothing (a new name only) or lasts no time would make a gap or an overlap of nothing.
void drop_idle(std::vector<Change>& changes) {
  std::vector<Change> kept;
  for (const auto& change : changes) {
    if (!kept.empty() && kept.back().at == change.at) kept.pop_back();
    if (kept.empty() || kept.back().offset != change.offset) kept.push_back(change);
  }
  changes = std::move(kept);
}

void extend(Offsets& offsets, const PosixRule& rule) {
  auto& changes = offsets.changes;
  const auto last = changes.back().at;
  const auto first_year = changes.size() > 1 ? year_of(last) : chr::year(1970);
  for (const auto& change : rule.changes(first_year, 402)) {
    if (change.at > last) changes.push_back(change);
  }
  offsets.repeats = rule.summer.has_value();
}

/// The footer stands between two newlines at the end; without one the table's last offset holds for ever.
bool parse_footer(std::string_view footer, Offsets& offsets) {
  if (footer.size() < 2 || footer.front() != '\n') return false;
  const auto end = footer.find('\n', 1);
  if (end == std::string_view::npos) return false;
  const auto text = footer.substr(1, end - 1);
  if (text.empty()) return true;
  const auto rule = parse_posix_rule(text);
  if (!rule) return false;
  extend(offsets, *rule);
  return true;
}

std::optional<Offsets> parse_version_1(std::string_view bytes, const Counts& counts) {
  auto changes = parse_block(bytes.substr(kHeader), counts, 4);
  if (!changes) return std::nullopt;
  drop_idle(*changes);
  return Offsets{std::move(*changes), false};
}

/// Versions 2 to 4 repeat the file with 64-bit times behind the 32-bit one, and end in a footer.
std::optional<Offsets> parse_version_2(std::string_view bytes) {
  const auto counts = parse_header(bytes);
  if (!counts) return std::nullopt;
  const auto changes = parse_block(bytes.substr(kHeader), *counts, 8);
  if (!changes) return std::nullopt;
  Offsets offsets{*changes, false};
  if (!parse_footer(bytes.substr(kHeader + counts->bytes(8)), offsets)) return std::nullopt;
  drop_idle(offsets.changes);
  return offsets;
}

bool stays_below(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\0') != std::string_view::npos) return false;
  return name.find("..") == std::string_view::npos && name.find("//") == std::string_view::npos;
}

}  // namespace

Change Offsets::in_force(std::int64_t at) const {
  const auto last = changes.back().at;
  const auto cycles = repeats && at > last ? (at - last + kCycleSeconds - 1) / kCycleSeconds : 0;
  const auto shift = cycles * kCycleSeconds;
  const auto after = std::upper_bound(changes.begin(), changes.end(), at - shift,
                                      [](std::int64_t time, const Change& change) { return time < change.at; });
  Change change = after == changes.begin() ? changes.front() : *std::prev(after);
  if (shift != 0) change.at += shift;
  return change;
}

std::optional<Change> Offsets::next(std::int64_t at) const {
  const auto last = changes.back().at;
  if (at >= last && !repeats) return std::nullopt;
  const auto cycles = at >= last ? (at - last) / kCycleSeconds + 1 : 0;
  const auto shift = cycles * kCycleSeconds;
  const auto after = std::upper_bound(changes.begin(), changes.end(), at - shift,
                                      [](std::int64_t time, const Change& change) { return time < change.at; });
  Change change = *after;
  change.at += shift;
  return change;
}

std::optional<Offsets> parse_zone_file(std::string_view bytes) {
  const auto counts = parse_header(bytes);
  if (!counts) return std::nullopt;
  if (bytes[4] == '\0') return parse_version_1(bytes, *counts);
  const auto second = kHeader + counts->bytes(4);
  if (bytes.size() < second) return std::nullopt;
  return parse_version_2(bytes.substr(second));
}

std::optional<std::string> read_zone_file(std::string_view name) {
  if (!stays_below(name)) return std::nullopt;
  const auto path = std::filesystem::path(kZoneFolder) / name;
  std::error_code unreadable;
  if (!std::filesystem::is_regular_file(path, unreadable)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (!in || !(bytes << in.rdbuf())) return std::nullopt;
  return std::move(bytes).str();
}

std::vector<std::string> zone_names() {
  std::vector<std::string> names{"UTC"};
  const std::filesystem::path root = kZoneFolder;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(root, error), end; !error && entry != end;
       entry.increment(error)) {
    const auto name = entry->path().lexically_relative(root).generic_string();
    const bool capital = name[0] >= 'A' && name[0] <= 'Z';  // not posix/, right/ and the lists
    if (!capital) entry.disable_recursion_pending();
    if (capital && name.find('/') != std::string::npos && entry->is_regular_file(error)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace loa::calendar
