// What people write for a key in Vietnamese or in other programs' words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostics.hpp"

namespace loa::config {

/// The one of `known` that `written` was meant to be: "giờ" and "time" are "at", else the nearest spelling; "" = none.
/// `value`: its text, "" where it has none; a date is meant for no key of times or weekdays.
std::string key_meant(std::string_view written, std::string_view value, const std::vector<std::string>& known);

/// What stands behind the colon of a key, where a comma may be meant: a text, a list, one name of several things.
enum class Takes { text, list, name, other };
Takes what_takes(std::string_view key);

/// "ghi chú", "note": a remark, which no file has a key for.
bool means_comment(std::string_view written);

}  // namespace loa::config
