#include "daemon/station/page/page_lines.hpp"

#include <algorithm>

#include "config/unicode.hpp"
#include "daemon/station/host/output.hpp"

namespace loa::station {

namespace {

constexpr std::size_t kFurther = 2;

/// The bytes of the longest beginning that takes at most `cells`; at least one letter.
std::size_t fitting(std::string_view word, std::size_t cells) {
  std::size_t used = 0, end = 0;
  for (const auto& cluster : config::clusters(word)) {
    used += static_cast<std::size_t>(cluster.cells);
    if (used > cells && end > 0) break;
    end = cluster.end;
  }
  return end;
}

/// One paragraph being broken into lines.
class Paragraph {
 public:
  explicit Paragraph(std::size_t indent) : indent_(indent), line_(indent, ' '), used_(indent) {}

  void word(std::string_view word) {
    auto cells = config::count_cells(word);
    const std::size_t space = fresh_ ? 0 : 1;
    if (!fresh_ && used_ + space + cells > PageLines::kWidest) begin_another();
    while (used_ + cells > PageLines::kWidest) {  // an address, a path without a space
      const auto bytes = fitting(word, PageLines::kWidest - used_);
      line_ += word.substr(0, bytes);
      word.remove_prefix(bytes);
      cells = config::count_cells(word);
      begin_another();
    }
    if (!fresh_) {
      line_ += ' ';
      ++used_;
    }
    line_ += word;
    used_ += cells;
    fresh_ = false;
  }

  std::string take() { return text_ + line_ + "\n"; }

 private:
  void begin_another() {
    text_ += line_ + "\n";
    used_ = indent_ + kFurther;
    line_.assign(used_, ' ');
    fresh_ = true;
  }

  std::size_t indent_;
  std::string text_, line_;
  std::size_t used_;  // columns of line_
  bool fresh_ = true;
};

}  // namespace

void PageLines::heading(const config::Text& words) {
  if (!text_.empty()) text_ += "\n";
  line(words, 0);
}

void PageLines::line(const config::Text& words, std::size_t indent) {
  line(words.in(language_), indent);
}

void PageLines::line(std::string_view words, std::size_t indent) {
  const auto shown = config::printable(words);
  if (shown.find_first_not_of(' ') == std::string::npos) {
    text_ += "\n";
    return;
  }
  // Spaces within are columns of a table while the line is short enough to stay one.
  if (indent + config::count_cells(shown) <= kWidest) {
    text_ += std::string(indent, ' ') + shown.substr(0, shown.find_last_not_of(' ') + 1) + "\n";
    return;
  }
  Paragraph paragraph(std::min(indent, kWidest / 2));  // else no word would fit beside it
  std::string_view rest = shown;
  while (!rest.empty()) {
    const auto space = std::min(rest.find(' '), rest.size());
    if (space > 0) paragraph.word(rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  text_ += paragraph.take();
}

void PageLines::block(std::string_view lines, std::size_t indent) {
  while (!lines.empty()) {
    const auto newline = std::min(lines.find('\n'), lines.size());
    const auto words = lines.substr(0, newline);
    const auto spaces = std::min(words.find_first_not_of(' '), words.size());
    line(words.substr(spaces), indent + spaces);
    lines.remove_prefix(std::min(newline + 1, lines.size()));
  }
}

std::string PageLines::bytes() const {
  std::string bytes(kByteOrderMark);
  for (const char letter : text_) {
    if (letter == '\n') bytes += '\r';
    bytes += letter;
  }
  return bytes;
}

}  // namespace loa::station
