// Intersections of three lists of frames.
#include "audio/tally.hpp"

#include <algorithm>

namespace loa::audio {

void Tally::give(const Run& run, Frames lacking, Loss why) {
  const auto silent_from = run.end() - lacking;
  if (run.first < silent_from) given_.push_back({run.cue, {run.first, silent_from}, {}});
  if (silent_from < run.end()) given_.push_back({run.cue, {silent_from, run.end()}, why});
}

void Tally::rewind(DeviceFrame to) {
  while (!given_.empty() && given_.back().range.from >= to) given_.pop_back();
  if (!given_.empty()) given_.back().range.until = std::min(given_.back().range.until, to);
}

std::vector<CueKey> Tally::take(DeviceFrame until, std::span<const LostFrames> lost) {
  std::vector<CueKey> begun;
  while (!given_.empty() && given_.front().range.from < until) {
    auto taken = given_.front();
    taken.range.until = std::min(taken.range.until, until);
    const bool silent_before = !account(taken.cue).first;
    count(taken, lost);
    if (silent_before && account(taken.cue).first) begun.push_back(taken.cue);
    given_.front().range.from = taken.range.until;
    if (given_.front().range.from >= given_.front().range.until) given_.pop_front();
  }
  return begun;
}

void Tally::count(const Given& given, std::span<const LostFrames> lost) {
  auto& account = accounts_[given.cue];
  if (given.lost) {
    account.lost[static_cast<std::size_t>(*given.lost)] += given.range.until - given.range.from;
    return;
  }
  auto at = given.range.from;
  for (const auto& [range, why] : lost) {
    const auto from = std::max(range.from, at);
    const auto until = std::min(range.until, given.range.until);
    if (from >= until) continue;
    sound(account, {at, from});
    account.lost[static_cast<std::size_t>(why)] += until - from;
    at = until;
  }
  sound(account, {at, given.range.until});
}

void Tally::sound(Account& account, FrameRange range) {
  if (range.from >= range.until) return;
  if (!account.first) account.first = range.from;
  account.last = range.until;
  account.played += range.until - range.from;
}

Tally::Account Tally::account(CueKey cue) const {
  const auto found = accounts_.find(cue);
  return found == accounts_.end() ? Account{} : found->second;
}

bool Tally::outstanding(CueKey cue) const {
  return std::any_of(given_.begin(), given_.end(), [cue](const Given& given) { return given.cue == cue; });
}

std::optional<CueKey> Tally::sounding(DeviceFrame at) const {
  for (const auto& given : given_) {
    if (given.range.from <= at && at < given.range.until) return given.cue;
  }
  return std::nullopt;
}

}  // namespace loa::audio
