// Cues in two lists: waiting for their anchor to be tied, and tied, sorted by start.
#include "audio/timeline.hpp"

#include <algorithm>
#include <iterator>

#include "audio/fade.hpp"

namespace loa::audio {
namespace {

constexpr std::size_t kRemembered = 4096;  // orders: months of a station's day
constexpr std::size_t kMostTies = 256;     // sessions: weeks

void fade_out(const FrameRange& fade, const Run& run, std::span<float> samples, int channels) {
  const auto width = static_cast<std::size_t>(channels);
  for (auto at = std::max(fade.from, run.first); at < run.end(); at += Frames{1}) {
    const auto gain = falling(at - fade.from, fade.until - fade.from);
    for (auto& sample : samples.subspan(samples_of(at - run.first, channels), width)) sample *= gain;
  }
}

}  // namespace

bool Timeline::remember(const Cue& cue) {
  if (!known_.emplace(cue.id, cue.attempt).second) return false;
  known_order_.emplace_back(cue.id, cue.attempt);
  if (known_order_.size() > kRemembered) {
    known_.erase(known_order_.front());
    known_order_.pop_front();
  }
  return true;
}

std::optional<CueKey> Timeline::add(const Cue& cue) {
  if (!remember(cue)) return std::nullopt;
  const CueKey key = next_key_++;
  if (const auto tie = ties_.find(cue.anchor); tie != ties_.end()) {
    insert({key, cue, tie->second + cue.at, {}});
  } else {
    waiting_.emplace(cue.anchor + cue.at, Entry{key, cue, {}, {}});
  }
  return key;
}

std::optional<CueKey> Timeline::add_at(const Cue& cue, DeviceFrame start) {
  if (!remember(cue)) return std::nullopt;
  const CueKey key = next_key_++;
  insert({key, cue, start, {}});
  return key;
}

DeviceFrame Timeline::make_room(DeviceFrame from, Frames fade) {
  auto free = from;
  for (std::size_t i = 0; i < tied_.size() && tied_[i].start < from; ++i) {
    const auto end = end_of(i);
    if (end <= from) continue;
    if (end > from + fade) tied_[i].leaving.push_back({from, from + fade});
    free = std::max(free, std::min(end, from + fade));
  }
  return free;
}

void Timeline::shorten(CueKey key, Frames end) {
  const auto found = std::find_if(tied_.begin(), tied_.end(), [key](const Entry& entry) { return entry.key == key; });
  if (found == tied_.end()) return;
  auto& cue = found->cue;
  cue.frames = std::min(cue.frames, std::max(end - cue.offset, Frames{0}));
}

void Timeline::insert(Entry entry) {
  const auto after = [](const Entry& a, const Entry& b) { return std::tie(a.start, a.key) < std::tie(b.start, b.key); };
  tied_.insert(std::upper_bound(tied_.begin(), tied_.end(), entry, after), std::move(entry));
}

Timeline::Tied::iterator Timeline::find_tied(const std::string& id, std::uint32_t attempt) {
  return std::find_if(tied_.begin(), tied_.end(),
                      [&](const Entry& entry) { return entry.cue.attempt == attempt && entry.cue.id == id; });
}

void Timeline::forget(Entry& entry) {
  forgotten_.push_back({entry.key, std::move(entry.cue), End::cancelled});
}

bool Timeline::leave(Entry& entry, Frames fade, DeviceFrame from) {
  if (entry.start >= from) {
    forget(entry);
    return true;
  }
  if (from + fade < left_by(entry)) entry.leaving.push_back({from, from + fade});
  return false;
}

bool Timeline::cancel(const std::string& id, std::uint32_t attempt, Frames fade, DeviceFrame from) {
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (it->second.cue.attempt != attempt || it->second.cue.id != id) continue;
    forget(it->second);
    waiting_.erase(it);
    return true;
  }
  const auto it = find_tied(id, attempt);
  if (it == tied_.end()) return false;
  if (leave(*it, fade, from)) tied_.erase(it);
  return true;
}

void Timeline::cancel_all(Frames fade, DeviceFrame from) {
  for (auto& [planned, entry] : waiting_) forget(entry);
  waiting_.clear();
  std::erase_if(tied_, [&](Entry& entry) { return leave(entry, fade, from); });
}

void Timeline::tie(DeviceFrame until, const FrameMap& map) {
  while (!waiting_.empty() && map.frame_at(waiting_.begin()->first) < until + kTieAhead) {
    tie_anchor(waiting_.begin()->second.cue, until, map);
  }
}

void Timeline::tie_anchor(const Cue& first, DeviceFrame now, const FrameMap& map) {
  const auto anchor = first.anchor;
  // Measured where it begins to sound, neither at the anchor nor at a start that is past: of a session joined late
  // these may lie an hour of drift back.
  auto tied_to = map.frame_at(anchor + first.at) - first.at;
  if (tied_to + first.at < now) tied_to = now - (to_instant(map.wall_at(now)) - anchor);
  ties_[anchor] = tied_to;
  tie_order_.push_back(anchor);
  if (tie_order_.size() > kMostTies) {
    ties_.erase(tie_order_.front());
    begun_.erase(tie_order_.front());
    tie_order_.pop_front();
  }
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    auto next = std::next(it);
    if (it->second.cue.anchor == anchor) {
      auto entry = std::move(waiting_.extract(it).mapped());
      entry.start = tied_to + entry.cue.at;
      insert(std::move(entry));
    }
    it = next;
  }
}

