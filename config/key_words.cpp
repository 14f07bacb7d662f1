// What people write for a key in Vietnamese or in other programs' words. Must not know what the keys are for.
#include "config/key_words.hpp"

#include <algorithm>
#include <array>

#include "config/unicode.hpp"
#include "config/value_shape.hpp"

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
    {"nghi", {"pause", "mute"}},
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

bool has_word(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// "2026-12-01", "1/12/2026", "1/12".
bool is_date(std::string_view value) {
  const auto shape = shape_of(value);
  if (shape.numbers.size() == 2) return shape.is("/");
  return shape.numbers.size() == 3 && (shape.digits(0, 4, 4) || shape.digits(2, 4, 4));
}

/// Whether what is written may be the value of `key`: a date is no time of day and no form of days.
bool suits(std::string_view key, std::string_view value) {
  return (key != "at" && key != "repeat" && key != "days") || !is_date(value);
}

}  // namespace

std::string key_meant(std::string_view written, std::string_view value, const std::vector<std::string>& known) {
  constexpr std::size_t longest = 64;
  if (written.size() > longest) return {};
  const auto plain = joined_letters(written);
  for (const auto& words : kWords) {
    if (words.written != plain) continue;
    bool unsuited = false;
    for (const auto key : words.keys) {
      if (key.empty() || !has_word(known, key)) continue;
      if (suits(key, value)) return std::string(key);
      unsuited = true;
    }
    if (unsuited) return {};
  }
  return nearest(written, known);
}

Takes what_takes(std::string_view key) {
  static constexpr auto texts =
      std::to_array<std::string_view>({"title", "name", "summary", "author", "ordered_by", "note"});
  static constexpr auto lists =
      std::to_array<std::string_view>({"days", "repeat", "except", "on", "at", "dates", "lunar", "fill", "articles",
                                       "items", "mute", "add", "shared", "permitted_hours", "limits"});
  static constexpr auto names = std::to_array<std::string_view>({"article", "playlist", "campaign", "relay"});
  const auto is_one_of = [key](const auto& keys) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  return is_one_of(texts)   ? Takes::text
         : is_one_of(lists) ? Takes::list
         : is_one_of(names) ? Takes::name
                            : Takes::other;
}

bool means_comment(std::string_view written) {
  const auto plain = joined_letters(written.substr(0, 64));
  return plain == "ghichu" || plain == "note" || plain == "notes" || plain == "comment";
}

}  // namespace loa::config
