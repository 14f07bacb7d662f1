// Relays of the plan: their source is connected ahead of them, what it does not give its fallback gives, and it is
// heard again when it is back (docs/relays.md). What sounds in one stretch, live or the fallback, is one attempt.
#include <algorithm>
#include <cstdio>
#include <utility>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

using Part = Airing::Part;

std::chrono::seconds back_off(std::uint32_t failures) {
  auto wait = times::kRelayAgain;
  for (std::uint32_t i = 1; i < failures && wait < times::kRelayAgainMost; ++i) wait *= 2;
  return std::min(wait, times::kRelayAgainMost);
}

std::string seconds_text(Frames frames) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(frames.count()) / 48'000);
  return text;
}

void say(std::string& note, const std::string& words) {
  if (words.empty() || note.find(words) != std::string::npos || note.size() > 300) return;
  note += (note.empty() ? "" : "; ") + words;
}

}  // namespace

bool Conductor::has_source(const Airing& airing) const {
  return airing.source_number != 0 && !airing.pipe.empty() && !airing.source_used;
}

/// Not before its time, one at a time, and not at once again where one failed.
void Conductor::want_source(Airing& airing) {
  const auto* relay = airing.under->schedule.relay(airing.item.relay);
  if (relay == nullptr || options_.sources == nullptr || now_ < airing.start - times::kRelayAhead) return;
  if (airing.source_number != 0 && airing.pipe.empty() && airing.next_try && now_ >= *airing.next_try) {
    say(airing.note, "nothing came");  // it neither came nor said why
    drop_source(airing);
  }
  if (airing.source_number != 0 || (airing.next_try && now_ < *airing.next_try)) return;
  airing.source_number = ++airing.sources_tried;
  airing.next_try = now_ + times::kRelayPatience;
  LiveSources::Wish wish;
  wish.id = airing.item.id;
  wish.attempt = airing.source_number;
  wish.url = relay->url;
  wish.input = relay->input;
  const bool stands_in = find_fallback(airing);
  if (stands_in) wish.silence = times::kRelaySilence;
  wish.awaits_sound = stands_in && airing.awaits_sound;
  if (wish.awaits_sound) airing.next_try.reset();  // it may be quiet for long
  options_.sources->start(wish);
}

void Conductor::drop_source(Airing& airing) {
  if (airing.source_number != 0) options_.sources->stop(airing.item.id, airing.source_number);
  airing.source_number = 0;
  airing.pipe.clear();
  airing.source_used = false;
  airing.next_try.reset();
}

void Conductor::on_relay_source(Airing& airing, const SourceNews& news) {
  if (news.ready) {
    airing.pipe = news.pipe;
    airing.level = news.loudness;
    airing.failures = 0;
    airing.awaits_sound = false;
    return;
  }
  say(airing.note, news.detail.empty() ? news.problem : news.problem + ": " + news.detail);
  const bool heard = airing.source_used;
  if (heard) airing.spent = airing.source_number;  // what it has still to give is heard to its end
  if (heard) airing.source_number = 0;
  drop_source(airing);
  airing.awaits_sound = news.problem == "silent";
  if (!heard || !news.problem.empty()) ++airing.failures;
  airing.next_try = heard ? now_ : now_ + back_off(airing.failures);
  airing.fallback_from = heard && news.problem.empty() ? now_ + times::kRelayDrains : now_;
  if (airing.part == Part::live && airing.stage == Airing::Stage::armed) lose_relay(airing, Reason::relay);
}

/// False: there is none, or none that can be played now.
bool Conductor::find_fallback(Airing& airing) {
  if (!airing.fallback && !airing.item.substitute.empty()) {
    const auto other = substitute_for(*airing.under, airing.item);
    if (!other) return false;
    airing.fallback = Airing::StandIn{other->article->id,   other->article->title, other->clip,
                                      other->facts->sha256, other->article->gain,  other->facts->length};
  }
  if (!airing.fallback) return false;
  airing.master = shelf_.find(airing.fallback->sha256, airing.fallback->gain);
  if (airing.master) airing.fallback->length = airing.master->frames;
  return airing.master.has_value() && airing.fallback->length > Frames{0};
}

void Conductor::begin_live(Airing& airing) {
  airing.part = Part::live;
  airing.source_used = true;
  airing.part_end = airing.end();
  airing.peak = timetable_.newest()->settings.audio.true_peak;
  airing.master.reset();
  airing.article = airing.clip = airing.sha256 = "";
  airing.title = airing.item.title;
  arm(airing);
}

void Conductor::begin_fallback(Airing& airing) {
  const auto& other = *airing.fallback;
  airing.part = Part::fallback;
  airing.part_end = std::min(airing.end(), airing.start + other.length);
  airing.article = other.article;
  airing.title = other.title;
  airing.clip = other.clip;
  airing.sha256 = other.sha256;
  arm(airing);
}

