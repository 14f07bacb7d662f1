// What the running station says and writes about the plans that its loader brings.
#include <utility>

#include "daemon/station/conductor/conductor_times.hpp"
#include "daemon/station/conductor/make_goods.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/run/run_loop.hpp"

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

/// An approval counts with the next plan, and while an edit is held there is none.
boost::json::object RunLoop::with_held(boost::json::object answer) const {
  answer["held"] = conductor_ && conductor_->status().held.has_value();
  return answer;
}

void RunLoop::say_hangs(bool hangs) {
  if (std::exchange(hangs_said_, hangs) == hangs) return;
  page_->folders_hang(hangs);
  say(options_.language, hangs ? msg("the station's folders give no answer (a network drive or a disk that hangs?); "
                                     "edits and new recordings wait, the last good plan stays on air")
                               : msg("the station's folders answer again"));
}

}  // namespace loa::station
