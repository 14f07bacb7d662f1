// A station made up in a few lines: articles with recordings, programmes, hours. Each thing has its own line of
// schedule/lich.yaml, in the order of making.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "scheduler/plan.hpp"
#include "tests/playlists/measured.hpp"

namespace loa::scheduler::testing {

inline constexpr const char* kMonday = "2026-11-23";
inline constexpr const char* kWednesday = "2026-11-25";

using namespace std::chrono_literals;
namespace chr = std::chrono;

/// How many made-up stations a law is tried on. Sanitizers look for mistakes of another kind and take ten times as
/// long.
constexpr auto tried(auto stations) {
#ifdef LOA_SANITIZED
  return stations / 8;
#else
  return stations;
#endif
}

inline Date date(const char* text) {
  return calendar::parse_date(text).value();
}
inline TimeOfDay time_of(int hour, int minute = 0, int second = 0) {
  return TimeOfDay{chr::hours(hour) + chr::minutes(minute) + chr::seconds(second)};
}

/// One position of a programme's items, before it has a place.
struct MadeUpItem {
  ItemRule rule;
  MadeUpItem pinned(int hour, int minute = 0) const {
    auto copy = *this;
    copy.rule.pin = time_of(hour, minute);
    return copy;
  }
  MadeUpItem on(chr::weekday day) const {
    auto copy = *this;
    copy.rule.days.emplace().words.form = Days::Form::list;
    copy.rule.days->words.weekday.at(day.iso_encoding() - 1) = true;
    return copy;
  }
};
inline MadeUpItem play(const char* id, int days_ago = 0) {
  return {{ArticleItem{id, days_ago}, std::nullopt, std::nullopt, {}, {}}};
}
inline MadeUpItem list(const char* id) {
  return {{PlaylistItem{id, 0}, std::nullopt, std::nullopt, {}, {}}};
}
inline MadeUpItem pause(Duration length) {
  return {{PauseItem{length}, std::nullopt, std::nullopt, {}, {}}};
}
inline MadeUpItem fill(const std::vector<const char*>& ids) {
  FillItem item;
  for (const char* id : ids) item.entries.push_back({id, {}});
  return {{item, std::nullopt, std::nullopt, {}, {}}};
}

inline MadeUpItem places(const char* campaign, int count = 1) {
  return {{CampaignItem{campaign, count, {}}, std::nullopt, std::nullopt, {}, {}}};
}

/// Both ends included.
inline DateSpan days(const char* first, const char* last) {
  DateSpan span;
  span.first = date(first);
  span.last = date(last);
  return span;
}

class MadeUpStation {
 public:
  explicit MadeUpStation(const char* zone = "Asia/Ho_Chi_Minh")
      : sources_(std::make_shared<config::Sources>()),
        source_(&sources_->add("schedule/lich.yaml", std::string(4000, '\n'))),
        schedule_{"xa-vi-du", calendar::Zone::find(zone).value(), {}, {}, {}, sources_, true, {},
                  {},         std::make_shared<const Holidays>()} {
    permit(time_of(0), time_of(24));
  }

  playlists::Facts facts(Frames length) const { return tests::measured(length, std::string(64, 'a')); }

  /// Its bytes' hash is `sha256`, in the place of the one that all recordings share.
  void recording(const std::string& clip, Frames length, const std::string& sha256) {
    catalogue_.set(clip, tests::measured(length, sha256));
  }
  void approve(const std::string& sha256) {
    auto approvals = catalogue_.approvals();
    approvals[sha256] = {"Lan", "2026-11-20T08:00:00.000+07:00"};
    catalogue_.set_approvals(approvals);
  }

