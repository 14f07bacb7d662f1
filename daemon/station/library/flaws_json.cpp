#include "daemon/station/library/flaws_json.hpp"

namespace loa::station {

namespace json = boost::json;

json::array flaws_json(const std::vector<playlists::Flaw>& flaws) {
  json::array list;
  for (const auto& flaw : flaws) list.push_back(json::array{flaw.code, flaw.from, flaw.until});
  return list;
}

std::vector<playlists::Flaw> flaws_from(const json::value& value) {
  std::vector<playlists::Flaw> flaws;
  const auto* list = value.if_array();
  if (list == nullptr) return flaws;
  for (const auto& entry : *list) {
    const auto* flaw = entry.if_array();
    if (flaw == nullptr || flaw->size() != 3) continue;
    const auto &code = (*flaw)[0], &from = (*flaw)[1], &until = (*flaw)[2];
    if (!code.is_string() || !from.is_number() || !until.is_number()) continue;
    flaws.push_back({std::string(code.get_string()), from.to_number<double>(), until.to_number<double>()});
  }
  return flaws;
}

}  // namespace loa::station
