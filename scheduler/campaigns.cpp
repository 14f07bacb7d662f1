#include "scheduler/campaigns.hpp"

#include <algorithm>

namespace loa::scheduler {

namespace {

namespace chr = std::chrono;

void insert_sorted(std::vector<Instant>& instants, Instant instant) {
  if (instants.empty() || instants.back() <= instant) return instants.push_back(instant);
  instants.insert(std::upper_bound(instants.begin(), instants.end(), instant), instant);
}

void take_out(std::vector<Instant>& instants, Instant instant) {
  if (!instants.empty() && instants.back() == instant) return instants.pop_back();
  const auto found = std::lower_bound(instants.begin(), instants.end(), instant);
  if (found != instants.end() && *found == instant) instants.erase(found);
}

}  // namespace

Campaigns::State& Campaigns::state_of(const Entry& entry, Date day) {
  auto& state = states_[entry.campaign];
  const auto counted_from = entry.campaign->counted_from(day);
  if (state.counted_from != counted_from) count_from(state, counted_from);
  if (state.list.data() != entry.clips.data() || state.list.size() != entry.clips.size()) {
    list_candidates(state, *entry.campaign, entry.clips);
  }
  return state;
}

void Campaigns::list_candidates(State& state, const Campaign& campaign, RecordingList list) const {
  state.list = list;
  state.candidates.clear();
  for (const auto* recording : list) {
    auto& track = state.tracks[recording->clip.article];
    if (campaign.owes_total()) {
      const auto last = std::min(*campaign.until, recording->clip.until.value_or(*campaign.until));
      track.deadline = zone_.instant(chr::local_days(last) + chr::days(1));
    }
    state.candidates.push_back({recording, &track});
  }
}

void Campaigns::count_from(State& state, Date day) const {
  state.counted_from = day;
  state.counted_since = zone_.instant(chr::local_days(day));
  for (auto& [article, track] : state.tracks) {
    const auto& starts = track.starts;
    const auto first = std::lower_bound(starts.begin(), starts.end(), state.counted_since);
    track.counted = static_cast<std::size_t>(first - starts.begin());
  }
}

std::optional<Campaigns::Claim> Campaigns::claim(const Campaign& campaign, const Track& track, Instant at) {
  const auto& starts = track.starts;
  const auto since = starts.begin() + static_cast<std::ptrdiff_t>(track.counted);
  const bool is_latest = starts.empty() || starts.back() <= at;  // but for the plays of higher ranks
  const auto next = is_latest ? starts.end() : std::upper_bound(since, starts.end(), at);
  const Frames apart(campaign.apart);
  if (next != since && at - *std::prev(next) < apart) return std::nullopt;
  if (next != starts.end() && *next - at < apart) return std::nullopt;
  Claim claim;
  claim.plays = static_cast<std::size_t>(next - since);
  if (track.deadline && static_cast<long long>(claim.plays) < *campaign.total) {
    const auto left = *campaign.total - static_cast<long long>(claim.plays);
    claim.due = *track.deadline - apart * (left - 1);
  }
  return claim;
}

bool Campaigns::comes_before(const Claim& a, const Claim& b) {
  if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
  if (a.due && *a.due != *b.due) return *a.due < *b.due;
  return a.plays < b.plays;
}

const Recording* Campaigns::choose(const Entry& entry, Date day, Instant at) {
  auto& state = state_of(entry, day);
  const Candidate* chosen = nullptr;
  Claim best;
  for (const auto& candidate : state.candidates) {
    const auto its = claim(*entry.campaign, *candidate.track, at);
    if (!its || (chosen != nullptr && !comes_before(*its, best))) continue;
    chosen = &candidate;
    best = *its;
  }
  if (chosen == nullptr) return nullptr;
  insert_sorted(chosen->track->starts, at);
  chosen_.push_back({chosen->track, at});
  return chosen->recording;
}

void Campaigns::settle(const std::vector<LaidItem>& items, std::optional<Instant> next) {
  for (const auto& each : chosen_) take_out(each.track->starts, each.at);
  chosen_.clear();
  each_item(items, [&](std::span<const LaidItem> pieces) {
    const auto& item = pieces.front();
    const auto* campaign = item.campaign();
    if (campaign == nullptr || item.recording == nullptr || !is_whole(pieces)) return;
    if (next && pieces.back().end() > *next) return;
    insert_sorted(states_[campaign].tracks[item.recording->clip.article].starts, item.start);
  });
}

}  // namespace loa::scheduler
