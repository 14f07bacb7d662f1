#include "daemon/station/conductor/owed.hpp"

#include <algorithm>
#include <utility>

#include "daemon/wire/row.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::station {

namespace {

std::string text_in(const boost::json::object& row, std::string_view key) {
  const auto* value = row.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<Instant> instant_of(const std::string& text) {
  static const auto utc = calendar::Zone::find("UTC");  // rows carry their offset; the zone decides nothing
  if (text.empty() || !utc) return {};
  return calendar::parse_instant(text, *utc);
}

}  // namespace

std::optional<Instant> instant_in(const boost::json::object& row, std::string_view key) {
  return instant_of(text_in(row, key));
}

std::string planned_start_in(std::string_view id) {
  if (!id.starts_with("play/") && !id.starts_with("announce/")) return {};
  const auto slash = id.find('/', id.find('/') + 1);
  return slash == std::string_view::npos ? std::string() : std::string(id.substr(slash + 1));
}

HistoryReader::HistoryReader(Instant now) : now_(now) {}

bool HistoryReader::row(const boost::json::object& row) {
  const auto at = instant_in(row, "at");
  if (!at) return true;
  last_at_ = *at;
  last_seq_ = wire::number_of(row, "seq");
  if (text_in(row, "boot").starts_with(kCommandBoot)) return true;  // no sign of life, and nobody closed anything
  if (!found_.last_life) found_.last_life = at;
  const auto kind = text_in(row, "kind");
  // A clock that was ahead when the checkpoint was written must not hide what is owed now.
  if (kind == "checkpoint" && !reach_) reach_ = std::min(*at, now_) - kReach;
  if (kind == "plan") plan_row(row, *at);
  if (kind == "item") item_row(row);
  if (kind == "start") start_row(row, *at);
  return !(reach_ && oldest_ && *oldest_ <= *reach_ && *at < *reach_);
}

void HistoryReader::plan_row(const boost::json::object& row, Instant at) {
  const auto from = instant_in(row, "start").value_or(at);
  found_.plans.push_back({from, text_in(row, "plan")});
  oldest_ = std::min(oldest_.value_or(from), from);
}

void HistoryReader::item_row(const boost::json::object& row) {
  const auto id = text_in(row, "id");
  if (!id.empty()) found_.closed.insert(id);
  if (id.empty()) plays_over_.insert({text_in(row, "planned_start"), text_in(row, "clip")});
}

void HistoryReader::start_row(const boost::json::object& row, Instant at) {
  const auto id = text_in(row, "id");
  if (id.empty()) return play_row(row);
  if (found_.closed.contains(id)) return;
  // Older rows come later: the first attempt's start is what stays.
  auto& begun = found_.begun[id];
  begun.start = instant_in(row, "start").value_or(at);
  if (begun.device.empty()) begun.device = text_in(row, "device");
}

void HistoryReader::note(const Progress& progress) {
  const auto at = instant_of(progress.at);
  if (!at) return;
  found_.last_life = std::max(found_.last_life.value_or(*at), *at);
  const auto note_item = [&](const std::string& id, std::int64_t frames, std::int64_t reached) {
    for (auto& open : found_.plays) {
      if (open.row.planned_start == planned_start_in(id)) open.frames = Frames(frames);
    }
    const auto begun = found_.begun.find(id);
    if (begun == found_.begun.end()) return;
    begun->second.frames = Frames(frames);
    begun->second.reached = Frames(reached);
  };
  note_item(progress.id, progress.frames, progress.reached);
  for (const auto& one : progress.waiting) note_item(one.id, one.frames, one.reached);
}

void HistoryReader::play_row(const boost::json::object& row) {
  const auto read = wire::ItemRow::from(row);
  if (!read || plays_over_.contains({read->planned_start, read->clip})) return;
  const auto same = std::find_if(found_.plays.begin(), found_.plays.end(), [&](const OpenPlay& open) {
    return open.row.planned_start == read->planned_start && open.row.clip == read->clip;
  });
  // Older rows come later: the first attempt's start is what stays.
  if (same != found_.plays.end()) {
    same->row = *read;
  } else {
    found_.plays.push_back({*read, Frames{0}});
  }
}

History HistoryReader::take(const std::optional<Progress>& progress) {
  std::reverse(found_.plans.begin(), found_.plans.end());
  std::reverse(found_.plays.begin(), found_.plays.end());
  found_.since = reach_.value_or(Instant{});
  // Older rows were taken away, and the verdicts in them: nobody may say that what they were about was missed.
  if (last_seq_ > 1) found_.since = std::max(found_.since, std::min(last_at_, now_));
  if (progress) note(*progress);
  return std::exchange(found_, {});
}

}  // namespace loa::station
