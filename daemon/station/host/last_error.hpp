// The failure of the system call before, as a value.
#pragma once

#include <cerrno>
#include <system_error>

namespace loa::station {

/// Of the calling thread; to be asked for directly after the call that failed.
inline std::error_code last_error() {
  return {errno, std::generic_category()};
}

}  // namespace loa::station
