#include "audio/listening.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace loa::audio {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr std::int64_t kHop = kHeardHop.count();
constexpr std::int64_t kBandsWindow = 2'048;  // samples of one frame of bands
constexpr std::size_t kHeardKept = 1'500;     // 30 s
constexpr std::size_t kLagsAfter = HeardMatch::kLags - 1;
constexpr auto kStalled = 300ms;  // beyond this nothing of a piece is waited for any more
constexpr auto kTryEvery = 500ms;
constexpr double kSure = 10;          // s: from so much sound the delay is learnt …
constexpr Frames kNearKnown{24'000};  // … and shorter ones are looked for this near to it

nanoseconds by_hops(std::int64_t hops) {
  return std::chrono::round<nanoseconds>(Frames(hops * kHop));
}

}  // namespace

void Listening::hear(std::span<const float> mono, Time arrived) {
  samples_ += static_cast<std::int64_t>(mono.size());
  clock_.add(samples_, arrived);
  std::vector<HeardFrame> fresh;
  bands_.add(mono, fresh);
  heard_.insert(heard_.end(), fresh.begin(), fresh.end());
  while (heard_.size() > kHeardKept) {
    heard_.pop_front();
    ++first_;
  }
}

void Listening::deaf() {
  bands_.reset();
  clock_ = {};
  samples_ = first_ = 0;
  heard_.clear();
}

Listening::Item* Listening::item_of(const std::string& id) {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.id == id; });
  return found == items_.end() ? nullptr : &*found;
}

void Listening::sounds(Sound sound) {
  Item* item = item_of(sound.id);
  if (item == nullptr) {
    if (items_.size() >= kMostItems) items_.pop_front();
    items_.emplace_back();
    item = &items_.back();
    item->id = sound.id;
  }
  for (auto& part : item->parts) part.over = true;
  Part part;
  part.master = std::move(sound.master);
  part.offset = sound.offset.count();
  part.length = sound.frames.count();
  part.at = sound.at;
  item->parts.push_back(std::move(part));
}

void Listening::over(const std::string& id, Frames played) {
  Item* item = item_of(id);
  if (item == nullptr || item->parts.empty()) return;
  auto& part = item->parts.back();
  part.length = std::min(part.length, played.count());
  part.over = true;
}

void Listening::ask(const std::string& id) {
  Item* item = item_of(id);
  if (item == nullptr) {
    items_.emplace_back();
    item = &items_.back();
    item->id = id;
  }
  for (auto& part : item->parts) part.over = true;
  item->asked = true;
}

std::int64_t Listening::hops_of(std::int64_t length) {
  return length < kBandsWindow ? 0 : (length - kBandsWindow) / kHop + 1;
}

