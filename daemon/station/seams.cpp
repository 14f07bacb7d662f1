#include "daemon/station/seams.hpp"

namespace loa::station {

std::string_view name_of(Trust trust) {
  switch (trust) {
    case Trust::trusted:
      return "trusted";
    case Trust::holdover:
      return "holdover";
    case Trust::suspect:
      return "suspect";
    case Trust::virtual_:
      return "virtual";
  }
  return "suspect";
}

}  // namespace loa::station
