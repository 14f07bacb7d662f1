// Unicode as this program needs it: UTF-8 checks, NFC, grapheme clusters, cells on a screen, folding for comparison.
// Must not know what a text is about. The only wall to utf8proc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loa::config {

/// Offset of the first byte that is not UTF-8 (RFC 3629: no surrogates, no overlong forms), or npos.
std::size_t first_invalid_utf8(std::string_view text);
bool valid_utf8(std::string_view text);

/// Normal form C: NFC and NFD of a name become one name. Broken UTF-8 is returned as it is.
std::string nfc(std::string_view text);

/// What a person sees as one letter. `cells`: columns of a terminal that it takes (0, 1 or 2).
struct Cluster {
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
  int cells = 1;
};
/// Each byte that is not UTF-8 is a cluster of its own.
std::vector<Cluster> clusters(std::string_view text);
std::size_t count_clusters(std::string_view text);
std::size_t count_cells(std::string_view text);

/// Lower case without marks, đ as d: "Khai Sinh Đúng" gives "khai sinh dung". For comparing, never for showing.
std::string folded(std::string_view text);

/// Valid UTF-8 in one line whatever comes in: broken bytes and control characters become U+FFFD, a tab one space.
std::string printable(std::string_view text);

/// The same for names on a disk, so that one tells them apart: such a byte is shown as \xE1.
std::string escaped(std::string_view name);

}  // namespace loa::config
