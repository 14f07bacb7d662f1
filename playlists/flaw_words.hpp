// What is wrong with a recording that plays, in words for people.
#pragma once

#include "config/text.hpp"
#include "playlists/catalogue.hpp"

namespace loa::playlists {

/// "only the left channel sounds, from 0:12 to 1:30". A code that is not known here is shown as it is.
config::Text flaw_words(const Flaw& flaw);
/// All of them, joined.
config::Text flaw_words(const std::vector<Flaw>& flaws);
/// What is done about it on air; empty: nothing.
config::Text flaw_on_air(const Flaw& flaw);
/// What to do about it.
config::Text flaw_advice(const Flaw& flaw);

}  // namespace loa::playlists
