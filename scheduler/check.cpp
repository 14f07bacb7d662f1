// Everything that would go wrong on air in the coming days, each finding once.
#include <algorithm>

#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;
using config::msg;

/// The draft of the days that are looked at, from yesterday: what began then may reach into today. Campaigns are told
/// of on the way, by all of their days, where `findings` is given.
Draft looked_at(const Schedule& schedule, const playlists::Catalogue& catalogue, Recordings& recordings, Date today,
                int days, Findings* findings) {
  const Date from = day_after(today, -1), to = day_after(today, days);
  const auto campaigns = campaign_days(schedule, today);
  if (!campaigns || findings == nullptr) return make_draft(schedule, recordings, from, to);
  const CampaignDays all{std::min(from, campaigns->from), std::max(to, campaigns->to)};
  auto draft = make_draft(schedule, recordings, all.from, all.to);
  report_campaigns({schedule, catalogue, recordings, draft, all, today}, to, *findings);
  keep_days(draft, from, to);
  return draft;
}

void report_folders(const Schedule& schedule, const playlists::Catalogue& catalogue, config::Diagnostics& diagnostics) {
  for (const auto& [id, playlist] : schedule.repertoire.playlists) {
    if (!playlist.folder) continue;
    if (!catalogue.clips_in(*playlist.folder).empty() || !catalogue.folders_in(*playlist.folder).empty()) continue;
    diagnostics
        .warning("empty-folder", playlist.folder_at,
                 msg("“library/{0}” is not there, or there is no recording in it", *playlist.folder))
        .would(msg("the playlist “{0}” would be silent", id))
        .mend(msg("put recordings into it, or correct its name here"));
  }
}

}  // namespace

void report_draft(const Checked& checked, config::Diagnostics& diagnostics) {
  Findings findings(diagnostics);
  report_overlaps(checked, findings);
  report_interruptions(checked, findings);
  report_hours(checked, findings);
  report_limits(checked, findings);
  report_empty(checked, findings);
  report_items(checked, findings);
  report_recordings(checked, findings);
  findings.finish();
}

void check(const Schedule& schedule, const playlists::Catalogue& catalogue, Date today, int days,
           config::Diagnostics& findings) {
  // A mistake that is told already may be the reason for silence, and for the places that a campaign lacks.
  const bool known = schedule.days_known && schedule.hours_known && !schedule.repertoire.mistaken;
  Recordings recordings(schedule, catalogue);
  Findings campaigns(findings);
  const auto draft = looked_at(schedule, catalogue, recordings, today, days, known ? &campaigns : nullptr);
  campaigns.finish();
  report_draft({schedule, catalogue, recordings, draft, today}, findings);
  report_folders(schedule, catalogue, findings);
  report_calendar(schedule, day_after(today, -1), day_after(today, days), findings);
  report_holidays(schedule, today, findings);
  const auto is_mistaken = [](const Programme& programme) { return programme.mistaken; };
  if (!known || std::any_of(schedule.programmes.begin(), schedule.programmes.end(), is_mistaken)) return;
  Findings silent(findings);
  report_silent_days({schedule, catalogue, recordings, draft, today}, days, silent);
  silent.finish();
}

}  // namespace loa::scheduler
