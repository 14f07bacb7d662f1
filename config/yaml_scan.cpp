// The scanner behind yaml_scan.hpp. One pass; knows just enough of YAML to tell text from structure.
#include "config/yaml_scan.hpp"

#include <algorithm>

namespace loa::config::yaml {
namespace {

bool is_key_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::string_view without_dashes(std::string_view line) {
  while (!line.empty()) {
    const bool dash = line[0] == '-' && (line.size() == 1 || is_blank(line[1]));
    if (!is_blank(line[0]) && !dash) break;
    line.remove_prefix(1);
  }
  return line;
}

class Scanner {
 public:
  Scanner(std::string_view bytes, std::size_t begin) : bytes_(bytes), at_(begin), line_(begin) {}

  Scan run() {
    while (at_ < bytes_.size()) step();
    for (const auto bracket : brackets_) result_.open_brackets.push_back(bracket);
    return std::move(result_);
  }

 private:
  char here() const { return bytes_[at_]; }
  char after() const { return at_ + 1 < bytes_.size() ? bytes_[at_ + 1] : '\n'; }
  bool ends_word(char c) const {
    return is_blank(c) || is_line_end(c) || (in_flow() && (c == ',' || c == ']' || c == '}' || c == '[' || c == '{'));
  }
  bool in_flow() const { return !brackets_.empty(); }

  void step() {
    if (is_line_end(here())) return new_line();
    if (is_blank(here())) {
      blank_before_ = true;
      ++at_;
      return;
    }
    if (at_ == line_ && in_flow() && looks_like_key(bytes_.substr(at_, line_end(bytes_, at_) - at_))) leave_brackets();
    if (here() == '#' && blank_before_) return add(Region::Kind::comment, line_end(bytes_, at_));
    blank_before_ = false;
    if (token_start_) return token();
    within_plain();
  }

  void new_line() {
    ++at_;
    line_ = at_;
    token_start_ = true;
    blank_before_ = true;
    column_fresh_ = true;
  }

  // A key at the line's begin proves that what is open was to be closed before.
  void leave_brackets() {
    for (const auto bracket : brackets_) result_.open_brackets.push_back(bracket);
    brackets_.clear();
  }

  void token() {
    const char c = here();
    const bool indicator = (c == '-' || c == '?' || c == ':') && ends_word(after());
    if (c == '"' || c == '\'') return quoted(c);
    if ((c == '|' || c == '>') && !in_flow() && block_header()) return block_text();
    if (c == '&' || c == '!') return property();
    ++(indicator || c == ',' ? result_.marks : result_.values);
    if (indicator || bracket(c)) {
      if (c == '-') column_ = at_ - line_;
      ++at_;
      return;
    }
    note_column();
    token_start_ = false;
    ++at_;
  }

  void within_plain() {
    const char c = here();
    if (c == ':' && ends_word(after())) {
      token_start_ = true;
    } else if (in_flow()) {
      bracket(c);
    }
    ++at_;
  }

  // The column that decides what belongs to the value: of the first key or dash of the line.
  void note_column() {
    if (column_fresh_) column_ = at_ - line_;
    column_fresh_ = false;
  }

  bool bracket(char c) {
    if (c == '[' || c == '{') {
      note_column();
      brackets_.push_back(at_);
      if (brackets_.size() > result_.deepest) {
        result_.deepest = brackets_.size();
        result_.deepest_at = at_;
      }
      return token_start_ = true;
    }
    if (!in_flow()) return false;
    if (c == ',') {
      ++result_.marks;
      return token_start_ = true;
    }
    if (c != ']' && c != '}') return false;
    brackets_.pop_back();
    token_start_ = false;
    return true;
  }

  void property() {
    ++result_.marks;
    while (at_ < bytes_.size() && !ends_word(here())) ++at_;
  }

  void add(Region::Kind kind, std::size_t end, bool open = false) {
    result_.regions.push_back({kind, at_, end, open});
    at_ = end;
  }

  void quoted(char quote) {
    ++result_.values;
    note_column();
    token_start_ = false;
    const auto kind = quote == '"' ? Region::Kind::double_quoted : Region::Kind::single_quoted;
    const auto end = end_of_quote(quote);
    if (end <= bytes_.size() && !swallows_lines(at_, end)) {
      token_start_ = true;  // another one may follow directly
      return add(kind, end);
    }
    brackets_.clear();
    add(kind, line_end(bytes_, at_), true);
  }

