// One item's way through the air: arm, order, close; and the gate.
#include <algorithm>
#include <utility>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

void Conductor::advance(Airing& airing) {
  switch (airing.stage) {
    case Airing::Stage::planned:
      if (airing.announcement != 0) return advance_announcement(airing);
      if (announcing()) return hold(airing);
      if (airing.is_relay()) return advance_relay(airing);
      return airing.is_pause() ? advance_pause(airing) : advance_planned(airing);
    case Airing::Stage::armed:
      return order_when_durable(airing);
    case Airing::Stage::ordered:
      if (airing.is_relay() && !airing.cancelled) tend_relay(airing);
      if (airing.stage != Airing::Stage::ordered) return;
      if (airing.announcement != 0 && steady_ >= airing.order_by + Steady(times::kSourcePatience)) {
        return cut(airing, Reason::file, "");
      }
      if (now_ < airing.end() + times::kEndPatience || !attention_.judges(steady_)) return;
      airing.blame(Reason::device);
      return close(airing);
    case Airing::Stage::sounding:
      if (airing.is_relay() && !airing.cancelled) tend_relay(airing);
      if (airing.stage != Airing::Stage::sounding) return;
      if (!airing.deadline || steady_ < *airing.deadline || !attention_.judges(steady_)) return;
      // The source of an announcement gives nothing any more; an input beyond the permitted hours is silent by rule.
      if (airing.announcement != 0 && airing.hours == Airing::Hours::open) airing.blame(Reason::file);
      return close(airing);
    case Airing::Stage::closed:
      return;
  }
}

void Conductor::advance_pause(Airing& airing) {
  if (now_ < airing.end() || stopping_) return;
  if (airing.cost != Reason::clock) airing.keep_pause(now_);
  close(airing);
}

void Conductor::advance_planned(Airing& airing) {
  if (stopping_) return;
  seek_substitute(airing);
  if (airing.silent()) {
    if (now_ >= airing.start) close(airing);
    return;
  }
  if (now_ >= airing.start) airing.blame(silence_reason(airing));
  if (now_ >= airing.end()) return close(airing);
  if (now_ < airing.arm_at || !watch_.open()) return;
  if (!airing.master) airing.master = shelf_.find(airing.sha256, airing.gain);
  if (airing.master) arm(airing);
}

/// Why an item whose time has come does not sound yet; none when nothing stands against it.
Reason Conductor::silence_reason(const Airing& airing) const {
  if (!watch_.open()) {
    const bool booting =
        watch_.device() == PlayerWatch::Device::starting && steady_ - booted_at_ < Steady(times::kBootGrace);
    return booting ? Reason::power : Reason::device;
  }
  return airing.master || shelf_.find(airing.sha256, airing.gain) ? Reason::none : Reason::file;
}

void Conductor::seek_substitute(Airing& airing) {
  const auto fault = airing.item.fault;
  const bool lacks =
      fault == scheduler::Fault::missing || fault == scheduler::Fault::unmeasured || fault == scheduler::Fault::refused;
  if (airing.substitute_sought || !lacks || airing.withheld != Reason::none) return;
  if (airing.item.substitute.empty() || now_ < airing.start - times::kSubstituteAhead) return;
  airing.substitute_sought = true;
  const auto other = substitute_for(*airing.under, airing.item);
  if (!other) return;
  airing.master = shelf_.find(other->facts->sha256, other->article->gain);
  if (airing.master) airing.use_substitute(*other->article, *other->facts, other->clip);
}

void Conductor::arm(Airing& airing) {
  note_campaign(airing);
  note_article(airing);
  airing.ticket = ledger_.append(start_row(airing, timetable_.newest()->schedule, device_name(), now_));
  // A slow disk delays nothing that was armed in time; what begins at once has time to be proved.
  const Steady by = to_steady(airing.start - times::kOrderAnyway);
  airing.order_by = by >= steady_ + Steady(times::kOrderAnyway) ? by : steady_ + Steady(times::kOrderLate);
  if (airing.announcement != 0) airing.order_by = steady_ + Steady(times::kAnnounceProved);
  airing.stage = Airing::Stage::armed;
  order_when_durable(airing);
}

/// The start row first; but a slow or failing disk never delays sound.
void Conductor::order_when_durable(Airing& airing) {
  if (stopping_) return;
  if (now_ >= airing.end()) {
    airing.blame(Reason::device);
    return close(airing);
  }
  if (!watch_.open()) {
    if (now_ >= airing.start) airing.blame(silence_reason(airing));
    return;
  }
  const bool failing = !ledger_.disk_fault().empty() && now_ >= airing.start - times::kOrderAnyway;
  if (ledger_.durable() < airing.ticket && steady_ < airing.order_by && !failing) return;
  refresh_gate();
  if (airing.announcement != 0) break_in(airing);
  player_.send(wire::Order{airing.order()});
  airing.stage = Airing::Stage::ordered;
}

