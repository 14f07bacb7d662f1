// Inside of reading: the parts of a programme, and what its text alone proves wrong. Not for other folders.
#pragma once

#include <vector>

#include "playlists/names.hpp"
#include "scheduler/schedule.hpp"

namespace loa::scheduler {

/// What days are told by.
struct DayContext {
  std::shared_ptr<const Holidays> holidays;
  calendar::Zone zone;
  bool holidays_known = true;                  // false: the list could not be read, any name may stand in it
  std::optional<Date> from{};                  // of the programme, the first day of its recurrence rules
  std::optional<calendar::LocalTime> start{};  // `from` + `at`: times of the day may recur; absent: days alone
};

/// Days with what they need to be told; unknown holidays and what is wrong with a recurrence rule are reported.
DaySet day_set(Days words, const DayContext& context, config::Diagnostics& diagnostics);
/// The recurrence rule of `words`, or null after a report (contract 2: refused, never approximated).
std::shared_ptr<const calendar::Recurrence> read_rule(const Days& words, const DayContext& context,
                                                      config::Diagnostics& diagnostics);
/// A list of dates as in `except`; none: no day.
DaySet day_set(std::vector<DateSpan> dates, const DayContext& context, config::Diagnostics& diagnostics);

/// `programmes` of every file, by id; of one id the later folder's. Those that `calendar` brings may play on any day.
std::vector<Programme> read_programmes(const std::vector<config::ScheduleFile>& files,
                                       const std::vector<CalendarLine>& calendar, const DayContext& context,
                                       config::Diagnostics& diagnostics);
Programme read_programme(const playlists::NamedNode& named, const DayContext& context,
                         config::Diagnostics& diagnostics);
/// `calendar` of every file, in reading order.
std::vector<CalendarLine> read_calendar(const std::vector<config::ScheduleFile>& files, const DayContext& context,
                                        config::Diagnostics& diagnostics);

/// `campaigns` of every file, by id; of one id the later folder's.
std::vector<Campaign> read_campaigns(const std::vector<config::ScheduleFile>& files, config::Diagnostics& diagnostics);

/// `relays` of every file, by id; of one id the later folder's.
std::vector<Relay> read_relays(const std::vector<config::ScheduleFile>& files, config::Diagnostics& diagnostics);

/// "tất cả", "tat-ca", "ALL": what people write for the `all` of `mute`.
bool means_all(std::string_view word);

/// One time, a list, or {every, from, until} with both ends; sorted, each time once. Empty when it is wrong.
std::vector<TimeOfDay> read_at(const config::NodePtr& node, config::Diagnostics& diagnostics);
/// One position of `items`; nothing when it has no usable kind.
std::optional<ItemRule> read_item(const config::NodePtr& node, const DayContext& context,
                                  config::Diagnostics& diagnostics);

/// Names that the items and the campaigns use. A programme or campaign that uses a wrong one is
/// `mistaken` from then on.
/// `more_campaigns`: there may be campaigns that could not be read; then none is unknown.
void check_names(std::vector<Programme>& programmes, std::vector<Campaign>& campaigns,
                 const playlists::Repertoire& repertoire, bool more_campaigns, config::Diagnostics& diagnostics);
/// Relays that the items name, and articles that the relays do. `more_relays`: as `more_campaigns`.
void check_relays(std::vector<Programme>& programmes, const std::vector<Relay>& relays,
                  const playlists::Repertoire& repertoire, bool more_relays, config::Diagnostics& diagnostics);
/// Programmes that the calendar names: that they exist, and that what is asked of them can be done.
/// `partial`: there may be more programmes than are known; then none is unknown.
void check_calendar(const std::vector<CalendarLine>& calendar, const std::vector<Programme>& programmes, bool partial,
                    config::Diagnostics& diagnostics);
/// False when there are more items or sessions a day than any day can hold, after reporting the first programme that
/// is too much: then no plan may be made, it would take more time and memory than an answer may.
bool check_load(const std::vector<Programme>& programmes, const std::vector<CalendarLine>& calendar,
                const playlists::Repertoire& repertoire, config::Diagnostics& diagnostics);

/// Days on which the text of a programme is tried out: a week, and the ends of every span of dates in it.
struct Samples {
  std::vector<Date> days;
  bool complete = true;  // false: there were too many, some were left out
};
Samples sample_days(const Programme& programme);
/// Items that no session reaches, fills without an end, days that never meet. Takes what it does from `work_left`
/// and stays silent when that is used up, so that a hostile file is answered in time. `any_day`: the calendar may bring
/// it on days that its own text does not name.
void check_reach(Programme& programme, bool any_day, std::size_t& work_left, config::Diagnostics& diagnostics);
/// `except` that takes nothing away, `grace` that nothing asks for.
void check_effect(const Programme& programme, config::Diagnostics& diagnostics);

}  // namespace loa::scheduler
