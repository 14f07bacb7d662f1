// When things play, as the operator wrote it: programmes with their rules and places, before any date.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/shared_text.hpp"
#include "config/station_folder.hpp"
#include "playlists/read.hpp"
#include "scheduler/calendar/zone.hpp"
#include "scheduler/campaign.hpp"
#include "scheduler/day_set.hpp"
#include "scheduler/layers.hpp"
#include "scheduler/relay.hpp"

namespace loa::scheduler {

using calendar::Frames;
using calendar::Instant;
using config::Duration;
using config::SharedText;
using config::TimeOfDay;

enum class Overrun { fade, cut, finish };
enum class Late { join, start, skip };
enum class Interrupted { resume, restart, drop };  // what becomes of an item that a higher priority broke into

/// What stands at one position of `items`.
struct ArticleItem {
  std::string id;
  int days_ago = 0;
  config::Span id_at{};
};
struct PlaylistItem {
  std::string id;
  int days_ago = 0;
  config::Span id_at{};
};
struct PauseItem {
  Duration length{0};
};
/// A list, or a playlist's id. Either may name articles and playlists alike: resolve() tells.
struct FillItem {
  std::vector<playlists::PlaylistEntry> entries;
  std::string playlist;
  config::Span id_at{};  // of `playlist`
};
/// Places for a campaign: which of its articles plays in each is chosen day by day.
struct CampaignItem {
  std::string id;
  int count = 1;
  config::Span id_at{};
};

/// Without a length: until the next pin or the slot's end, less the room of what follows it unpinned.
struct RelayItem {
  std::string id;
  std::optional<Duration> length;
  config::Span id_at{};
};

struct ItemRule {
  std::variant<ArticleItem, PlaylistItem, PauseItem, FillItem, CampaignItem, RelayItem> what;
  std::optional<DaySet> days;    // only on these days (of the session's date)
  std::optional<TimeOfDay> pin;  // the first such instant at or after the session's start
  config::Span at, pin_at;       // the item; its pin's time
  bool reach_told = false;       // that the slot's end keeps it from beginning has been reported, or follows from it
};

/// Where a programme's keys stand; without a source: the key is not written.
struct ProgrammePlaces {
  config::Span repeat, from, until, length, overrun, late, interrupted, priority;
};

struct Programme {
  std::string id;
  std::string title;
  std::vector<TimeOfDay> at;            // sorted, unique; `every` is expanded
  DaySet repeat;                        // default daily
  DaySet except = set_of({}, nullptr);  // default never
  std::optional<Date> from, until;      // validity, both included
  std::optional<Duration> length;       // the slot; absent: as long as its items
  Overrun overrun = Overrun::fade;
  Late late = Late::join;
  Duration grace{std::chrono::minutes(10)};
  playlists::Priority priority = playlists::Priority::ordinary;
  bool priority_known = true;  // false: what was written is none, and `priority` no more than a default
  std::string ordered_by;      // who ordered it; never empty for an emergency
  Interrupted interrupted = Interrupted::resume;
  std::vector<ItemRule> items;
  config::Span span;     // its id, for messages
  config::Span at_span;  // the value of `at`
  ProgrammePlaces places;
  bool mistaken = false;        // an error in it has been reported: what is missing from it may stand there
  bool items_mistaken = false;  // one of its items

  /// Whether `from` and `until` let it play; that it does is a question to the Timetable.
  bool valid_on(Date day) const;
  /// By from, until, repeat and except, before the calendar's layers.
  Off off_on(const CivilDay& day) const;
  bool plays_on(const CivilDay& day) const { return off_on(day) == Off::none; }
};

/// Outside these only `announce` sounds. until <= from means the next day.
struct PermittedHours {
  DaySet days;
  TimeOfDay from, until;
  config::Span at{};  // without a source: the contract's default
};

/// Hours in which everything but announcements is softer (contract 1.1, soft_hours).
struct SoftHours {
  DaySet days;
  TimeOfDay from, until;
  double gain = 0;  // dB, at most 0
  config::Span at{};
};

/// A rule of the commune or the province that counts sessions and minutes (contract 2, permitted hours and limits).
struct Limit {
  config::LimitRule rule;
  DaySet days;
  DaySet except = set_of({}, nullptr);

  bool in_force(const CivilDay& day) const;
};

/// A missed play of a campaign, made good in another place (contract 2).
struct MakeGood {
  std::string missed;  // id of the item that was missed
  std::string campaign, article;
  bool operator==(const MakeGood&) const = default;
};

/// By the id of the item in whose place it is.
using MakeGoods = std::map<std::string, MakeGood>;

/// All that the plan needs of the files, and of the ledger what it has to make good. Immutable after reading; shared
/// between threads.
struct Schedule {
  std::string station;
  calendar::Zone zone;
  std::vector<PermittedHours> permitted_hours;
  playlists::Repertoire repertoire;
  std::vector<Programme> programmes;               // by id; of one id the later folder wins
  std::shared_ptr<const config::Sources> sources;  // owner of the spans' texts
  bool hours_known = true;  // false: the operator's own hours could not be read; those above are no more than a default
  std::vector<Limit> limits;
  std::vector<CalendarLine> calendar;        // in reading order: later ones win
  std::shared_ptr<const Holidays> holidays;  // never null
  std::vector<Campaign> campaigns{};         // by id
  MakeGoods make_goods{};
  bool approval_required = false;  // by station.yaml, of what says nothing else
  std::vector<SoftHours> soft_hours{};
  std::vector<Relay> relays{};  // by id
  bool days_known = true;       // false: programmes, or lines of the calendar, may stand where nothing can be read

  const Programme* programme(std::string_view id) const;  // null: there is none
  const Campaign* campaign(std::string_view id) const;
  const Relay* relay(std::string_view id) const;
  /// Whether what is under `rule` sounds only once it is approved.
  bool needs_approval(playlists::ApprovalRule rule) const;
  /// Whether anything does: else nobody need know what is approved.
  bool asks_for_approval() const;
};

/// Reads `articles`, `playlists`, `programmes` of every file and the settings' zone. Nothing when no plan can be made
/// of it (the reasons are in `diagnostics`); a schedule that is returned beside errors is for further checks only.
std::optional<Schedule> read_schedule(const config::StationFiles& files, config::Diagnostics& diagnostics);

}  // namespace loa::scheduler
