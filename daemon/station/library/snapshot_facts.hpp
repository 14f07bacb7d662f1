// The part of a catalogue that belongs to a snapshot, and its JSON form.
// Knows recordings and the names that articles and playlists use; must not know files or dates.
#pragma once

#include <boost/json/object.hpp>

#include "playlists/article.hpp"
#include "playlists/catalogue.hpp"
#include "scheduler/schedule.hpp"

namespace loa::station {

/// Only the recordings that the repertoire can name: clips of articles, of any date where the name holds a date, and
/// everything below the folders of playlists. A new recording that nobody names makes no new snapshot.
playlists::Catalogue nameable(const playlists::Repertoire& repertoire, const playlists::Catalogue& catalogue);

/// Of the approvals those of recordings in `named`, where the schedule asks for any; else none, so that what nobody
/// asks for makes no new snapshot.
playlists::Approvals approvals_that_count(const scheduler::Schedule& schedule, const playlists::Catalogue& named,
                                          const playlists::Approvals& approvals);

/// SHA-256 to who and when.
boost::json::object approvals_json(const playlists::Approvals& approvals);
/// Throws what Boost.JSON throws for an object that is none of approvals_json's.
playlists::Approvals approvals_from(const boost::json::object& approvals);

/// Clip to facts; null = it exists and is not measured.
boost::json::object facts_json(const playlists::Catalogue& catalogue);
/// Throws what Boost.JSON throws for an object that is none of facts_json's.
playlists::Catalogue catalogue_from(const boost::json::object& facts);

/// Whether `clip` is `pattern` with some day's date in the place of its marks.
bool matches_dated(std::string_view pattern, std::string_view clip);

}  // namespace loa::station
