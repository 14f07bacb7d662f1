// What people write for a key in Vietnamese or in other programs' words. Must not know what the keys are for.
#include "config/key_words.hpp"

#include <algorithm>
#include <array>

#include "config/unicode.hpp"

namespace loa::config {
namespace {

struct KeyWords {
  std::string_view written;              // folded, without blanks and dashes
  std::array<std::string_view, 4> keys;  // the first that is known counts; "" = no more
};

const auto kWords = std::to_array<KeyWords>({
    {"gio", {"at"}},
    {"giophat", {"at", "permitted_hours"}},
    {"luc", {"at"}},
    {"time", {"at"}},
    {"times", {"at"}},
    {"start", {"at", "from"}},
    {"giobatdau", {"at", "from"}},
    {"batdau", {"at", "from"}},
    {"lap", {"repeat", "days"}},
    {"laplai", {"repeat", "days"}},
    {"ngay", {"on", "repeat", "days", "dates"}},
    {"ngayphat", {"repeat", "days", "on"}},
    {"cacngay", {"repeat", "days", "on"}},
    {"thu", {"repeat", "days", "on"}},
    {"days", {"repeat", "on", "dates"}},
    {"day", {"days", "repeat", "on", "dates"}},
    {"repeat", {"days", "on"}},
    {"dates", {"on", "repeat"}},
    {"date", {"dates", "on", "repeat"}},
    {"tru", {"except"}},
    {"ngoaitru", {"except"}},
    {"exclude", {"except"}},
    {"tu", {"from"}},
    {"tungay", {"from"}},
    {"ngaybatdau", {"from"}},
    {"from", {"on"}},
    {"den", {"until"}},
    {"denngay", {"until"}},
    {"toi", {"until"}},
    {"ngayketthuc", {"until"}},
    {"ketthuc", {"until"}},
    {"to", {"until"}},
    {"end", {"until"}},
    {"until", {"on"}},
    {"thoiluong", {"length", "about"}},
    {"dodai", {"length", "about"}},
    {"duration", {"length", "about"}},
    {"muc", {"items"}},
    {"cacmuc", {"items"}},
    {"noidung", {"items", "summary"}},
    {"tieude", {"title", "name"}},
    {"ten", {"name", "title"}},
    {"name", {"title"}},
    {"title", {"name"}},
    {"tep", {"clip"}},
    {"tepam", {"clip"}},
    {"tepamthanh", {"clip"}},
    {"banghi", {"clip"}},
    {"file", {"clip"}},
    {"thumuc", {"folder"}},
    {"linhvuc", {"field"}},
    {"uutien", {"priority"}},
    {"mucdo", {"priority"}},
    {"ralenh", {"ordered_by"}},
    {"nguoiralenh", {"ordered_by"}},
    {"bai", {"articles", "article"}},
    {"cacbai", {"articles"}},
    {"danhsach", {"playlists", "playlist"}},
    {"danhsachphat", {"playlists", "playlist"}},
    {"chuongtrinh", {"programmes"}},
    {"buoi", {"programmes"}},
    {"buoiphat", {"programmes"}},
    {"dot", {"campaigns", "campaign"}},
    {"dottuyentruyen", {"campaigns", "campaign"}},
    {"chiendich", {"campaigns", "campaign"}},
    {"lich", {"calendar"}},
    {"nghi", {"pause"}},
    {"tamnghi", {"pause"}},
    {"lapcho", {"fill"}},
    {"lapday", {"fill"}},
    {"so", {"count"}},
    {"solan", {"count"}},
    {"soluot", {"count", "plays"}},
    {"plays", {"count"}},
    {"perday", {"per_day", "count"}},
    {"moingay", {"per_day"}},
    {"tong", {"total"}},
    {"tongso", {"total"}},
    {"cachnhau", {"apart"}},
    {"moi", {"every"}},
    {"cach", {"every", "apart"}},
    {"tat", {"mute"}},
    {"tatloa", {"mute"}},
    {"nghiphat", {"mute"}},
    {"thay", {"replace"}},
    {"thaythe", {"replace"}},
    {"them", {"add"}},
    {"doi", {"move"}},
    {"doigio", {"move"}},
    {"chuyen", {"move"}},
    {"lui", {"shift"}},
    {"amlich", {"lunar"}},
    {"quytac", {"rrule"}},
    {"ngayle", {"holidays", "dates"}},
    {"dai", {"station"}},
    {"ma", {"id"}},
    {"loai", {"kind"}},
    {"cap", {"kind"}},
    {"muigio", {"timezone"}},
    {"ngonngu", {"language"}},
    {"giochophep", {"permitted_hours"}},
    {"gioduocphep", {"permitted_hours"}},
    {"gioihan", {"limits"}},
    {"hanmuc", {"limits"}},
    {"duyet", {"approval"}},
    {"pheduyet", {"approval"}},
    {"amthanh", {"audio"}},
    {"thietbi", {"device"}},
    {"amluong", {"gain", "loudness"}},
    {"volume", {"gain", "loudness"}},
    {"dungchung", {"shared"}},
});

std::string joined_letters(std::string_view word) {
  auto plain = folded(word);
  std::erase_if(plain, [](char c) { return c == ' ' || c == '-' || c == '_'; });
  return plain;
}

}  // namespace

std::string key_meant(std::string_view written, const std::vector<std::string>& known) {
  constexpr std::size_t longest = 64;
  if (written.size() > longest) return {};
  const auto plain = joined_letters(written);
  for (const auto& words : kWords) {
    if (words.written != plain) continue;
    for (const auto key : words.keys) {
      if (!key.empty() && std::find(known.begin(), known.end(), key) != known.end()) return std::string(key);
    }
  }
  return nearest(written, known);
}

bool means_comment(std::string_view written) {
  const auto plain = joined_letters(written.substr(0, 64));
  return plain == "ghichu" || plain == "note" || plain == "notes" || plain == "comment";
}

}  // namespace loa::config
