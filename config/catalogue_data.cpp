#include "config/catalogue_data.hpp"

#include "config/carried_file.hpp"

LOA_CARRY_FILE(loa_vi_mo, LOA_VI_MO);  // the build names the file

namespace loa::config {

std::string_view vietnamese_catalogue() {
  return {loa_vi_mo_begin, static_cast<std::size_t>(loa_vi_mo_end - loa_vi_mo_begin)};
}

}  // namespace loa::config
