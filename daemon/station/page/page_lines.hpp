// Lines that Windows Notepad shows well: UTF-8 with its mark, CRLF, at most 100 columns. Knows no contents.
#pragma once

#include <string>
#include <string_view>

#include "config/text.hpp"

namespace loa::station {

class PageLines {
 public:
  static constexpr std::size_t kWidest = 100;  // columns

  explicit PageLines(config::Language language) : language_(language) {}

  /// With an empty line before, unless it is the first.
  void heading(const config::Text& words);
  /// `indent` columns before it; what does not fit goes on in further lines, two columns further right.
  void line(const config::Text& words, std::size_t indent = 2);
  void line(std::string_view words, std::size_t indent = 2);
  /// Several lines as they are, each indented.
  void block(std::string_view lines, std::size_t indent = 2);

  config::Language language() const { return language_; }
  /// The whole file.
  std::string bytes() const;

 private:
  config::Language language_;
  std::string text_;  // with '\n'
};

}  // namespace loa::station
