// What the running station says and writes about the plans that its loader brings.
#include <utility>

#include "daemon/station/conductor/conductor_times.hpp"
#include "daemon/station/conductor/make_goods.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/run/run_loop.hpp"
#include "daemon/station/run/run_reload.hpp"

namespace loa::station {

using config::msg;
using config::msgn;

/// Of a plan that is in force. What came too near meanwhile (the recordings of the day were measured) is chosen again.
void RunLoop::write_make_goods(const MakingGood& making_good) {
  const auto soonest = clock_.now() + times::kUntouchable;
  bool again = false;
  for (const auto& chosen : making_good.chosen) {
    again = again || chosen.start < soonest;
    if (chosen.start < soonest) continue;
    auto& place = made_good_[chosen.missed.missed];
    if (std::exchange(place, chosen.place) == chosen.place) continue;
    const auto ticket = telling_->append(make_good_row(chosen, newest_->schedule.zone));
    if (making_good.more) awaited_->await(ticket);
  }
  for (const auto& [of, plays] : making_good.without_place) {
    if (!without_place_said_.insert(of).second) continue;
    say(options_.language, msgn("“{1}” was missed {0} time and cannot be made good: “{2}” has no place left for it in "
                                "the next 31 days",
                                "“{1}” was missed {0} times and cannot be made good: “{2}” has no place left for it in "
                                "the next 31 days",
                                plays, static_cast<unsigned long>(plays), of.second, of.first));
  }
  if (again) loader_->load();
}

/// It was not taken and is as it was: it was read again for something else.
bool RunLoop::is_known_edit(const Prepared& prepared) const {
  return not_taken_ && prepared.sources && same_texts(*not_taken_, *prepared.sources);
}

void RunLoop::say_edit(const Prepared& prepared, Taken taken, bool initial) {
  say_taken(taken, initial, conductor_->status(), options_.language);
  std::string changes;
  if (taken == Taken::accepted && !initial) {
    changes = say_changes(*newest_, *prepared.snapshot, clock_.now(), options_.language);
  }
  if (!changes.empty() && same_texts(*newest_->sources, *prepared.snapshot->sources)) {
    page_->recordings(prepared.diagnostics, std::move(changes));
  } else {
    page_->edited(edit_state(taken, initial), prepared.diagnostics, std::move(changes));
  }
}

/// The edit does not go on air; what came to the recordings, approvals and make-goods of the files that stay does.
void RunLoop::go_on(const Prepared& prepared) {
  const auto& same = prepared.of_files_in_force;
  if (!same) return loader_->load();  // nothing was in force when it was read
  if (!same->snapshot) return look_again(*same);
  if (conductor_->renew(same->snapshot)) {
    say(options_.language, msg("the edit is still not taken; new recordings and approvals are"));
    page_->renewed(say_changes(*newest_, *same->snapshot, clock_.now(), options_.language));
    newest_ = same->snapshot;
  }
  if (newest_->hash == same->snapshot->hash) {
    write_make_goods(same->making_good);
    shelf_->use(newest_->settings.audio, same->recordings);
    want_masters();
  }
  ledger_->flush(kSaidRows);
  look_again(*same);
}

void RunLoop::look_again(const Prepared& prepared) {
  if (prepared.again) loader_->load_in(*prepared.again);
  if (prepared.unmeasured > 0) loader_->measure_more();
}

void RunLoop::say_hangs(bool hangs) {
  if (std::exchange(hangs_said_, hangs) == hangs) return;
  page_->folders_hang(hangs);
  say(options_.language, hangs ? msg("the station's folders give no answer (a network drive or a disk that hangs?); "
                                     "edits and new recordings wait, the last good plan stays on air")
                               : msg("the station's folders answer again"));
}

}  // namespace loa::station
