// Inside of reading: one article, one playlist, and what only the whole repertoire can tell. report_unknown and
// section.hpp also serve the programmes.
#pragma once

#include "playlists/article.hpp"
#include "playlists/section.hpp"

namespace loa::playlists {

Article read_article(const NamedNode& named, config::Diagnostics& diagnostics);
Playlist read_playlist(const NamedNode& named, config::Diagnostics& diagnostics);

/// `approval` of an article or a playlist.
ApprovalRule read_approval(config::Fields& fields);

/// First and last day of validity; the wrong way round is an error that `on_air` explains.
void read_validity(config::Fields& fields, std::optional<Date>& from, std::optional<Date>& until, config::Text on_air);

/// Unknown names, cycles, playlists too long or too deep, substitutes that lead nowhere.
void check_references(const Repertoire& repertoire, config::Diagnostics& diagnostics);

}  // namespace loa::playlists
