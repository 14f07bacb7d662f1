// The ids of sessions and items (contract 1.3), taken apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/values.hpp"

namespace loa::scheduler {

/// What is asked about by id (contract 1.3), taken apart.
struct AskedId {
  std::string station, programme;
  config::Date date;
  config::TimeOfDay time;
  std::string index;  // "" = the session
};
/// Nothing when it is no id by its form.
std::optional<AskedId> parse_id(std::string_view id);

}  // namespace loa::scheduler