bool Timeline::begun(Instant anchor, DeviceFrame before) const {
  return begun_.contains(anchor) || std::any_of(tied_.begin(), tied_.end(), [&](const Entry& entry) {
           return entry.cue.anchor == anchor && entry.start < before;
         });
}

std::optional<DeviceFrame> Timeline::tie_anew(DeviceFrame from, const FrameMap& map) {
  std::optional<DeviceFrame> changed;
  std::map<Instant, Frames> moved;
  for (const auto& entry : tied_) {
    const auto anchor = entry.cue.anchor;
    const auto tie = ties_.find(anchor);
    if (moved.contains(anchor) || tie == ties_.end() || begun(anchor, from)) continue;
    const auto tied_to = map.frame_at(anchor + entry.cue.at) - entry.cue.at;
    if (tied_to + entry.cue.at < from) continue;
    changed = std::min({changed.value_or(entry.start), entry.start, tied_to + entry.cue.at});
    moved[anchor] = tied_to - std::exchange(tie->second, tied_to);
  }
  Tied before = std::exchange(tied_, {});
  for (auto& entry : before) {
    if (const auto by = moved.find(entry.cue.anchor); by != moved.end()) entry.start += by->second;
    insert(std::move(entry));
  }
  return changed;
}

DeviceFrame Timeline::left_by(const Entry& entry) {
  auto until = DeviceFrame::max();
  for (const auto& fading : entry.leaving) until = std::min(until, fading.until);
  return until;
}

DeviceFrame Timeline::end_of(std::size_t index) const {
  const auto& entry = tied_[index];
  auto end = entry.start + entry.cue.frames;
  end = std::min(end, left_by(entry));
  if (index + 1 < tied_.size()) end = std::min(end, tied_[index + 1].start);
  return end;
}

std::vector<Run> Timeline::runs(DeviceFrame from, DeviceFrame until) const {
  std::vector<Run> found;
  for (std::size_t i = 0; i < tied_.size() && tied_[i].start < until; ++i) {
    const auto first = std::max(tied_[i].start, from);
    const auto end = std::min(end_of(i), until);
    if (first < end)
      found.push_back({tied_[i].key, first, end - first, tied_[i].cue.offset + (first - tied_[i].start)});
  }
  return found;
}

std::vector<CueKey> Timeline::beginning_before(DeviceFrame until) const {
  std::vector<CueKey> found;
  for (const auto& entry : tied_) {
    if (entry.start >= until) break;
    found.push_back(entry.key);
  }
  return found;
}

void Timeline::shape(const Run& run, std::span<float> samples, int channels) const {
  const auto* entry = find(run.cue);
  if (entry == nullptr) return;
  const auto end = entry->start + entry->cue.frames;
  const auto fade = std::min(entry->cue.fade, entry->cue.frames);
  if (fade > Frames{0}) fade_out({end - fade, end}, run, samples, channels);
  for (const auto& fading : entry->leaving) fade_out(fading, run, samples, channels);
}

std::vector<Timeline::Finished> Timeline::take_finished(DeviceFrame taken,
                                                        const std::function<bool(CueKey)>& outstanding) {
  auto finished = std::exchange(forgotten_, {});
  std::size_t done = 0;
  // Sorted by start and each cut by the next start, they also end in this order.
  for (; done < tied_.size() && end_of(done) <= taken && tied_[done].start <= taken; ++done) {
    auto& entry = tied_[done];
    if (outstanding(entry.key)) break;
    const auto end = end_of(done);
    const bool left = end == left_by(entry) && end < entry.start + entry.cue.frames;
    const bool whole = end == entry.start + entry.cue.frames;
    if (ties_.contains(entry.cue.anchor)) begun_.insert(entry.cue.anchor);
    finished.push_back({entry.key, entry.cue, whole ? End::whole : left ? End::cancelled : End::cut});
  }
  tied_.erase(tied_.begin(), tied_.begin() + static_cast<std::ptrdiff_t>(done));
  return finished;
}

const Timeline::Entry* Timeline::find(CueKey key) const {
  const auto has_key = [key](const Entry& entry) { return entry.key == key; };
  const auto tied = std::find_if(tied_.begin(), tied_.end(), has_key);
  if (tied != tied_.end()) return &*tied;
  for (const auto& [planned, entry] : waiting_) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

std::optional<DeviceFrame> Timeline::start(CueKey key) const {
  const auto tied = std::find_if(tied_.begin(), tied_.end(), [key](const Entry& entry) { return entry.key == key; });
  return tied == tied_.end() ? std::nullopt : std::optional{tied->start};
}

std::optional<DeviceFrame> Timeline::start(const std::string& id, std::uint32_t attempt) const {
  const auto tied = std::find_if(tied_.begin(), tied_.end(), [&](const Entry& entry) {
    return entry.cue.attempt == attempt && entry.cue.id == id;
  });
  return tied == tied_.end() ? std::nullopt : std::optional{tied->start};
}

const Cue& Timeline::cue(CueKey key) const {
  return find(key)->cue;
}

Instant Timeline::planned(CueKey key, DeviceFrame at) const {
  const auto* entry = find(key);
  return entry->cue.anchor + entry->cue.at + (at - entry->start);
}

std::optional<DeviceFrame> Timeline::chained(Instant instant) const {
  for (const auto& entry : tied_) {
    const auto into = instant - (entry.cue.anchor + entry.cue.at);
    if (into >= Frames{0} && into <= entry.cue.frames) return entry.start + into;
  }
  return std::nullopt;
}

}  // namespace loa::audio
