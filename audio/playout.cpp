// Timeline says what, decks give the samples, tally says what became of it.
#include "audio/playout.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

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
  const auto key = timeline_.add(cue);
  if (!key) return std::nullopt;
  timeline_.tie(from, map);
  const auto start = timeline_.start(*key);
  return start ? std::optional{std::max(*start, from)} : std::nullopt;
}

bool Playout::sounds_before(const std::string& id, std::uint32_t attempt, DeviceFrame until) const {
  const auto start = timeline_.start(id, attempt);
  return start && *start < until;
}

void Playout::cancel(const std::string& id, std::uint32_t attempt, Frames fade, DeviceFrame from) {
  timeline_.cancel(id, attempt, fade, from);
}

void Playout::cancel_all(Frames fade, DeviceFrame from) {
  timeline_.cancel_all(fade, from);
}

bool Playout::soften(std::vector<Soft> soft) {
  if (soft == soft_) return false;
  soft_ = std::move(soft);
  return true;
}

void Playout::render(DeviceFrame first, std::span<float> out, const FrameMap& map) {
  const auto end = first + Frames{static_cast<std::int64_t>(out.size()) / channels_};
  timeline_.tie(end, map);
  open_decks(end + Timeline::kTieAhead);
  std::fill(out.begin(), out.end(), 0.0F);
  const auto softness = Softness::near(soft_, first, end, [&](Instant instant) { return edge(instant, map); });
  for (const auto& run : timeline_.runs(first, end)) {
    const auto part = out.subspan(samples_of(run.first - first, channels_), samples_of(run.count, channels_));
    const auto unreadable = read(run, part);
    timeline_.shape(run, part, channels_);
    if (timeline_.cue(run.cue).heeds_soft_hours) softness.apply(run.first, part, channels_);
    enter(run);
    rise(run, part);
    tally_.give(run, unreadable);
  }
}

void Playout::pass(DeviceFrame first, Frames count, const FrameMap& map) {
  timeline_.tie(first + count, map);
  for (const auto& run : timeline_.runs(first, first + count)) tally_.give(run, Frames{0});
  last_ = {};
}

void Playout::rewind(DeviceFrame to) {
  tally_.rewind(to);
  const auto before = tally_.sounding(to - Frames{1});
  last_ = before ? Last{*before, to} : Last{};
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
    const auto done = static_cast<double>((at - entered).count() + 1) / static_cast<double>(kEntry.count() + 1);
    const auto gain = static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * done));
    for (auto& sample : samples.subspan(samples_of(at - run.first, channels_), width)) sample *= gain;
  }
}

void Playout::open_decks(DeviceFrame until) {
  for (const auto key : timeline_.beginning_before(until)) {
    if (decks_.contains(key)) continue;
    Deck deck;
    deck.master = open_(timeline_.cue(key).master);
    if (!deck.master) deck.fault = "the master cannot be opened";
    decks_.emplace(key, std::move(deck));
  }
}

Frames Playout::read(const Run& run, std::span<float> out) {
  auto& deck = decks_[run.cue];
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