/// Nothing of it is with the player.
void Conductor::advance_relay(Airing& airing) {
  if (stopping_) return;
  if (airing.silent()) {
    if (now_ >= airing.start) close(airing);
    return;
  }
  if (airing.source_used) drop_source(airing);  // whoever read it is gone
  if (now_ >= airing.end()) {
    airing.blame(watch_.open() ? Reason::relay : silence_reason(airing));
    return close(airing);
  }
  want_source(airing);
  if (now_ > airing.start) airing.blame(watch_.open() ? Reason::relay : silence_reason(airing));
  if (now_ < airing.arm_at || !watch_.open()) return;
  const bool comes = has_source(airing);
  const bool late = now_ >= airing.start - times::kRelayLatest;
  if (!comes && (!late || !find_fallback(airing))) return;
  const auto least = now_ + times::kRelaySwitch;
  if (airing.start < now_ && least < airing.end()) airing.leave_out(least - airing.start);
  return comes ? begin_live(airing) : begin_fallback(airing);
}

/// It is with the player: whether something else is to sound from a moment on.
void Conductor::tend_relay(Airing& airing) {
  if (stopping_ || airing.withheld != Reason::none) return;
  const auto soon = std::max(now_ + times::kRelaySwitch, airing.start);
  if (airing.end() <= soon) return;
  want_source(airing);
  const bool live = airing.part == Part::live;
  if (has_source(airing)) return change_part(airing, soon);
  // An attempt that is live has lost its source when there is none, or a new one on its way.
  if (live && !airing.source_used && now_ >= airing.fallback_from && find_fallback(airing))
    return change_part(airing, soon);
  const bool over = airing.part == Part::fallback && airing.part_end < airing.end() && airing.part_end <= soon;
  if (over && find_fallback(airing)) change_part(airing, airing.part_end);
}

/// What a source that has ended still had to give is not heard any more.
void Conductor::forget_spent(Airing& airing) {
  const auto spent = std::exchange(airing.spent, 0);
  if (spent != 0) options_.sources->stop(airing.item.id, spent);
}

/// The next attempt begins at `at`, on its frame; it cuts what sounds until then.
void Conductor::change_part(Airing& airing, Instant at) {
  if (airing.stage == Airing::Stage::sounding) {
    airing.former = airing.attempt;
    airing.former_counted = airing.played_now;
    airing.former_live = airing.part == Part::live;
    airing.played_before = airing.played();
    if (!airing.former_live) airing.fallback_played += airing.played_now;
  } else {
    player_.send(wire::Order{wire::CancelOrder{airing.item.id, airing.attempt}});
  }
  airing.played_now = airing.entered = Frames{0};
  airing.leave_out(at - airing.start);
  airing.deadline.reset();
  ++airing.attempt;
  airing.stage = Airing::Stage::planned;
  if (has_source(airing)) return begin_live(airing);
  if (find_fallback(airing)) begin_fallback(airing);
}

/// Its player, its device or its source is gone: what was with the player is not any more.
void Conductor::lose_relay(Airing& airing, Reason reason) {
  if (airing.part == Part::fallback) airing.fallback_played += airing.played_now;
  airing.former = 0;
  forget_spent(airing);
  airing.lose_attempt(reason, std::chrono::ceil<Frames>(steady_ - airing.started_at));
  airing.part = Part::none;
}

/// True: there is more to come of it, or this was an attempt that another one follows.
bool Conductor::settle_relay(Airing& airing, const wire::EndedEvent& event) {
  if (airing.former != 0 && event.attempt == airing.former) {
    const auto more = std::max(Frames{0}, event.played - airing.former_counted);
    airing.played_before += more;
    if (!airing.former_live) airing.fallback_played += more;
    airing.former = 0;
    forget_spent(airing);
    return true;
  }
  const bool with_player = airing.stage == Airing::Stage::ordered || airing.stage == Airing::Stage::sounding;
  if (event.attempt != airing.attempt || !with_player) return false;
  const bool ends_itself = event.cause == wire::EndCause::whole || event.cause == wire::EndCause::underrun ||
                           event.cause == wire::EndCause::unreadable;
  airing.played_now = std::max(airing.played_now, event.played);
  if (!ends_itself || airing.cancelled || now_ + times::kRelaySwitch >= airing.end()) {
    if (airing.part == Part::live && ends_itself && airing.played() < airing.whole) airing.blame(Reason::relay);
    return false;
  }
  if (airing.part == Part::live) drop_source(airing);
  lose_relay(airing, Reason::relay);
  airing.arm_at = now_;
  return true;
}

/// The row names what sounded.
void Conductor::name_parts(Airing& airing) {
  if (std::exchange(airing.part, Part::none) == Part::fallback) airing.fallback_played += airing.played_now;
  if (options_.sources != nullptr) {
    drop_source(airing);
    forget_spent(airing);
  }
  airing.article = airing.clip = airing.sha256 = "";
  airing.title = airing.item.title;
  airing.master.reset();
  const auto stood_in = std::min(airing.fallback_played, airing.played());
  if (stood_in > Frames{0} && airing.fallback) {
    airing.article = airing.fallback->article;
    airing.clip = airing.fallback->clip;
    airing.sha256 = airing.fallback->sha256;
    airing.title = airing.fallback->title;
    airing.note =
        airing.fallback->article + " for " + seconds_text(stood_in) + (airing.note.empty() ? "" : "; ") + airing.note;
  }
  const auto live = airing.played() - stood_in;
  if (live > Frames{0}) {
    airing.note = "live from " + airing.item.taken_from.str() + " for " + seconds_text(live) +
                  (airing.note.empty() ? "" : "; ") + airing.note;
  }
}

}  // namespace loa::station
