#include "daemon/station/conductor/play_list.hpp"

#include <algorithm>

namespace loa::station {

namespace {

using config::msg;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

class Reader {
 public:
  Reader(const std::filesystem::path& folder, const calendar::Zone& zone) : folder_(folder), zone_(zone) {}

  PlayList read(std::string_view text) {
    long long number = 0;
    for (auto line : split(text, '\n')) {
      ++number;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty() || line.starts_with('#')) continue;
      if (!take(line)) {
        list_.fault =
            msg("line {0}: “{1}”; write INSTANT<TAB>FILE[<TAB>STOP], or + instead of the instant", number, line);
        break;
      }
    }
    return std::move(list_);
  }

 private:
  bool take(std::string_view line) {
    const auto cells = split(line, '\t');
    if (cells.size() < 2 || cells.size() > 3 || cells[1].empty()) return false;
    PlayItem item;
    item.file = folder_ / cells[1];
    if (cells[0] != "+" && !(item.at = calendar::parse_instant(cells[0], zone_))) return false;
    if (cells.size() == 3 && !(item.stop = calendar::parse_instant(cells[2], zone_))) return false;
    if (item.at && item.stop && *item.stop <= *item.at) return false;
    list_.items.push_back(std::move(item));
    return true;
  }

  const std::filesystem::path& folder_;
  const calendar::Zone& zone_;
  PlayList list_;
};

}  // namespace

PlayList read_play_list(std::string_view text, const std::filesystem::path& folder, const calendar::Zone& zone) {
  return Reader(folder, zone).read(text);
}

}  // namespace loa::station
