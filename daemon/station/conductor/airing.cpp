#include "daemon/station/conductor/airing.hpp"

#include <algorithm>
#include <utility>

#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

constexpr std::chrono::seconds kSubstituteFade{2};
constexpr Frames kCutRamp{96};  // 2 ms: a hard cut to the ear, without the click

using Nanoseconds = std::chrono::nanoseconds;

}  // namespace

Airing::Airing(Due due) : item(std::move(due.item)), under(std::move(due.under)) {
  start = item.start;
  offset = item.offset;
  frames = whole = item.frames;
  fade = item.fade;
  anchor = item.anchor;
  arm_at = start - times::kArmAhead;
  article = item.article;
  title = item.title;
  clip = item.clip;
  sha256 = item.sha256;
  gain = item.gain;
}

Airing::Airing(Due due, const scheduler::Placed& placed) : Airing(std::move(due)) {
  start = placed.start;
  offset = placed.offset;
  frames = placed.frames;
  fade = placed.fade;
  anchor = placed.anchor;
  arm_at = start - times::kArmAhead;
}

bool Airing::silent() const {
  if (announcement != 0) return false;
  return frames <= Frames{0} || hours == Hours::closed || withheld != Reason::none ||
         (item.fault != scheduler::Fault::none && !substituted);
}

void Airing::blame(Reason reason) {
  if (cost == Reason::none) cost = reason;
}

void Airing::use_substitute(const playlists::Article& other, const playlists::Facts& facts, std::string clip_path) {
  substituted = true;
  note = "instead of " + article;
  article = other.id;
  title = other.title;
  clip = std::move(clip_path);
  sha256 = facts.sha256;
  gain = other.gain;
  const bool longer = facts.length - offset > frames;
  fade = longer ? std::min(frames, Frames(kSubstituteFade)) : Frames{0};
  frames = std::max(Frames{0}, std::min(frames, facts.length - offset));
  whole = std::min(item.frames, facts.length);
}

wire::PlayOrder Airing::order() const {
  wire::PlayOrder made;
  made.id = item.id;
  made.attempt = attempt;
  made.master = master ? master->path : "";
  made.anchor = anchor;
  made.at = start - anchor;
  made.offset = offset;
  made.frames = frames;
  made.fade = fade;
  if (is_relay()) return relay_order(std::move(made));
  const bool broken_off = fade == Frames{0} && master && offset + frames < master->frames;
  if (broken_off) made.fade = std::min(frames, kCutRamp);
  if (announcement == 0) return made;
  made.live = pipe;
  made.keeps_time = !input.empty();
  made.at_once = true;
  made.announce = announces;
  made.peak = peak;
  made.heeds_soft_hours = !announces;
  return made;
}

wire::PlayOrder Airing::relay_order(wire::PlayOrder made) const {
  if (part == Part::live) {
    made.live = pipe;
    made.master.clear();
    made.keeps_time = true;
    made.peak = peak;
  } else {
    made.offset = Frames{0};
    made.frames = part_end - start;
    const bool whole_of_it = fallback && made.frames >= fallback->length;
    made.fade = whole_of_it ? Frames{0} : std::min(made.frames, Frames(kSubstituteFade));
  }
  if (made.fade == Frames{0}) made.fade = std::min(made.frames, kCutRamp);
  return made;
}

void Airing::on_started(const wire::StartedEvent& event, Steady now) {
  stage = Stage::sounding;
  started_at = now;
  if (announcement == 0) entered = std::clamp<Frames>(event.at - start, Frames{0}, frames);
  deadline = now + std::chrono::duration_cast<Nanoseconds>(end() - std::min(event.at, end())) + times::kEndPatience;
  if (began) return;
  began = event.at;
  if (announcement != 0) start_error = std::chrono::duration_cast<Nanoseconds>(event.at - item.start);
  if (announcement == 0) start_error = std::chrono::duration_cast<Nanoseconds>(shift()) + event.error;
}

void Airing::on_beat(const wire::BeatEvent& event, Steady now) {
  if (event.attempt != attempt) return;
  const bool moves = event.played > played_now;
  played_now = std::max(played_now, event.played);
  // A source that gives nothing any more is not waited for for ever.
  if (announcement != 0 && moves && !cancelled) deadline = now + times::kSourcePatience;
}

void Airing::on_ended(const wire::EndedEvent& event) {
  played_now = std::max(played_now, event.played);
  ended = event.at;
  if (played() < whole) blame(reason_of(event.cause));
}

void Airing::lose_attempt(Reason reason, Frames taken) {
  if (stage == Stage::sounding) {
    blame(reason);
    played_before = played();
    leave_out(entered + std::max(played_now, taken));
    played_now = entered = Frames{0};
  }
  deadline.reset();
  ++attempt;
  stage = Stage::planned;
}

/// What sounded never sounds again, also when the clock goes back.
void Airing::leave_out(Frames reached) {
  reached = std::clamp(reached, Frames{0}, frames);
  start += reached;
  offset += reached;
  frames -= reached;
  fade = std::min(fade, frames);
}

void Airing::keep_pause(Instant now) {
  played_now = std::clamp<Frames>(now - start, Frames{0}, frames);
  if (played_now == Frames{0}) return;
  began = start;
  ended = start + played_now;
  start_error = std::chrono::duration_cast<Nanoseconds>(shift());
}

Observation Airing::observed() const {
  Observation seen;
  seen.fault = item.fault;
  seen.substituted = substituted;
  seen.stood_in = is_relay() && fallback_played > Frames{0};
  seen.cut_by_plan = !is_pause() && !substituted && item.frames < item.clip_frames - item.offset;
  seen.interruption = item.interruption;
  seen.outside_hours = hours == Hours::closed;
  seen.withheld = withheld;
  seen.whole = whole;
  seen.played = std::min(played(), whole);
  seen.start_error = start_error;
  // Ordered for at once, it is not late because its source had to be opened.
  if (announcement != 0 && start_error && *start_error < times::kAnnounceAtOnce) seen.start_error.reset();
  seen.cost = cost == Reason::none && hours == Hours::partly ? Reason::hours : cost;
  seen.moved = moved;
  return seen;
}

Reason reason_of(wire::EndCause cause) {
  using wire::EndCause;
  switch (cause) {
    case EndCause::whole:
      return Reason::none;
    case EndCause::cut:
      return Reason::overrun;
    case EndCause::cancelled:
      return Reason::operator_;
    case EndCause::gate:
      return Reason::hours;
    case EndCause::underrun:
      return Reason::device;
    case EndCause::unreadable:
      return Reason::file;
  }
  return Reason::none;
}

Airing::Hours hours_of(const Snapshot& rules, const Airing& airing) {
  if (airing.frames <= Frames{0}) return Airing::Hours::open;
  Frames open{0};
  for (const auto& interval : scheduler::permitted(rules.schedule, airing.start, airing.end())) {
    const Frames inside = std::min(interval.until, airing.end()) - std::max(interval.from, airing.start);
    open += std::max(inside, Frames{0});
  }
  if (open >= airing.frames) return Airing::Hours::open;
  return open > Frames{0} ? Airing::Hours::partly : Airing::Hours::closed;
}

}  // namespace loa::station
