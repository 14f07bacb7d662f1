// A look at YAML text before any parser: where quotes, comments and block texts are, which brackets and quotes stay
// open. Knows characters and lines; must not know keys or values. Both parsers accept or misplace what is found here.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace loa::config::yaml {

/// Bytes [begin, end) that are not structure.
struct Region {
  enum class Kind { single_quoted, double_quoted, comment, block_text };
  Kind kind = Kind::comment;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool open = false;  // a quote that is not closed, or only by the next quoted text: then it ends with its line
};

struct Scan {
  std::vector<Region> regions;             // in order, not overlapping
  std::vector<std::size_t> open_brackets;  // the first top-level key after them closed nothing
  std::size_t values = 0;                  // about as many as there will be nodes
  std::size_t marks = 0;                   // dashes, commas, anchors and tags
  std::size_t deepest = 0;                 // brackets within brackets
  std::size_t deepest_at = 0;
  /// The region that holds `offset`, or null.
  const Region* at(std::size_t offset) const;
};

/// Of the text from `begin` on; linear in its size.
Scan scan(std::string_view bytes, std::size_t begin);

bool is_blank(char c);     // space or tab
bool is_line_end(char c);  // \n or \r
std::size_t line_begin(std::string_view bytes, std::size_t offset);
std::size_t line_end(std::string_view bytes, std::size_t offset);   // of the text, before \r\n
std::size_t next_line(std::string_view bytes, std::size_t offset);  // begin of the next one, or the size
/// "  - title: x" and "- at:" look like it, as far as `line` goes; "Kính gửi: các hộ" does not.
bool looks_like_key(std::string_view line);
/// "title" of "  - title: x"; "" when the line has no key.
std::string_view key_of_line(std::string_view line);

}  // namespace loa::config::yaml
