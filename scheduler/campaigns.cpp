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
  const auto& campaign = *entry.campaign;
  auto& state = states_[&campaign];
  if (state.day != day) {
    state.day = day;
    const auto counted_from = campaign.counted_from(day);
    if (state.counted_from != counted_from) count_from(state, campaign, counted_from);
  }
  if (state.list.data() != entry.clips.data() || state.list.size() != entry.clips.size()) {
    list_candidates(state, campaign, entry.clips);
  }
  return state;
}

std::size_t Campaigns::track_of(State& state, const std::string& article) {
  const auto [number, is_new] = state.numbers.try_emplace(article, state.tracks.size());
  if (is_new) {
    state.tracks.emplace_back();
    state.standings.emplace_back();
  }
  return number->second;
}

void Campaigns::list_candidates(State& state, const Campaign& campaign, RecordingList list) const {
  state.list = list;
  state.candidates.clear();
  for (const auto* recording : list) {
    const auto number = track_of(state, recording->clip.article);
    if (campaign.owes_total()) {
      const auto last = std::min(*campaign.until, recording->clip.until.value_or(*campaign.until));
      state.tracks[number].deadline = zone_.instant(chr::local_days(last) + chr::days(1));
    }
    stand(state, campaign, number);
    state.candidates.push_back({recording, number});
  }
}

void Campaigns::count_from(State& state, const Campaign& campaign, Date day) const {
  state.counted_from = day;
  state.counted_since = zone_.instant(chr::local_days(day));
  for (std::size_t i = 0; i < state.tracks.size(); ++i) {
    const auto& starts = state.tracks[i].starts;
    const auto first = std::lower_bound(starts.begin(), starts.end(), state.counted_since);
    state.tracks[i].counted = static_cast<std::size_t>(first - starts.begin());
    stand(state, campaign, i);
  }
}

Campaigns::Claim Campaigns::claim_of(const Campaign& campaign, const Track& track, std::size_t plays) {
  Claim claim{Instant::max(), plays};
  if (track.deadline && static_cast<long long>(plays) < *campaign.total) {
    const auto left = *campaign.total - static_cast<long long>(plays);
    claim.due = *track.deadline - Frames(campaign.apart) * (left - 1);
  }
  return claim;
}

void Campaigns::stand(State& state, const Campaign& campaign, std::size_t number) {
  const auto& track = state.tracks[number];
  const auto plays = track.starts.size() - track.counted;
  auto& standing = state.standings[number];
  standing.free_from = plays == 0 ? Instant::min() : track.starts.back() + Frames(campaign.apart);
  standing.claim = claim_of(campaign, track, plays);
}

/// Of a place before which, or shortly behind which, it plays already; nothing: it may not play there.
std::optional<Campaigns::Claim> Campaigns::claim(const Campaign& campaign, const Track& track, Instant at) {
  const auto& starts = track.starts;
  if (starts.back() <= at) return std::nullopt;  // within `apart` behind it
  const auto since = starts.begin() + static_cast<std::ptrdiff_t>(track.counted);
  const auto next = std::upper_bound(since, starts.end(), at);  // a play of a higher rank
  const Frames apart(campaign.apart);
  if (next != since && at - *std::prev(next) < apart) return std::nullopt;
  if (next != starts.end() && *next - at < apart) return std::nullopt;
  return claim_of(campaign, track, static_cast<std::size_t>(next - since));
}

const Recording* Campaigns::choose(const Entry& entry, Date day, Instant at) {
  auto& state = state_of(entry, day);
  const Candidate* chosen = nullptr;
  Claim best;
  for (const auto& candidate : state.candidates) {
    const auto& standing = state.standings[candidate.track];
    auto its = standing.claim;
    if (at < standing.free_from) {
      const auto between = claim(*entry.campaign, state.tracks[candidate.track], at);
      if (!between) continue;
      its = *between;
    }
    if (chosen != nullptr && !(its < best)) continue;
    chosen = &candidate;
    best = its;
  }
  if (chosen == nullptr) return nullptr;
  insert_sorted(state.tracks[chosen->track].starts, at);
  stand(state, *entry.campaign, chosen->track);
  chosen_.push_back({entry.campaign, chosen->recording, chosen->track, at});
  return chosen->recording;
}

void Campaigns::take_back(const Chosen& chosen) {
  auto& state = states_[chosen.campaign];
  take_out(state.tracks[chosen.track].starts, chosen.at);
  stand(state, *chosen.campaign, chosen.track);
}

void Campaigns::settle(const std::vector<LaidItem>& items, std::optional<Instant> next) {
  for (const auto& each : chosen_) take_back(each);
  each_item(items, [&](std::span<const LaidItem> pieces) {
    const auto& item = pieces.front();
    const auto* campaign = item.campaign();
    if (campaign == nullptr || item.recording == nullptr || !is_whole(pieces)) return;
    if (next && pieces.back().end() > *next) return;
    auto& state = states_[campaign];
    const auto chosen = std::find_if(chosen_.begin(), chosen_.end(), [&](const Chosen& each) {
      return each.campaign == campaign && each.recording == item.recording;
    });
    const auto track = chosen != chosen_.end() ? chosen->track : track_of(state, item.recording->clip.article);
    insert_sorted(state.tracks[track].starts, item.start);
    stand(state, *campaign, track);
  });
  chosen_.clear();
}

void Campaigns::settle(Instant until) {
  for (const auto& each : chosen_) {
    if (each.at + each.recording->length > until) take_back(each);
  }
  chosen_.clear();
}

}  // namespace loa::scheduler
