// A campaign as the operator wrote it: articles that are owed a number of plays in the places that programmes offer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "playlists/article.hpp"
#include "scheduler/day_set.hpp"

namespace loa::scheduler {

/// Places that one position may offer a session: more than any session holds.
inline constexpr long long kMostPlaces = 100;

struct Campaign {
  std::string id;
  std::string title;
  std::vector<playlists::PlaylistEntry> entries;  // in their order; may name playlists too
  std::string playlist;                           // instead of entries
  config::Span playlist_at{};
  std::optional<Date> from, until;  // both included; without `from` plays are counted month by month
  std::optional<long long>
      per_day;                     // plays of all its articles together, on a day on which one of its programmes plays
  std::optional<long long> total;  // plays of each article from `from` to `until`
  config::Duration apart{0};       // from start to start of two plays of one article, at the least
  config::Span span{};             // its id
  config::Span per_day_at{}, total_at{};
  bool mistaken = false;  // an error in it has been reported

  /// Whether its places on `day` are filled.
  bool valid_on(Date day) const;
  /// The first day whose plays count on `day`.
  Date counted_from(Date day) const;
  /// Each article is owed `total` plays by a day that is known.
  bool owes_total() const { return total && from && until; }
};

}  // namespace loa::scheduler