  // After the closing quote; beyond the size when there is none.
  std::size_t end_of_quote(char quote) const {
    for (auto at = at_ + 1; at < bytes_.size(); ++at) {
      if (quote == '"' && bytes_[at] == '\\') {
        ++at;
      } else if (bytes_[at] == quote) {
        const bool doubled = quote == '\'' && at + 1 < bytes_.size() && bytes_[at + 1] == quote;
        if (!doubled) return at + 1;
        ++at;
      }
    }
    return bytes_.size() + 1;
  }

  // Lines within a quoted text that are not further in than its key, or that look like keys or list items.
  bool swallows_lines(std::size_t begin, std::size_t end) const {
    const auto until = bytes_.substr(0, end);  // so that no longer line is looked at than need be
    for (auto line = next_line(until, begin); line < end; line = next_line(until, line)) {
      const auto text = until.substr(line, line_end(until, line) - line);
      const auto indent = text.find_first_not_of(" \t");
      if (indent == std::string_view::npos) continue;
      const bool item = text[indent] == '-' && indent + 1 < text.size() && is_blank(text[indent + 1]);
      if (indent <= column_ || item || looks_like_key(text)) return true;
    }
    return false;
  }

  bool block_header() const {
    auto at = at_ + 1;
    while (at < bytes_.size() && std::string_view("+-0123456789").find(bytes_[at]) != std::string_view::npos) ++at;
    return at == bytes_.size() || is_blank(bytes_[at]) || is_line_end(bytes_[at]);
  }

  void block_text() {
    at_ = next_line(bytes_, at_);
    auto end = at_;
    for (auto line = at_; line < bytes_.size(); line = next_line(bytes_, line)) {
      const auto text = bytes_.substr(line, line_end(bytes_, line) - line);
      const auto indent = text.find_first_not_of(' ');
      if (indent != std::string_view::npos && indent <= column_) break;
      end = next_line(bytes_, line);
    }
    add(Region::Kind::block_text, end);
    line_ = at_;
    blank_before_ = column_fresh_ = token_start_ = true;
  }

  std::string_view bytes_;
  std::size_t at_;
  std::size_t line_;  // begin of the current line
  Scan result_;
  std::size_t column_ = 0;  // see note_column
  bool column_fresh_ = true;
  bool token_start_ = true;   // a value or key may begin here
  bool blank_before_ = true;  // so that a # begins a comment
  std::vector<std::size_t> brackets_;
};

}  // namespace

const Region* Scan::at(std::size_t offset) const {
  const auto after = std::upper_bound(regions.begin(), regions.end(), offset,
                                      [](std::size_t value, const Region& region) { return value < region.begin; });
  if (after == regions.begin()) return nullptr;
  const auto& region = *std::prev(after);
  return offset < region.end ? &region : nullptr;
}

Scan scan(std::string_view bytes, std::size_t begin) {
  return Scanner(bytes, begin).run();
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

std::size_t line_begin(std::string_view bytes, std::size_t offset) {
  while (offset > 0 && !is_line_end(bytes[offset - 1])) --offset;
  return offset;
}

std::size_t line_end(std::string_view bytes, std::size_t offset) {
  return std::min(bytes.find_first_of("\r\n", offset), bytes.size());
}

std::size_t next_line(std::string_view bytes, std::size_t offset) {
  const auto end = line_end(bytes, offset);
  if (end == bytes.size()) return end;
  return bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n' ? end + 2 : end + 1;
}

std::string_view key_of_line(std::string_view line) {
  line = without_dashes(line);
  std::size_t end = 0;
  while (end < line.size() && is_key_letter(line[end])) ++end;
  const bool key =
      end > 0 && end < line.size() && line[end] == ':' && (end + 1 == line.size() || is_blank(line[end + 1]));
  return key ? line.substr(0, end) : std::string_view();
}

bool looks_like_key(std::string_view line) {
  return !key_of_line(line).empty();
}

}  // namespace loa::config::yaml
