// What is wrong with a recording, in words: from the stable codes of loa-media and of the intake.
#pragma once

#include <string_view>

#include "config/text.hpp"
#include "daemon/station/library/masters.hpp"
#include "playlists/catalogue.hpp"

namespace loa::station {

/// Empty for "". A code that is not known here is shown as it is.
config::Text problem_words(std::string_view code, bool refused);
/// With the places where it is damaged.
config::Text problem_words(const playlists::Facts& facts);

/// A line for whoever looks at `run` or `render`.
config::Text not_mastered_words(const NotMastered& failure);

}  // namespace loa::station