/// Reads the master on until `hops` of it lie ahead; false when that cannot be had.
bool Listening::extend(Part& part, std::size_t hops) {
  const auto channels = static_cast<std::size_t>(part.master->channels());
  std::array<float, 2 * 4'800> block{};
  std::vector<float> mono;
  while (part.ahead.size() < hops) {
    const auto got = part.master->read(part.offset + part.read, std::span(block).first(4'800 * channels));
    if (got <= 0) return false;
    mono.assign(static_cast<std::size_t>(got), 0);
    for (std::size_t i = 0; i < mono.size(); ++i) {
      for (std::size_t c = 0; c < channels; ++c) mono[i] += block[i * channels + c] / static_cast<float>(channels);
    }
    part.read += got;
    part.bands.add(mono, part.ahead);
  }
  return true;
}

/// Hop of the stream at which the next piece is heard at the earliest.
std::int64_t Listening::heard_at(const Part& part) const {
  const auto sample = clock_.sample_at(part.at + by_hops(part.done));
  return (sample + kHop / 2) / kHop - static_cast<std::int64_t>(HeardMatch::kEarlier);
}

/// An input that has just been opened lacks what was before the first piece: that is not waited for.
bool Listening::is_kept(std::int64_t from) const {
  return from >= first_ - static_cast<std::int64_t>(HeardMatch::kEarlier);
}

/// What is not there is as if nothing was heard.
std::vector<HeardFrame> Listening::heard_from(std::int64_t from, std::size_t count) const {
  std::vector<HeardFrame> found(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = from + static_cast<std::int64_t>(i) - first_;
    if (at >= 0 && at < static_cast<std::int64_t>(heard_.size())) found[i] = heard_[static_cast<std::size_t>(at)];
  }
  return found;
}

void Listening::leave_out(Item& item, Part& part, std::int64_t hops) {
  item.missed += hops;
  part.done += hops;
  part.read = part.done * kHop;
  part.bands.reset();
  part.ahead.clear();
}

/// False: the next piece is not there yet, or there is none.
bool Listening::take_piece(Item& item, Part& part, Time now) {
  const auto hops = std::min<std::int64_t>(HeardMatch::kPiece, hops_of(part.length) - part.done);
  if (hops <= 0 || (hops < std::int64_t(HeardMatch::kPiece) && !part.over)) return false;
  const auto from = heard_at(part), until = from + hops + std::int64_t(kLagsAfter);
  const auto there = first_ + static_cast<std::int64_t>(heard_.size());
  if (heard_.empty() || until > there) {
    if (now < part.at + by_hops(part.done + hops + std::int64_t(HeardMatch::kLater)) + kStalled) return false;
    leave_out(item, part, hops);
    return true;
  }
  const auto count = static_cast<std::size_t>(hops);
  if (!is_kept(from) || !extend(part, count)) {
    leave_out(item, part, hops);
    return true;
  }
  item.match.add(std::span(part.ahead).first(count), heard_from(from, count + kLagsAfter));
  item.compared += hops;
  part.done += hops;
  part.ahead.erase(part.ahead.begin(), part.ahead.begin() + hops);
  return true;
}

std::optional<Heard> Listening::judge(const HeardMatch& match) const {
  if (!delay_ || match.lively() >= kSure) return match.result();
  return match.result(HeardDelays{*delay_ - kNearKnown, *delay_ + kNearKnown});
}

/// With what has been heard so far; what has not counts as nothing heard.
std::optional<Heard> Listening::try_early(Item& item) {
  auto match = item.match;
  for (auto& part : item.parts) {
    const auto rest = hops_of(part.length) - part.done;
    if (rest <= 0) continue;
    if (!part.over || heard_.empty() || !extend(part, static_cast<std::size_t>(rest))) return std::nullopt;
    const auto from = heard_at(part);
    if (!is_kept(from)) return std::nullopt;
    for (std::int64_t done = 0; done < rest; done += HeardMatch::kPiece) {
      const auto hops = std::min<std::int64_t>(HeardMatch::kPiece, rest - done);
      const auto count = static_cast<std::size_t>(hops);
      match.add(std::span(part.ahead).subspan(static_cast<std::size_t>(done), count),
                heard_from(from + done, count + kLagsAfter));
    }
  }
  const auto heard = judge(match);
  if (!heard || !heard->found) return std::nullopt;
  const auto& last = item.parts.back();
  const auto end = heard_at(last) + hops_of(last.length) - last.done + heard->delay / kHeardHop;
  if (end + std::int64_t(HeardMatch::kEarlier) > first_ + std::int64_t(heard_.size())) return std::nullopt;
  learn(match, *heard);
  return heard;
}

void Listening::learn(const HeardMatch& match, const Heard& heard) {
  if (heard.found && match.lively() >= kSure) delay_ = heard.delay;
}

std::optional<Listening::Answer> Listening::answer(Item& item, Time now) {
  if (!item.asked) return std::nullopt;
  const bool all = std::all_of(item.parts.begin(), item.parts.end(),
                               [](const Part& part) { return part.done >= hops_of(part.length); });
  Answer answer{item.id, {}};
  if (!all) {
    if (now < item.tried + kTryEvery || item.missed > item.compared) return std::nullopt;
    item.tried = now;
    answer.heard = try_early(item);
    if (!answer.heard) return std::nullopt;
    return answer;
  }
  if (item.missed <= item.compared) answer.heard = judge(item.match);
  if (answer.heard) learn(item.match, *answer.heard);
  return answer;
}

std::vector<Listening::Answer> Listening::step(Time now) {
  std::vector<Answer> answers;
  for (auto item = items_.begin(); item != items_.end();) {
    for (auto& part : item->parts) {
      while (take_piece(*item, part, now)) {
      }
    }
    auto said = answer(*item, now);
    if (said) answers.push_back(std::move(*said));
    item = said ? items_.erase(item) : std::next(item);
  }
  return answers;
}

}  // namespace loa::audio
