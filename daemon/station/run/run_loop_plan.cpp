// What the running station says and writes about the plans that its loader brings.
#include <utility>

#include "daemon/station/conductor/make_goods.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/run/run_loop.hpp"

namespace loa::station {

using config::msg;

/// Before the plan that has them: should the power fail between the two, the next start plans them by their rows.
void RunLoop::write_make_goods(const MakingGood& making_good) {
  for (const auto& chosen : making_good.chosen) {
    auto& place = made_good_[chosen.missed.missed];
    if (std::exchange(place, chosen.place) != chosen.place) telling_->append(make_good_row(chosen));
  }
  for (const auto& missed : making_good.without_place) {
    if (!without_place_said_.insert(missed.missed).second) continue;
    say(options_.language,
        msg("“{0}”, missed in {1}, cannot be made good: “{2}” has no place left for it in the next 31 days",
            missed.article, missed.missed, missed.campaign));
  }
}

void RunLoop::say_hangs(bool hangs) {
  if (std::exchange(hangs_said_, hangs) == hangs) return;
  page_->folders_hang(hangs);
  say(options_.language, hangs ? msg("the station's folders give no answer (a network drive or a disk that hangs?); "
                                     "edits and new recordings wait, the last good plan stays on air")
                               : msg("the station's folders answer again"));
}

}  // namespace loa::station
