// Writing on a descriptor until everything is written.
#pragma once

#include <string_view>
#include <system_error>

namespace loa::station {

/// Goes on after a signal and after a part. On a failure some of it may be written.
std::error_code write_all(int fd, std::string_view bytes);

}  // namespace loa::station
