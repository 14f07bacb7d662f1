// Timeline says what, decks give the samples, tally says what became of it.
#include "audio/playout.hpp"

#include <algorithm>
#include <iterator>

#include "audio/fade.hpp"

namespace loa::audio {
namespace {

void mono_to_stereo(std::span<const float> mono, std::span<float> out) {
  for (std::size_t i = 0; i < mono.size(); ++i) out[2 * i] = out[2 * i + 1] = mono[i];
}

void stereo_to_mono(std::span<const float> stereo, std::span<float> out) {
  for (std::size_t i = 0; i < stereo.size() / 2; ++i) out[i] = 0.5F * (stereo[2 * i] + stereo[2 * i + 1]);
}

/// What the ledger will call the reason: a loss that has a cause of its own goes before the way the cue ended.
End cause_of(Timeline::End end, const Tally::Account& account) {
  if (account.lost_by(Loss::unreadable) > Frames{0}) return End::unreadable;
  if (account.lost_by(Loss::gate) > Frames{0}) return End::gate;
  switch (end) {
    case Timeline::End::cut:
      return End::cut;
    case Timeline::End::cancelled:
      return End::cancelled;
    case Timeline::End::whole:
      break;
  }
  return account.lost_by(Loss::underrun) > Frames{0} ? End::underrun : End::whole;
}

}  // namespace

std::optional<DeviceFrame> Playout::play(const Cue& cue, DeviceFrame from, const FrameMap& map) {
  if (cue.at_once) {
    const auto same = [&](const Waiting& one) { return one.cue.id == cue.id && one.cue.attempt == cue.attempt; };
    if (timeline_.knows(cue.id, cue.attempt) || std::any_of(waiting_.begin(), waiting_.end(), same)) return {};
    waiting_.push_back({cue, open_deck(cue)});
    return admit(from, map);
  }
  const auto key = timeline_.add(cue);
  if (!key) return std::nullopt;
  timeline_.tie(from, map);
  const auto start = timeline_.start(*key);
  return start ? std::optional{std::max(*start, from)} : std::nullopt;
}

std::optional<DeviceFrame> Playout::admit(DeviceFrame from, const FrameMap& map) {
  poll();
  std::optional<DeviceFrame> changed;
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    auto& [cue, deck] = *it;
    if (deck.live != nullptr && !deck.live->primed()) {
      ++it;
      continue;
    }
    const auto begins = std::max(from, map.frame_at(cue.anchor + cue.at));
    auto placed = cue;
    const auto start = timeline_.make_room(begins, kRoom);
    placed.anchor = to_instant(map.wall_at(start)) - cue.at;
    if (const auto key = timeline_.add_at(placed, start)) decks_.insert_or_assign(*key, std::move(deck));
    changed = std::min(changed.value_or(begins), begins);
    it = waiting_.erase(it);
  }
  poll();
  return changed;
}

void Playout::poll() {
  for (auto& one : waiting_) {
    if (one.deck.live) one.deck.live->poll();
  }
  for (auto& [key, deck] : decks_) {
    if (!deck.live) continue;
    deck.live->poll();
    if (const auto length = deck.live->length()) timeline_.shorten(key, *length);
  }
}

Frames Playout::ready(DeviceFrame first, Frames count, const FrameMap& map) {
  timeline_.tie(first + count, map);
  open_decks(first + count + Timeline::kTieAhead);
  for (const auto& run : timeline_.runs(first, first + count)) {
    const auto deck = decks_.find(run.cue);
    if (deck == decks_.end() || !deck->second.live) continue;
    const auto there = deck->second.live->ready(run.first, run.source);
    if (there < run.count) return run.first - first + there;
  }
  return count;
}

bool Playout::live(Frames ahead) {
  bool any = !waiting_.empty();
  for (auto& [key, deck] : decks_) {
    if (deck.live) deck.live->pace(ahead);
    any = any || deck.live != nullptr;
  }
  return any;
}

bool Playout::sounds_before(const std::string& id, std::uint32_t attempt, DeviceFrame until) const {
  const auto start = timeline_.start(id, attempt);
  return start && *start < until;
}

