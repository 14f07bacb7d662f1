// Carries the compiled Vietnamese catalogue into the program, so that no file has to be found at run time.
#include "config/catalogue_data.hpp"

// The build names the file in LOA_VI_MO.
asm(".pushsection .rodata\n"
    ".global loa_vi_mo_begin\n"
    "loa_vi_mo_begin:\n"
    ".incbin \"" LOA_VI_MO
    "\"\n"
    ".global loa_vi_mo_end\n"
    "loa_vi_mo_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" const char loa_vi_mo_begin[];
extern "C" const char loa_vi_mo_end[];

namespace loa::config {

std::string_view vietnamese_catalogue() {
  return {loa_vi_mo_begin, static_cast<std::size_t>(loa_vi_mo_end - loa_vi_mo_begin)};
}

}  // namespace loa::config
