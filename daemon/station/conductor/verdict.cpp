// The table of verdicts, asked from the top.
#include "daemon/station/conductor/verdict.hpp"

namespace loa::station {

namespace {

Reason first_known(Reason first, Reason second, Reason otherwise) {
  if (first != Reason::none) return first;
  return second != Reason::none ? second : otherwise;
}

bool recording_failed(const Observation& seen) {
  using scheduler::Fault;
  return seen.fault == Fault::missing || seen.fault == Fault::unmeasured || seen.fault == Fault::refused;
}

Judgement judge_silent(const Observation& seen) {
  if (seen.cost == Reason::operator_ || seen.cost == Reason::emergency) return {Verdict::overridden, seen.cost};
  // The time the PC was off, or that the clock jumped over, owes its own reason, whatever else would have happened.
  if (seen.cost == Reason::power || seen.cost == Reason::clock) return {Verdict::missed, seen.cost};
  if (seen.outside_hours || seen.cost == Reason::hours) return {Verdict::withheld, Reason::hours};
  if (seen.withheld != Reason::none) return {Verdict::withheld, seen.withheld};
  if (seen.fault == scheduler::Fault::unapproved) return {Verdict::withheld, Reason::approval};
  if (seen.fault == scheduler::Fault::limited) return {Verdict::withheld, Reason::limit};
  if (seen.fault == scheduler::Fault::unreached) return {Verdict::missed, Reason::overrun};
  if (seen.fault == scheduler::Fault::overridden) return {Verdict::overridden, Reason::emergency};
  if (recording_failed(seen) && !seen.substituted) return {Verdict::missed, Reason::file};
  return {Verdict::missed, first_known(seen.cost, seen.moved, Reason::device)};
}

Judgement judge_whole(const Observation& seen) {
  const bool delayed = seen.interruption == scheduler::Interruption::delayed;
  if (seen.substituted) return {Verdict::aired, Reason::file};
  if (seen.interruption == scheduler::Interruption::broken_off) return {Verdict::partial, Reason::emergency};
  if (seen.cut_by_plan) return {Verdict::partial, delayed ? Reason::emergency : Reason::overrun};
  if (seen.moved == Reason::operator_) return {Verdict::aired, Reason::operator_};
  const auto error = seen.start_error.value_or(std::chrono::nanoseconds{0});
  if (error > kExact) return {Verdict::late, first_known(seen.moved, seen.cost, Reason::device)};
  if (delayed) return {Verdict::late, Reason::emergency};
  if (error < -kExact) return {Verdict::aired, first_known(seen.moved, seen.cost, Reason::clock)};
  const bool continued = seen.interruption == scheduler::Interruption::continued;
  if (seen.stood_in) return {Verdict::aired, Reason::relay};
  return {Verdict::aired, continued ? Reason::emergency : Reason::none};
}

}  // namespace

Judgement judge(const Observation& seen) {
  if (seen.whole <= wire::Frames{0} || seen.played <= wire::Frames{0}) return judge_silent(seen);
  if (seen.played >= seen.whole) return judge_whole(seen);
  const auto by_plan = seen.cut_by_plan ? Reason::overrun : Reason::device;
  return {Verdict::partial, first_known(seen.cost, seen.moved, by_plan)};
}

}  // namespace loa::station
