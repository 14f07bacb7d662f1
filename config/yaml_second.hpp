// libyaml as a second opinion: it refuses some texts that yaml-cpp takes, and often names the better place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loa::config::yaml {

struct SecondOpinion {
  std::size_t offset = 0;  // byte within the text given
  std::string words;       // libyaml's own, English
};

/// What libyaml has against the text, or nothing. Its cost is quadratic in depth: call it on texts of known depth only.
std::optional<SecondOpinion> second_opinion(std::string_view bytes);

}  // namespace loa::config::yaml
