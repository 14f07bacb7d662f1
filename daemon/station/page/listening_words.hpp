// What rows and status say of listening back, in words.
#pragma once

#include <string_view>

#include "config/text.hpp"
#include "daemon/station/conductor/status.hpp"
#include "daemon/wire/heard.hpp"

namespace loa::station {

/// Of the note of a `device` row; empty when it tells of something else.
config::Text words_of_listening(std::string_view note);
/// As it is now. Trouble is in capitals.
config::Text listening_words(const Status::Listening& listening);
/// Of an item's row.
config::Text heard_words(const wire::HeardSound& heard);

}  // namespace loa::station
