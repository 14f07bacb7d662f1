// Announcements: they break into whatever sounds, at any hour, and the plan goes on underneath, so that what is due
// behind them is where it would be (docs/announce.md).
#include <algorithm>
#include <utility>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/conductor_times.hpp"

namespace loa::station {

namespace {

using config::msg;

constexpr Frames kMostOfAFile = std::chrono::hours(4);
constexpr std::size_t kMostOrders = 50;
constexpr std::size_t kMostMissedRows = 24;
constexpr std::uint32_t kMostAttempts = 5;
constexpr Frames kMakeRoom{2'400};  // 50 ms: the fade of what it breaks into

}  // namespace

bool Conductor::announcing() const {
  return std::any_of(airings_.begin(), airings_.end(), [](const Airing& airing) {
    return airing.announcement != 0 &&
           (airing.stage == Airing::Stage::ordered || airing.stage == Airing::Stage::sounding);
  });
}

AnnounceOrder* Conductor::order_of(std::uint64_t number) {
  const auto found = std::find_if(announcements_.begin(), announcements_.end(),
                                  [&](const AnnounceOrder& order) { return order.number == number; });
  return found == announcements_.end() ? nullptr : &*found;
}

void Conductor::keep_orders() {
  if (options_.keep_orders) options_.keep_orders(orders_text(announcements_, next_announcement_));
}

Outcome Conductor::announce(AnnounceOrder order) {
  tick();
  if (timetable_.empty() || stopping_ || options_.sources == nullptr) {
    return {false, msg("the station is not ready to play")};
  }
  if (order.is_live() && !order.emergency &&
      scheduler::permitted(timetable_.newest()->schedule, now_, now_ + Frames(1)).empty()) {
    return {false, msg("outside the permitted hours a live input sounds only with --emergency")};
  }
  if (announcements_.size() >= kMostOrders) {
    return {false, msg("{0} announcements are ordered already; end some of them with `loa announce --stop --by NAME`",
                       kMostOrders)};
  }
  order.ordered = order.due = now_;
  if (order.repeats()) ledger_.append(announce_row(order, timetable_.newest()->schedule.zone));
  announcements_.push_back(std::move(order));
  begin_announcement(announcements_.back(), true);
  tick();
  keep_orders();  // before whoever ordered it is told; its source is being opened meanwhile
  return {true, {}};
}

bool Conductor::keep_copy(std::uint64_t number, const std::string& copy, const std::string& sha256) {
  for (auto& airing : airings_) {
    if (airing.announcement == number) airing.sha256 = sha256;
  }
  auto* order = order_of(number);
  if (order == nullptr) return false;
  order->copy = copy;
  order->sha256 = sha256;
  keep_orders();
  return true;
}

Outcome Conductor::end_announcements(const std::string& by) {
  tick();
  if (announcements_.empty()) return {false, msg("nothing is announced; there is nothing to stop")};
  const auto count = announcements_.size();
  ledger_.append(announcements_over_row(by, count));
  for (auto& order : announcements_) order.over = true;
  for (auto& airing : airings_) {
    if (airing.announcement != 0 && airing.stage != Airing::Stage::closed && !airing.cancelled) {
      cut(airing, Reason::operator_, by);
    }
  }
  forget_orders();
  keep_orders();
  tick();
  return {true,
          config::msgn("{0} announcement is ended; the plan goes on", "{0} announcements are ended; the plan goes on",
                       static_cast<unsigned long>(count), static_cast<unsigned long>(count))};
}

/// `urgent`: a person's own order, which also breaks into another announcement; a repeat waits for its turn.
void Conductor::begin_announcement(AnnounceOrder& order, bool urgent) {
  const auto& snapshot = timetable_.newest();
  scheduler::PlannedItem item;
  item.id = "announce/" + std::to_string(order.number) + "/" + calendar::rfc3339(order.due, snapshot->schedule.zone);
  item.title = order.title();
  item.clip = order.file;
  item.sha256 = order.sha256;
  item.start = item.anchor = order.due;
  item.offset = order.reached;
  item.frames = item.clip_frames = order.is_live() ? order.length : kMostOfAFile;
  Airing airing(Due{std::move(item), snapshot});
  airing.announcement = order.number;
  airing.urgent = urgent;
  airing.by = order.by;
  airing.input = order.input;
  airing.announces = !order.is_live() || order.emergency;
  airing.peak = snapshot->settings.audio.true_peak;
  airing.length_known = order.is_live();
  airing.give_up = order.is_live() ? order.due + order.length : order.due + Frames(times::kAnnouncePatience);
  if (order.reached > Frames{0}) airing.note = "continues what was broken off";
  airings_.push_back(std::move(airing));
}

void Conductor::begin_due_announcements() {
  if (stopping_ || timetable_.empty()) return;
  bool missed = false;
  for (auto& order : announcements_) {
    if (order.over || under_way(order) || order.due > now_) continue;
    if (now_ - order.due > times::kAnnounceLate) {
      miss_repeats(order, Reason::clock);
      missed = true;
    }
    if (order.due <= now_ && !order.over) begin_announcement(order, false);
  }
  if (missed) keep_orders();
  forget_orders();
}

bool Conductor::under_way(const AnnounceOrder& order) const {
  return std::any_of(airings_.begin(), airings_.end(), [&](const Airing& airing) {
    return airing.announcement == order.number && airing.stage != Airing::Stage::closed;
  });
}

/// Those of which nothing is still to come.
void Conductor::forget_orders() {
  const auto count = announcements_.size();
  std::erase_if(announcements_, [this](const AnnounceOrder& order) {
    const bool forgotten = order.over && !under_way(order);
    if (forgotten && options_.announced) options_.announced(order.number, {AnnounceNews::What::over, "", ""});
    return forgotten;
  });
  if (announcements_.size() != count) keep_orders();
}

/// What was due too long ago is not caught up: a row each, as far as rows help anybody; then the next one.
void Conductor::miss_repeats(AnnounceOrder& order, Reason reason) {
  const auto& zone = timetable_.newest()->schedule.zone;
  std::vector<Instant> missed;
  std::optional<Instant> at = order.due;
  for (; at && now_ - *at > times::kAnnounceLate; at = next_repeat(order, *at, zone)) missed.push_back(*at);
  const std::size_t left_out = missed.size() > kMostMissedRows ? missed.size() - kMostMissedRows : 0;
  for (std::size_t i = left_out; i < missed.size(); ++i) {
    order.due = missed[i];
    begin_announcement(order, false);
    auto airing = std::move(airings_.back());
    airings_.pop_back();
    airing.cost = reason;
    if (i == left_out && left_out > 0) airing.note = std::to_string(left_out) + " earlier ones are not listed";
    ledger_.append(item_row(airing, timetable_.newest()->schedule, judge(airing.observed()), ""));
  }
  order.begun = false;
  order.reached = Frames{0};
  if (at) order.due = *at;
  if (!at) order.over = true;
}

/// What was under way when the station went down goes on, if it is soon back.
void Conductor::restore_announcements(const History& history) {
  auto kept = orders_in(options_.orders);
  next_announcement_ = kept.next_number;
  announcements_ = std::move(kept.orders);
  if (timetable_.empty()) return;
  const auto& zone = timetable_.newest()->schedule.zone;
  const bool soon = last_life_ && now_ >= *last_life_ && now_ - *last_life_ <= times::kAnnounceLate;
  for (auto& order : announcements_) {
    for (const auto& open : history.plays) {
      if (open.row.planned_start != calendar::rfc3339(order.due, zone) || open.row.clip != order.file) continue;
      order.reached += open.frames;
      order.begun = true;
    }
    if (order.is_live() && order.begun) {
      const auto end = order.due + order.length;
      order.length = std::max(Frames{0}, end - now_);
      if (order.length == Frames{0}) order.over = true;
      order.reached = Frames{0};
    }
    if (order.begun && soon) {
      order.due = now_;
    } else if (order.begun) {
      const auto next = next_repeat(order, order.due, zone);
      order.reached = Frames{0};
      order.due = next.value_or(order.due);
      if (!next) order.over = true;
    }
    order.begun = false;
    if (!order.over && now_ - order.due > times::kAnnounceLate) miss_repeats(order, Reason::power);
  }
  std::erase_if(announcements_, [](const AnnounceOrder& order) { return order.over; });
  keep_orders();
}

// --- one of them on its way ---

void Conductor::advance_announcement(Airing& airing) {
  if (stopping_) return;
  if (now_ >= airing.give_up) {
    const bool waits_its_turn = watch_.open() && !airing.urgent && announcing();
    airing.blame(waits_its_turn ? Reason::emergency : Reason::device);
    return close(airing);
  }
  if (!watch_.open() || (!airing.urgent && announcing())) return;
  if (!airing.source_asked) {
    airing.source_asked = true;
    const auto* order = order_of(airing.announcement);
    LiveSources::Wish wish{airing.item.id, airing.attempt, "", airing.input, airing.offset};
    if (order != nullptr && !order->is_live()) wish.file = order->source();
    options_.sources->start(wish);
    return;
  }
  if (airing.pipe.empty() || soonest(now_) > now_) return;  // not decoded yet, or an amplifier warms up
  airing.start = airing.anchor = now_;
  if (!airing.input.empty()) {
    airing.frames = airing.give_up - now_;
    if (!airing.began) airing.whole = airing.item.frames = airing.item.clip_frames = airing.frames;
    if (!airing.announces) airing.hours = hours_of(*timetable_.newest(), airing);
  }
  arm(airing);
}

/// What sounds makes room for it, and goes on where it would be when it is over.
void Conductor::break_in(const Airing& announcement) {
  const auto since = broke_in_ && announcing() ? broke_in_->from : now_;  // what waits, waits since the first of them
  for (auto& other : airings_) {
    if (&other == &announcement || other.stage == Airing::Stage::closed || other.cancelled) continue;
    const bool with_player = other.stage == Airing::Stage::ordered || other.stage == Airing::Stage::sounding;
    if (other.announcement != 0) {
      if (with_player) cut(other, Reason::emergency, announcement.by, kMakeRoom);
      continue;
    }
    if (other.is_pause() && other.start <= now_) {
      other.keep_pause(now_);
      other.blame(Reason::emergency);
      close(other);
      continue;
    }
    if (with_player) player_.send(wire::Order{wire::CancelOrder{other.item.id, other.attempt, kMakeRoom}});
    if (with_player || other.stage == Airing::Stage::armed) {
      other.lose_attempt(Reason::emergency, std::chrono::ceil<Frames>(steady_ - other.started_at) + kMakeRoom);
    }
  }
  broke_in_ = BrokeIn{since, Instant::max()};
}

/// While an announcement sounds: what would begin waits, and is joined behind it where it would be by then.
void Conductor::hold(Airing& airing) {
  const bool put_off = airing.is_planned() && !runs_.contains(airing.item.session);
  if (stopping_ || put_off || now_ < airing.start) return;
  const bool silent = !airing.is_pause() && airing.silent();
  if (!silent) airing.blame(Reason::emergency);
  if (silent || airing.is_pause() || now_ >= airing.end()) close(airing);
}

/// Sessions that may not be joined are come to when the announcement is over, by their `late`.
void Conductor::put_off_sessions() {
  if (!announcing()) return;
  for (auto& due : board_) {
    const bool joins = due.session.late == scheduler::Late::join;
    if (!due.placed || joins || due.first() > now_ || due.first() < broke_in_->from) continue;
    const auto of_it = [&](const Airing& airing) { return airing.item.session == due.session.id; };
    const bool begun = std::any_of(airings_.begin(), airings_.end(),
                                   [&](const Airing& airing) { return of_it(airing) && airing.began.has_value(); }) ||
                       std::any_of(due.items.begin(), due.items.end(),
                                   [&](const Due& item) { return consumed_.contains(item.item.id); });
    if (begun) continue;
    // Those that begin late keep the number of their attempt: the player knows the one that was taken back.
    if (due.session.late == scheduler::Late::skip) std::erase_if(airings_, of_it);
    runs_.erase(due.session.id);
    due.placed = false;
  }
}

void Conductor::on_source(const std::string& id, std::uint32_t attempt, const SourceNews& news) {
  now_ = clock_.now();
  steady_ = clock_.steady();
  auto* airing = airing_of(id);
  if (airing != nullptr && airing->is_relay() && airing->source_number == attempt) {
    on_relay_source(*airing, news);
    return tick();
  }
  if (airing == nullptr || airing->attempt != attempt || airing->announcement == 0) return;
  if (news.ready) {
    airing->pipe = news.pipe;
    airing->level = news.loudness;
  } else if (airing->pipe.empty()) {
    refuse_announcement(*airing, news);
  } else {
    airing->source_ended = news;
  }
  tick();
}

/// Its source gave nothing.
void Conductor::refuse_announcement(Airing& airing, const SourceNews& news) {
  if (news.problem == "crashed" && airing.attempt < kMostAttempts) return lose_source(airing);
  airing.blame(airing.input.empty() ? Reason::file : Reason::device);
  airing.note = news.detail.empty() ? news.problem : news.problem + ": " + news.detail;
  const auto number = airing.announcement;
  if (auto* order = order_of(number); order != nullptr && order->ordered == order->due) order->over = true;
  if (options_.announced) options_.announced(number, {AnnounceNews::What::refused, news.problem, news.detail});
  close(airing);
}

/// Another attempt goes on behind what was heard.
void Conductor::lose_source(Airing& airing) {
  options_.sources->stop(airing.item.id, airing.attempt);
  if (airing.input.empty()) airing.give_up = std::max(airing.give_up, now_ + Frames(times::kAnnouncePatience));
  airing.lose_attempt(Reason::device, Frames{0});
  airing.source_asked = false;
  airing.pipe.clear();
  airing.source_ended.reset();
}

/// The player has played its source to its end, or was stopped. True when another attempt follows.
bool Conductor::settle_announcement(Airing& airing, const wire::EndedEvent& event) {
  const bool to_its_end = event.cause == wire::EndCause::whole || event.cause == wire::EndCause::underrun;
  if (!airing.input.empty() && airing.source_ended && to_its_end) {
    airing.blame(Reason::device);
    airing.note = airing.source_ended->detail;
  }
  if (!airing.input.empty() || !to_its_end || airing.cancelled) return false;
  if (event.played >= airing.frames) return false;  // kMostOfAFile, of one that is longer
  const auto ended = airing.source_ended;
  if (!ended || ended->problem == "crashed") {
    airing.played_now = std::max(airing.played_now, event.played);
    if (airing.attempt >= kMostAttempts) return false;
    lose_source(airing);
    return true;
  }
  const auto played = airing.played_before + event.played;
  const auto all = ended->frames - airing.item.offset;
  // Where a player was lost some tenths of a second may have sounded twice, or not at all.
  const auto unsure = Frames(std::chrono::milliseconds(250)) * (airing.attempt - 1);
  airing.whole = played >= all - unsure ? played : all;
  airing.item.frames = airing.item.clip_frames = airing.whole;
  airing.length_known = true;
  if (!ended->problem.empty()) airing.note = ended->problem + ": " + ended->detail;
  return false;
}

void Conductor::finish_announcement(const Airing& airing, const Judgement& judgement) {
  options_.sources->stop(airing.item.id, airing.attempt);
  if (airing.deadline)
    player_.send(wire::Order{wire::CancelOrder{airing.item.id, airing.attempt}});  // if it waits still
  if (broke_in_ && broke_in_->until == Instant::max() && !announcing()) broke_in_->until = now_;
  auto* order = order_of(airing.announcement);
  if (order == nullptr) return;
  const bool goes_on = stopping_ && airing.cost == Reason::power && !order->over;
  if (goes_on) {
    order->reached = airing.offset + airing.played_now;
    order->begun = true;
  } else {
    const auto next = next_repeat(*order, std::max(order->due, now_), timetable_.newest()->schedule.zone);
    order->reached = Frames{0};
    order->begun = false;
    order->due = next.value_or(order->due);
    if (!next) order->over = true;
  }
  const bool over = order->over;
  const auto number = order->number;
  if (over) std::erase_if(announcements_, [&](const AnnounceOrder& one) { return one.number == number; });
  keep_orders();
  if (over && options_.announced) {
    options_.announced(number, {AnnounceNews::What::over, std::string(name_of(judgement.verdict)), ""});
  }
}

}  // namespace loa::station
