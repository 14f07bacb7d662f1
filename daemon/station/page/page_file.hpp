// The file TINH-HINH.txt (STATUS.txt in English) beside station.yaml: written whole or not at all, whatever stands in
// its place. May wait for a disk for ever: not for the main thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "config/text.hpp"

namespace loa::station {

/// What the first line begins with, in each language: so the file is known again.
std::string_view page_mark(config::Language language);
/// "TINH-HINH.txt" or "STATUS.txt".
std::string_view page_name(config::Language language);

struct PageWritten {
  std::error_code error;  // why it could not be written; then nothing is half written
  std::string kept_as;    // somebody else's file of that name was renamed to this; "" = there was none
};

/// Takes the place of an earlier one; the one in the other language is taken away when it was written by Loa. A link
/// of that name is replaced, never followed.
PageWritten write_page(const std::filesystem::path& folder, config::Language language, std::string_view bytes);

}  // namespace loa::station