void Playout::cancel(const std::string& id, std::uint32_t attempt, Frames fade, DeviceFrame from) {
  const auto same = [&](const Waiting& one) { return one.cue.id == id && one.cue.attempt == attempt; };
  if (const auto found = std::find_if(waiting_.begin(), waiting_.end(), same); found != waiting_.end()) {
    happenings_.push_back(Ended{id, attempt, found->cue.anchor + found->cue.at, Frames{0}, End::cancelled, ""});
    waiting_.erase(found);
  }
  timeline_.cancel(id, attempt, fade, from);
}

void Playout::cancel_all(Frames fade, DeviceFrame from) {
  for (const auto& [cue, deck] : waiting_) {
    happenings_.push_back(Ended{cue.id, cue.attempt, cue.anchor + cue.at, Frames{0}, End::cancelled, ""});
  }
  waiting_.clear();
  timeline_.cancel_all(fade, from);
}

bool Playout::soften(std::vector<Soft> soft) {
  if (soft == soft_) return false;
  soft_ = std::move(soft);
  return true;
}

void Playout::render(DeviceFrame first, std::span<float> out, const FrameMap& map, std::span<std::uint8_t> rights) {
  const auto end = first + Frames{static_cast<std::int64_t>(out.size()) / channels_};
  timeline_.tie(end, map);
  open_decks(end + Timeline::kTieAhead);
  std::fill(out.begin(), out.end(), 0.0F);
  std::fill(rights.begin(), rights.end(), std::uint8_t{0});
  const auto softness = Softness::near(soft_, first, end, [&](Instant instant) { return edge(instant, map); });
  for (const auto& run : timeline_.runs(first, end)) {
    const auto part = out.subspan(samples_of(run.first - first, channels_), samples_of(run.count, channels_));
    const auto lacking = read(run, part);
    if (SilenceWatch::audible(part, SilenceWatch::kMeant)) silence_.meant({run.first, run.end()});
    timeline_.shape(run, part, channels_);
    if (timeline_.cue(run.cue).heeds_soft_hours) softness.apply(run.first, part, channels_);
    enter(run);
    rise(run, part);
    tally_.give(run, lacking, decks_[run.cue].live ? Loss::underrun : Loss::unreadable);
    if (rights.empty() || !timeline_.cue(run.cue).announce) continue;
    const auto from = rights.begin() + (run.first - first).count();
    std::fill(from, from + run.count.count(), std::uint8_t{1});
  }
}

void Playout::pass(DeviceFrame first, Frames count, const FrameMap& map) {
  timeline_.tie(first + count, map);
  for (const auto& run : timeline_.runs(first, first + count)) tally_.give(run, Frames{0});
  last_ = {};
}

void Playout::rewind(DeviceFrame to) {
  tally_.rewind(to);
  silence_.rewind(to);
  const auto before = tally_.sounding(to - Frames{1});
  last_ = before ? Last{*before, to} : Last{};
  for (auto& [key, deck] : decks_) {
    if (deck.live) deck.live->rewind(to);
  }
}

void Playout::enter(const Run& run) {
  const bool goes_on = last_.cue == run.cue && last_.end == run.first;
  last_ = {run.cue, run.end()};
  if (goes_on) return;
  auto& entered = decks_[run.cue].entered;
  entered.reset();
  if (run.source > Frames{0}) entered = run.first;
}

void Playout::rise(const Run& run, std::span<float> samples) const {
  const auto deck = decks_.find(run.cue);
  if (deck == decks_.end() || !deck->second.entered) return;
  const auto entered = *deck->second.entered;
  const auto width = static_cast<std::size_t>(channels_);
  for (auto at = run.first; at < std::min(entered + kEntry, run.end()); at += Frames{1}) {
    const auto gain = rising(at - entered, kEntry);
    for (auto& sample : samples.subspan(samples_of(at - run.first, channels_), width)) sample *= gain;
  }
}

void Playout::open_decks(DeviceFrame until) {
  for (const auto key : timeline_.beginning_before(until)) {
    if (!decks_.contains(key)) decks_.emplace(key, open_deck(timeline_.cue(key)));
  }
}

