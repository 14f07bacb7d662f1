// Files that the program makes in the operator's folders: never over what is there, or whole in the place of what was.
#pragma once

#include <filesystem>
#include <string_view>
#include <system_error>

namespace loa::station {

/// Makes `file` (its folder exists) with these bytes. An error, and nothing changed, when something of that name is
/// there.
std::error_code write_new(const std::filesystem::path& file, std::string_view bytes);

/// Puts `bytes` in the place of `file`: whoever reads sees the old ones or the new ones whole.
std::error_code replace_file(const std::filesystem::path& file, std::string_view bytes);

}  // namespace loa::station
