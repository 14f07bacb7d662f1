#include "daemon/station/conductor/conductor_rows.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

namespace loa::station {

namespace {

double milliseconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

wire::ItemRow common(const Airing& airing) {
  const auto& zone = airing.under->schedule.zone;
  const auto& item = airing.item;
  wire::ItemRow row;
  if (airing.is_planned()) row.id = item.id;
  row.session = item.session;
  row.what = airing.is_pause() ? "pause" : airing.input.empty() && !airing.is_relay() ? "clip" : "relay";
  row.article = airing.article;
  row.campaign = item.campaign;
  row.makes_good = item.makes_good;
  row.clip = airing.clip;
  row.sha256 = airing.sha256;
  if (airing.is_planned() && !airing.is_pause()) row.priority = playlists::name_of(item.priority);
  row.planned_start = calendar::rfc3339(item.start, zone);
  if (airing.length_known) {
    row.planned_end = calendar::rfc3339(item.end(), zone);
    row.frames_planned = item.frames.count();
  }
  row.operator_ = airing.by;
  row.order = airing.item.ordered_by;
  row.note = airing.note;
  if (!airing.input.empty()) row.note = "live from " + airing.input + (row.note.empty() ? "" : "; " + row.note);
  if (airing.is_relay()) {
    const auto* relay = airing.under->schedule.relay(airing.item.relay);
    if (relay != nullptr) row.source = playlists::name_of(relay->source);
    row.relay = airing.item.relay;
  }
  if (airing.announcement != 0) row.announcement = std::to_string(airing.announcement);
  if (item.repeat_of && !airing.substituted) {
    row.repeat_of = config::to_string(*item.repeat_of);
    const auto mark = scheduler::repeat_mark(*item.repeat_of, item.day);
    row.note = row.note.empty() ? mark : mark + "; " + row.note;
  }
  return row;
}

/// "NAME INSTANT" of who approved it; "required": nobody; "off": it needs none where others do; "" = nobody asks.
std::string approval_words(const Airing& airing, const playlists::Article* article) {
  const auto& schedule = airing.under->schedule;
  const bool needed = article != nullptr ? schedule.needs_approval(article->approval) : airing.item.needs_approval;
  if (const auto* approval = airing.under->catalogue.approval(airing.sha256)) return approval->by + " " + approval->at;
  if (needed) return "required";
  return schedule.approval_required ? "off" : "";
}

/// LUFS at which it sounds: its master's, less what soft hours take of it.
std::optional<double> level_in(const Airing& airing, const scheduler::Schedule& rules, Instant from, Instant until) {
  if (!airing.master || !airing.master->loudness) return std::nullopt;
  return *airing.master->loudness + scheduler::softer_by(rules, from, until);
}

}  // namespace

wire::Fields start_row(const Airing& airing, const scheduler::Schedule& rules, const std::string& device, Instant now) {
  auto row = common(airing);
  row.kind = wire::ItemRow::Kind::start;
  row.start = calendar::rfc3339(std::max(airing.start, now), airing.under->schedule.zone);
  row.device = device;
  row.level_lufs = level_in(airing, rules, std::max(airing.start, now), airing.end());
  if (airing.announcement != 0) row.level_lufs = airing.level;
  return row.fields();
}

wire::Fields item_row(const Airing& airing, const scheduler::Schedule& rules, const Judgement& judgement,
                      const std::string& device) {
  const auto& zone = airing.under->schedule.zone;
  auto row = common(airing);
  const auto played = std::min(airing.played(), airing.whole);
  row.frames_played = played.count();
  if (airing.began && played > Frames{0}) {
    row.start = calendar::rfc3339(*airing.began, zone);
    row.end = calendar::rfc3339(airing.ended.value_or(*airing.began + played), zone);
    if (airing.start_error) row.start_error_ms = milliseconds(*airing.start_error);
    row.level_lufs = level_in(airing, rules, *airing.began, airing.ended.value_or(*airing.began + played));
    if (airing.announcement != 0) row.level_lufs = airing.level;
  }
  if (!airing.is_pause()) row.device = device;
  row.verdict = judgement.verdict;
  row.reason = judgement.reason;
  return row.fields();
}

wire::Fields article_row(const Airing& airing) {
  wire::Fields row{{"kind", "article"}, {"article", airing.article}, {"title", airing.title}, {"clip", airing.clip}};
  const auto& articles = airing.under->schedule.repertoire.articles;
  const auto found = articles.find(airing.article);
  const auto field = found == articles.end() ? playlists::Field::general : found->second.field;
  row["field"] = playlists::name_of(field);
  if (found != articles.end() && !found->second.author.empty()) row["author"] = found->second.author;
  if (!airing.sha256.empty()) row["sha256"] = airing.sha256;
  const auto approval = approval_words(airing, found == articles.end() ? nullptr : &found->second);
  if (!approval.empty()) row["approval"] = approval;
  return row;
}

wire::Fields campaign_row(const Airing& airing) {
  wire::Fields row{{"kind", "campaign"}, {"campaign", airing.item.campaign}};
  const auto* campaign = airing.under->schedule.campaign(airing.item.campaign);
  if (campaign == nullptr) return row;
  row["title"] = campaign->title;
  if (campaign->from) row["from"] = config::to_string(*campaign->from);
  if (campaign->until) row["until"] = config::to_string(*campaign->until);
  if (campaign->per_day) row["per_day"] = *campaign->per_day;
  if (campaign->total) row["total"] = *campaign->total;
  return row;
}

wire::Fields plan_row(const Snapshot& snapshot, Instant from, const std::vector<std::string>& removed,
                      const std::string& by) {
  boost::json::array ids;
  for (const auto& id : removed) ids.emplace_back(id);
  wire::Fields row{{"kind", "plan"},
                   {"plan", snapshot.hash},
                   {"removed", std::move(ids)},
                   {"start", calendar::rfc3339(from, snapshot.schedule.zone)}};
  if (!by.empty()) row["operator"] = by;
  return row;
}

wire::Fields announce_row(const AnnounceOrder& order, const calendar::Zone& zone) {
  std::string note = "every " + std::to_string(order.every.count() / 60) + " min";
  if (order.every.count() % 60 != 0) note = "every " + std::to_string(order.every.count()) + " s";
  return {{"kind", "announce"},
          {"announcement", std::to_string(order.number)},
          {"operator", order.by},
          {"clip", order.file},
          {"start", calendar::rfc3339(order.ordered, zone)},
          {"end", calendar::rfc3339(order.until, zone)},
          {"note", note}};
}

wire::Fields announcements_over_row(const std::string& by, std::size_t count) {
  return {{"kind", "announce"}, {"operator", by}, {"note", std::to_string(count) + " ended"}};
}

wire::Fields incident_row(std::string_view kind, std::string_view note) {
  wire::Fields row{{"kind", kind}};
  if (!note.empty()) row["note"] = note;
  return row;
}

}  // namespace loa::station
