// Rows as a table that people read. Knows columns and words; must not know files.
#include "daemon/station/commands/log_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "daemon/station/page/listening_words.hpp"
#include "daemon/station/page/log_words.hpp"
#include "daemon/wire/item_row.hpp"

namespace loa::station {

namespace {

using config::Language;
using config::msg;

constexpr std::size_t kTableColumns = 6;
using Cells = std::array<std::string, kTableColumns>;  // when, what came of it, why, begun at, sounded, what

/// Code points, of which combining marks take no room.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool begins = (byte & 0xC0) != 0x80;
    const bool is_mark =
        byte == 0xCC || (byte == 0xCD && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xB0);
    if (begins && !is_mark) ++width;
  }
  return width;
}

/// "22/11/2026 05:30:00"; the text itself when it is no instant.
std::string local_time(const std::string& text, const calendar::Zone& zone) {
  const auto instant = calendar::parse_instant(text, zone);
  if (!instant) return text;
  const auto local = zone.local(*instant);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(local - day));
  return fmt::format("{:02}/{:02}/{:04} {:02}:{:02}:{:02}", static_cast<unsigned>(date.day()),
                     static_cast<unsigned>(date.month()), static_cast<int>(date.year()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

/// "1:05" of frames at 48000.
std::string minutes_of(std::int64_t frames) {
  const auto seconds = frames / 48000;
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string sounded(const wire::ItemRow& row) {
  if (!row.frames_played) return {};
  if (row.verdict != wire::Verdict::partial || !row.frames_planned) return minutes_of(*row.frames_played);
  return minutes_of(*row.frames_played) + " / " + minutes_of(*row.frames_planned);
}

std::string subject_of(const wire::ItemRow& row, Language language) {
  std::string subject = row.article.empty() ? row.clip : row.article;
  if (!row.relay.empty()) subject = row.article.empty() ? row.relay : row.relay + " (" + row.article + ")";
  if (row.what == "pause") subject = msg("pause").in(language);
  if (!row.id.empty()) subject += (subject.empty() ? "" : "  ") + row.id;
  if (!row.operator_.empty()) subject += " (" + row.operator_ + ")";
  if (!row.note.empty()) subject += ": " + row.note;
  return subject;
}

/// Start and end of one airing; what nobody planned has no id.
std::string key_of(const boost::json::object& row) {
  const auto id = wire::text_of(row, "id");
  return id.empty() ? wire::text_of(row, "planned_start") + " " + wire::text_of(row, "clip") : id;
}

Cells item_cells(const wire::ItemRow& row, const std::string& at, const calendar::Zone& zone, Language language) {
  const auto& when = !row.planned_start.empty() ? row.planned_start : !row.start.empty() ? row.start : at;
  Cells cells;
  cells[0] = local_time(when, zone);
  cells[1] = (row.verdict ? words_of(*row.verdict) : words_of_kind("start")).in(language);
  if (row.reason) cells[2] = words_of(*row.reason).in(language);
  if (row.start_error_ms) cells[3] = fmt::format("{:+.1f} ms", *row.start_error_ms);
  cells[4] = sounded(row);
  cells[5] = subject_of(row, language);
  if (row.heard) cells[5] += "  [" + heard_words(*row.heard).in(language) + "]";
  return cells;
}

/// What an incident says: its note, else what it names.
std::string details_of(const boost::json::object& row, Language language) {
  std::string details;
  for (const std::string_view key :
       {"note", "campaign", "article", "clip", "approval", "operator", "from", "to", "plan", "makes_good"}) {
    const auto* value = row.if_contains(key);
    if (value == nullptr) continue;
    if (!details.empty()) details += ", ";
    if (!value->is_string()) {
      details += wire::canonical(*value);
    } else if (key == "note") {
      details += words_of_note(value->get_string()).in(language);
    } else {
      details +=
          key == "approval" ? words_of_approval(value->get_string()).in(language) : std::string(value->get_string());
    }
  }
  return details;
}

Cells incident_cells(const boost::json::object& row, const calendar::Zone& zone, Language language) {
  Cells cells;
  cells[0] = local_time(wire::text_of(row, "at"), zone);
  cells[1] = words_of_kind(wire::text_of(row, "kind")).in(language);
  cells[5] = details_of(row, language);
  return cells;
}

void write_line(const Cells& cells, const std::array<std::size_t, kTableColumns>& widths, std::ostream& out) {
  std::string line;
  for (std::size_t i = 0; i < kTableColumns; ++i) {
    line += cells[i];
    if (widths[i] > 0) line += std::string(widths[i] - width_of(cells[i]) + 2, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  out << line << '\n';
}

}  // namespace

void write_log_table(const std::vector<boost::json::object>& rows, const calendar::Zone& zone, Language language,
                     std::ostream& out) {
  std::set<std::string> ended;
  for (const auto& row : rows) {
    if (wire::text_of(row, "kind") == "item") ended.insert(key_of(row));
  }
  std::vector<Cells> lines;
  for (const auto& row : rows) {
    const auto kind = wire::text_of(row, "kind");
    if (kind == "checkpoint" || kind == "article") continue;
    if (kind == "start" && ended.contains(key_of(row))) continue;
    const auto item = wire::ItemRow::from(row);
    lines.push_back(item ? item_cells(*item, wire::text_of(row, "at"), zone, language)
                         : incident_cells(row, zone, language));
  }
  std::array<std::size_t, kTableColumns> widths{};
  for (const auto& cells : lines) {
    for (std::size_t i = 0; i + 1 < kTableColumns; ++i) widths[i] = std::max(widths[i], width_of(cells[i]));
  }
  for (const auto& cells : lines) write_line(cells, widths, out);
}

}  // namespace loa::station
