// The states that `now` names, in words: the clock's, the sound device's.
#pragma once

#include <string>

#include "config/text.hpp"

namespace loa::station {

/// `state`: trusted | holdover | …, the name of a Trust.
config::Text clock_words(const std::string& state);
/// `state`: starting | open | absent | lost | gone; `note` as the player told it. Trouble is in capitals.
config::Text device_words(const std::string& state, const std::string& name, const std::string& note,
                          bool second = false, bool silent = false);

}  // namespace loa::station