void Conductor::note_article(const Airing& airing) {
  if (airing.article.empty() || airing.sha256.empty()) return;
  auto row = article_row(airing);
  auto& last = articles_[airing.article];
  if (last == row) return;
  last = row;
  ledger_.append(std::move(row));
}

void Conductor::note_campaign(const Airing& airing) {
  if (airing.item.campaign.empty()) return;
  auto row = campaign_row(airing);
  auto& last = campaigns_[airing.item.campaign];
  if (last == row) return;
  last = row;
  ledger_.append(std::move(row));
}

void Conductor::close(Airing& airing) {
  if (airing.stage == Airing::Stage::sounding) note_silence(airing);
  if (airing.is_relay()) name_parts(airing);
  hearing_.over(airing);
  airing.stage = Airing::Stage::closed;
  note_campaign(airing);
  note_article(airing);
  const auto judgement = judge(airing.observed());
  const auto begun = begun_.find(airing.item.id);
  const bool former = airing.attempt <= 2 && airing.played_now == Frames{0} && begun != begun_.end();
  const bool off = airing.cost == Reason::power && airing.played() == Frames{0};
  const auto device = off ? "" : former ? begun->second.device : device_name();
  hearing_.close(airing, item_row(airing, timetable_.newest()->schedule, judgement, device), steady_);
  if (hearing_.waits()) progress_sent_.reset();  // a power cut may come before the row
  if (airing.announcement != 0) return finish_announcement(airing, judgement);
  if (!airing.is_planned()) return tell_played(airing, judgement);
  consumed_.insert_or_assign(airing.item.id, Closed{airing.item.start, steady_});
  if (airing.by.empty()) last_closed_ = std::max(last_closed_, airing.item.start);
}

/// Ends it whatever it does. What sounds gets its verdict when the player has told how much of it went out.
void Conductor::cut(Airing& airing, Reason reason, const std::string& by, Frames fade) {
  airing.blame(reason);
  if (!by.empty() && airing.is_planned()) airing.by = by;
  if (!by.empty() && by != airing.by) airing.note = "stopped by " + by;
  if (airing.stage == Airing::Stage::ordered || airing.stage == Airing::Stage::sounding) {
    player_.send(wire::Order{wire::CancelOrder{airing.item.id, airing.attempt, fade}});
  }
  if (airing.stage == Airing::Stage::sounding) {
    airing.cancelled = true;
    airing.deadline = steady_ + Steady(times::kCutPatience) + std::chrono::ceil<Steady>(fade);
    return;
  }
  if (airing.is_pause()) airing.keep_pause(now_);
  close(airing);
}

bool Conductor::gate_needed() const {
  return std::any_of(airings_.begin(), airings_.end(), [&](const Airing& airing) {
    if (airing.announces) return false;
    if (airing.stage == Airing::Stage::sounding) return true;  // also when the clock went back behind its start
    return !airing.is_pause() && !airing.silent() && airing.start - times::kGateAhead <= now_;
  });
}

/// While nothing is to sound the gate stays closed: it closes by itself.
void Conductor::refresh_gate() {
  // The player counts from when it reads the order; what is refreshed later than this closed by itself meanwhile.
  if (gate_sent_ && steady_ - *gate_sent_ > std::chrono::ceil<Steady>(wire::GateOrder{}.good_for)) {
    for (auto& airing : airings_) {
      const bool with_player = airing.stage == Airing::Stage::ordered || airing.stage == Airing::Stage::sounding;
      if (with_player && !airing.announces) airing.blame(Reason::device);
    }
  }
  if (!watch_.open() || (gate_sent_ && steady_ - *gate_sent_ < Steady(times::kGateEvery)) || !gate_needed()) return;
  wire::GateOrder gate;
  for (const auto& open :
       scheduler::permitted(timetable_.newest()->schedule, now_ - times::kGateReach, now_ + times::kGateReach)) {
    gate.open.push_back({open.from, open.until});
  }
  for (const auto& soft :
       scheduler::softened(timetable_.newest()->schedule, now_ - times::kGateReach, now_ + times::kGateReach)) {
    gate.soft.push_back({soft.from, soft.until, soft.gain});
  }
  player_.send(wire::Order{std::move(gate)});
  gate_sent_ = steady_;
}

std::string Conductor::device_name() const {
  return watch_.name().empty() ? options_.device : watch_.name();
}

}  // namespace loa::station
