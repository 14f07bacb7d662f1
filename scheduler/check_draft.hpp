// What would go wrong on air with a draft, told as findings. One function for each kind; internal to the plan.
#pragma once

#include "scheduler/campaign_tally.hpp"
#include "scheduler/check_findings.hpp"
#include "scheduler/limits.hpp"
#include "scheduler/plan_draft.hpp"

namespace loa::scheduler {

/// What the reporters look at. Sessions before `today` are there as neighbours only.
struct Checked {
  const Schedule& schedule;
  const playlists::Catalogue& catalogue;
  Recordings& recordings;
  const Draft& draft;
  Date today;
};

/// What campaigns are looked at by: all of their days.
struct CampaignCheck {
  const Schedule& schedule;
  const playlists::Catalogue& catalogue;
  Recordings& recordings;
  const Draft& draft;  // of `days`
  CampaignDays days;
  Date today;
};
/// What campaigns owe and will not get: of the days before `until`, and to their ends.
void report_campaigns(const CampaignCheck& checked, Date until, Findings& findings);

/// Two sessions of one priority in one another's slot.
void report_overlaps(const Checked& checked, Findings& findings);
/// Sessions into which a higher priority breaks.
void report_interruptions(const Checked& checked, Findings& findings);
/// Sessions that break a limit.
void report_limits(const Checked& checked, Findings& findings);
/// Sessions outside the permitted hours, or over their edge.
void report_hours(const Checked& checked, Findings& findings);
/// Sessions in which nothing sounds.
void report_empty(const Checked& checked, Findings& findings);
/// Items that something ends before their time, or that are never reached.
void report_items(const Checked& checked, Findings& findings);
/// Recordings that are missing or refused, and their substitutes.
void report_recordings(const Checked& checked, Findings& findings);

/// Days on which no programme plays: days of the week on which it never does once, every other day by itself.
void report_silent_days(const Checked& checked, int days, Findings& findings);
/// Named holidays that the list says nothing of for this year, or, from October on, for the coming one.
void report_holidays(const Schedule& schedule, Date today, config::Diagnostics& diagnostics);
/// Lunar days asked about outside the table (contract 2: refused). `to` exclusive.
void report_calendar(const Schedule& schedule, Date from, Date to, config::Diagnostics& diagnostics);

/// Whether `higher` sounds in the time of a session of a lower priority.
bool breaks_into(const DraftSession& higher, const DraftSession& session);
/// Which limit a session breaks, by how much, and where the limit stands.
config::Text breach_words(const Breach& breach, const Occurrence& session);

/// What is wrong with a refused recording, from the stable code of the media program; an unknown code is its own word.
config::Text problem_words(const std::string& problem);
/// With the places where it is damaged.
config::Text problem_words(const playlists::Facts& facts);
/// What an operator can do about it.
config::Text problem_advice(const std::string& problem);
/// The recording that a mistyped path was meant to be, or "".
std::string nearest_clip(const playlists::Catalogue& catalogue, const std::string& path);

/// All of them.
void report_draft(const Checked& checked, config::Diagnostics& diagnostics);

}  // namespace loa::scheduler
