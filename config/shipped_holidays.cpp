// Carries config/holidays.yaml into the program, so that no file has to be found at run time.
#include "config/shipped_holidays.hpp"

// The build names the file in LOA_HOLIDAYS.
asm(".pushsection .rodata\n"
    ".global loa_holidays_begin\n"
    "loa_holidays_begin:\n"
    ".incbin \"" LOA_HOLIDAYS
    "\"\n"
    ".global loa_holidays_end\n"
    "loa_holidays_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" const char loa_holidays_begin[];
extern "C" const char loa_holidays_end[];

namespace loa::config {

std::string_view shipped_holidays() {
  return {loa_holidays_begin, static_cast<std::size_t>(loa_holidays_end - loa_holidays_begin)};
}

}  // namespace loa::config
