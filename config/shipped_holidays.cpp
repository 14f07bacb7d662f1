#include "config/shipped_holidays.hpp"

#include "config/carried_file.hpp"

LOA_CARRY_FILE(loa_holidays, LOA_HOLIDAYS);  // the build names the file

namespace loa::config {

std::string_view shipped_holidays() {
  return {loa_holidays_begin, static_cast<std::size_t>(loa_holidays_end - loa_holidays_begin)};
}

}  // namespace loa::config