Playout::Deck Playout::open_deck(const Cue& cue) const {
  Deck deck;
  if (cue.live.empty()) {
    deck.master = open_(cue.master);
  } else {
    deck.live = LiveSource::open({cue.live, cue.peak, cue.keeps_time}, channels_);
  }
  if (!deck.master && !deck.live)
    deck.fault = cue.live.empty() ? "the master cannot be opened" : "the live source cannot be opened";
  return deck;
}

Frames Playout::read(const Run& run, std::span<float> out) {
  auto& deck = decks_[run.cue];
  if (deck.live) return run.count - deck.live->read(run.first, run.source, out);
  if (!deck.master) return run.count;
  const Frames got{read_master(*deck.master, run.source, out)};
  if (got < run.count && deck.fault.empty()) {
    deck.fault = deck.master->fault().empty() ? "the master ends early" : deck.master->fault();
  }
  return run.count - got;
}

std::int64_t Playout::read_master(MasterReader& master, Frames source, std::span<float> out) {
  if (master.channels() == channels_) return master.read(source.count(), out);
  const auto frames = out.size() / static_cast<std::size_t>(channels_);
  scratch_.resize(frames * static_cast<std::size_t>(master.channels()));
  const auto got = master.read(source.count(), scratch_);
  const auto samples = std::span<const float>(scratch_).first(static_cast<std::size_t>(got * master.channels()));
  if (channels_ == 2) {
    mono_to_stereo(samples, out);
  } else {
    stereo_to_mono(samples, out);
  }
  return got;
}

DeviceFrame Playout::edge(Instant instant, const FrameMap& map) const {
  const auto mapped = map.frame_at(instant);
  const auto chained = timeline_.chained(instant);
  return chained && std::chrono::abs(*chained - mapped) <= kChained ? *chained : mapped;
}

void Playout::confirm(DeviceFrame until, std::span<const LostFrames> lost, const FrameMap& map) {
  std::vector<Dated> started;
  for (const auto key : tally_.take(until, lost)) started.push_back(start(key, map));
  std::vector<Dated> dated;
  const auto outstanding = [this](CueKey key) { return tally_.outstanding(key); };
  for (const auto& finished : timeline_.take_finished(until, outstanding)) {
    dated.push_back(finish(finished, until, map));
  }
  // Of one frame the end of one cue comes before the start of the next.
  dated.insert(dated.end(), std::make_move_iterator(started.begin()), std::make_move_iterator(started.end()));
  std::stable_sort(dated.begin(), dated.end(), [](const Dated& a, const Dated& b) { return a.first < b.first; });
  for (auto& [frame, happening] : dated) happenings_.push_back(std::move(happening));
}

Frames Playout::listen(DeviceFrame until, std::span<const LostFrames> lost, DeviceFrame heard) {
  silence_.take(until, lost, heard);
  return silence_.silent();
}

Playout::Dated Playout::start(CueKey key, const FrameMap& map) const {
  const auto first = *tally_.account(key).first;
  const auto heard = map.wall_at(first);
  const auto& cue = timeline_.cue(key);
  return {first, Started{cue.id, cue.attempt, to_instant(heard), heard - to_wall(timeline_.planned(key, first))}};
}

Playout::Dated Playout::finish(const Timeline::Finished& finished, DeviceFrame taken, const FrameMap& map) {
  const auto account = tally_.account(finished.key);
  const auto end = account.first ? account.last : taken;
  std::string fault;
  if (const auto deck = decks_.find(finished.key); deck != decks_.end()) fault = deck->second.fault;
  decks_.erase(finished.key);
  tally_.forget(finished.key);
  return {end, Ended{finished.cue.id, finished.cue.attempt, to_instant(map.wall_at(end)), account.played,
                     cause_of(finished.end, account), std::move(fault)}};
}

Playout::Sounding Playout::sounding(DeviceFrame at) const {
  const auto key = tally_.sounding(at);
  if (!key) return {};
  const auto& cue = timeline_.cue(*key);
  return {cue.id, cue.attempt, tally_.account(*key).played};
}

}  // namespace loa::audio
