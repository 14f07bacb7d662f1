// What rows and status say of amplifiers, in words.
#pragma once

#include <string>
#include <string_view>

#include "config/text.hpp"
#include "daemon/station/conductor/status.hpp"

namespace loa::station {

/// Of the note of a `keying` row; empty when it is none.
config::Text words_of_keying(std::string_view note);
/// Whether such a note tells of trouble.
bool is_keying_fault(std::string_view note);
/// One amplifier as it is now. Trouble is in capitals.
config::Text amplifier_words(const Status::Amplifier& amplifier);

}  // namespace loa::station