  /// An article whose recording is not there.
  playlists::Article& article(const std::string& id) {
    auto& article = schedule_.repertoire.articles[id];
    article.id = id;
    article.title = "Title of " + id;
    article.clip = id + ".wav";
    article.at = article.clip_at = article.missing_at = place();
    return article;
  }
  playlists::Article& article(const std::string& id, Frames length) {
    catalogue_.set(id + ".wav", facts(length));
    return article(id);
  }
  void recording(const std::string& clip, Frames length) { catalogue_.set(clip, facts(length)); }
  void set(const std::string& clip, const playlists::Facts& measured) { catalogue_.set(clip, measured); }
  void refuse(const std::string& clip, const std::string& problem) {
    auto refused = facts(1min);
    refused.refused = true;
    refused.problem = problem;
    catalogue_.set(clip, refused);
  }

  playlists::Playlist& playlist(const std::string& id, const std::vector<const char*>& entries) {
    auto& playlist = schedule_.repertoire.playlists[id];
    playlist.id = id;
    for (const char* entry : entries) playlist.entries.push_back({entry, {}});
    playlist.at = playlist.folder_at = place();
    return playlist;
  }

  Programme& programme(const std::string& id, std::vector<TimeOfDay> at, const std::vector<MadeUpItem>& items) {
    auto& programme = schedule_.programmes.emplace_back();
    programme.id = id;
    programme.title = "Programme " + id;
    programme.at = std::move(at);
    programme.span = programme.at_span = place();
    for (const auto& item : items) {
      programme.items.push_back(item.rule);
      programme.items.back().at = programme.items.back().pin_at = place();
    }
    return programme;
  }

  /// Kept in the order of their ids, as read; the reference is good until the next one.
  Campaign& campaign(const std::string& id, const std::vector<const char*>& entries) {
    Campaign campaign;
    campaign.id = campaign.title = id;
    for (const char* entry : entries) campaign.entries.push_back({entry, {}});
    campaign.span = campaign.per_day_at = campaign.total_at = place();
    auto& all = schedule_.campaigns;
    const auto behind = std::find_if(all.begin(), all.end(), [&](const Campaign& each) { return id < each.id; });
    return *all.insert(behind, std::move(campaign));
  }

  void permit_nothing() { schedule_.permitted_hours.clear(); }
  PermittedHours& permit(TimeOfDay from, TimeOfDay until) {
    return schedule_.permitted_hours.emplace_back(PermittedHours{{}, from, until});
  }
  void permit_only(TimeOfDay from, TimeOfDay until) {
    permit_nothing();
    permit(from, until);
  }

  Plan plan(const char* from, const char* to) const { return make_plan(schedule_, catalogue_, date(from), date(to)); }
  Plan plan_of(const char* day) const { return make_plan(schedule_, catalogue_, date(day), date_after(date(day))); }
  std::vector<config::Diagnostic> check(const char* today, int days = 31) const {
    config::Diagnostics found;
    scheduler::check(schedule_, catalogue_, date(today), days, found);
    return found.all();
  }

  static Date date_after(Date day) { return Date(chr::sys_days(day) + chr::days(1)); }
  Instant at(const char* local) const { return calendar::parse_instant(local, schedule_.zone).value(); }
  std::string local(Instant instant) const {
    const auto text = calendar::rfc3339(instant, schedule_.zone);
    return text.substr(0, text.size() - 6);
  }

  Schedule& schedule() { return schedule_; }
  const Schedule& schedule() const { return schedule_; }
  const playlists::Catalogue& catalogue() const { return catalogue_; }

 private:
  config::Span place() {
    const auto begin = next_place_++;
    return {source_, begin, begin + 1};
  }

  std::shared_ptr<config::Sources> sources_;
  const config::SourceText* source_;
  Schedule schedule_;
  playlists::Catalogue catalogue_;
  std::size_t next_place_ = 0;
};

/// " continued", " overridden": what else the plan says of an item.
inline std::string marks_of(const PlannedItem& item) {
  std::string words;
  if (item.interruption == Interruption::continued) words += " continued";
  if (item.interruption == Interruption::broken_off) words += " broken-off";
  if (item.interruption == Interruption::delayed) words += " delayed";
  if (item.fault == Fault::overridden) words += " overridden";
  if (item.fault == Fault::unreached) words += " unreached";
  return words;
}

}  // namespace loa::scheduler::testing
