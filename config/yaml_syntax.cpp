// The explanations behind yaml_syntax.hpp: from yaml-cpp's words and the lines around the place to the likely slip.
#include "config/yaml_syntax.hpp"

#include <algorithm>
#include <array>

#include "config/value_shape.hpp"
#include "config/yaml_lone.hpp"
#include "config/yaml_meant.hpp"
#include "config/yaml_places.hpp"
#include "config/yaml_second.hpp"

namespace loa::config::yaml {
namespace {

using std::string_view;

class Explanation {
 public:
  Explanation(const Prepared& text, const Block& block, const Fault& fault, Diagnostics& diagnostics)
      : text_(text), bytes_(text.bytes), block_(block), fault_(fault), at_(fault.offset), diagnostics_(diagnostics) {
    line_ = line_begin(bytes_, at_);
    if (line_ == at_ && fault.words.starts_with("end of")) at_ = skip_blanks(bytes_, at_);
    at_ = std::min(at_, bytes_.size());
    line_ = line_begin(bytes_, at_);
  }

  void run() {
    using Step = bool (Explanation::*)();
    static constexpr std::array<Step, 14> steps = {
        &Explanation::item_mark,           &Explanation::special_character,  &Explanation::unknown_alias,
        &Explanation::backslash,           &Explanation::open_bracket,       &Explanation::stray_bracket,
        &Explanation::dash_in_line,        &Explanation::comma_after_quote,  &Explanation::text_after_quote,
        &Explanation::colon_in_text,       &Explanation::line_without_colon, &Explanation::indentation,
        &Explanation::nothing_in_brackets, &Explanation::colon_in_brackets};
    for (const auto step : steps) {
      if ((this->*step)()) return;
    }
    generic();
  }

 private:
  bool says(string_view words) const { return fault_.words.find(words) != string_view::npos; }
  string_view rest_of_line(std::size_t at) const {
    auto rest = bytes_.substr(at, line_end(bytes_, at) - at);
    while (!rest.empty() && is_blank(rest.back())) rest.remove_suffix(1);
    return rest;
  }
  std::size_t indent(std::size_t line) const { return rest_of_line(line).find_first_not_of(" -"); }

  // Begin of the line above that holds something, or npos.
  std::size_t line_above(std::size_t line) const {
    while (line > block_.begin) {
      line = line_begin(bytes_, line - (line > 1 && bytes_[line - 1] == '\n' && bytes_[line - 2] == '\r' ? 2 : 1));
      const auto text = rest_of_line(line);
      const auto first = text.find_first_not_of(' ');
      if (first != string_view::npos && text[first] != '#') return line;
    }
    return string_view::npos;
  }

  // The value on the line of `line` behind its first ": ", or npos.
  std::size_t value_on(std::size_t line) const {
    const auto text = rest_of_line(line);
    const auto colon = text.find(": ");
    if (colon == string_view::npos) return string_view::npos;
    const auto value = text.find_first_not_of(' ', colon + 1);
    return value == string_view::npos ? value : line + value;
  }

  bool report(const char* code, std::size_t begin, std::size_t end, Text message, Text hint) {
    end = std::min(std::max(end, begin + 1), std::max(bytes_.size(), begin));
    const auto name = key_of_line(rest_of_line(block_.begin));
    diagnostics_.error(code, {text_.source, begin, end}, std::move(message))
        .would(name.empty() ? msg("nothing of this file can be played")
                            : msg("nothing below “{0}” can be played", name))
        .mend(std::move(hint));
    return true;
  }

  bool item_mark() {
    for (const auto line : {line_, line_above(line_)}) {
      if (line == string_view::npos || text_.scan.at(line) != nullptr) continue;
      const auto text = rest_of_line(line);
      const auto begin = std::min(text.find_first_not_of(' '), text.size());
      const auto item = text.substr(begin);
      const auto mark = wrong_mark(item);
      const bool missing = mark == 0 && says("end of sequence not found") && line == line_ && beside_dash(begin);
      if (mark == 0 && !missing) continue;
      return report("item-dash", line + begin, line + text.size(),
                    missing ? msg("this line stands among the items of a list, and has no dash")
                            : msg("an item of a list begins with a dash and a blank"),
                    shown(item) == item ? msg("write - {0}", item.substr(mark)) : msg("put “- ” in front of it"));
    }
    return false;
  }

  /// Whether the line above begins with a dash in this column.
  bool beside_dash(std::size_t column) const {
    const auto above = line_above(line_);
    if (above == string_view::npos) return false;
    const auto text = rest_of_line(above);
    return text.find_first_not_of(' ') == column && text.substr(column).starts_with("- ");
  }

  bool special_character() {
    if (!says("unknown token") && !says("found while scanning a") && !says("not found after")) return false;
    const auto begin = value_begin();
    const auto text = rest_of_line(begin);
    if (!text.empty() && std::isalnum(static_cast<unsigned char>(text[0])) != 0) return false;  // it stands further on
    return report("special-character", begin, begin + 1, msg("a text cannot begin with “{0}”", text.substr(0, 1)),
                  quote_this(text));
  }

  // Back to the begin of the value that the parser was in.
  std::size_t value_begin() const {
    auto begin = std::min(at_, bytes_.size());
    while (begin > line_ && !is_blank(bytes_[begin - 1]) && bytes_[begin - 1] != ',' && bytes_[begin - 1] != '[')
      --begin;
    const bool sign_before = begin > line_ + 1 && (bytes_[begin - 2] == '*' || bytes_[begin - 2] == '&');
    return sign_before ? begin - 2 : begin;
  }

  bool unknown_alias() {
    if (!says("anchor is not defined")) return false;
    const auto text = rest_of_line(at_);
    const auto end = at_ + std::min(text.find_first_of(" ,]}"), text.size());
    return report(
        "unknown-alias", at_, end,
        msg("“{0}” is read as a reference, and nothing bears that name", shown(bytes_.substr(at_, end - at_))),
        quote_this(text));
  }

  bool backslash() {
    if (!says("hex number") && !says("unknown escape") && !says("invalid unicode")) return false;
    auto begin = std::min(at_, bytes_.size() - 1);
    while (begin > line_ && bytes_[begin] != '\\') --begin;
    return report("backslash-escape", begin, begin + 2, msg("within \" \" a backslash does not stand for itself"),
                  msg("separate folders with “/”, or use ' ' instead of \" \""));
  }

  bool open_bracket() {
    // Behind an open bracket dashes and colons mean something else.
    const bool behind = says("illegal block entry") || says("illegal map value") || says("end of map not found");
    if (!says("flow not found") && !behind) return false;
    for (const auto bracket : text_.scan.open_brackets) {
      if (bracket < block_.begin || bracket >= block_.end || (behind && bracket > at_)) continue;
      const string_view mark = bytes_.substr(bracket, 1);
      const bool list = mark == "[";
      const auto end = line_end(bytes_, bracket);
      return report("open-bracket", bracket, end, msg("this {0} is not closed", mark),
                    msg("add {0} where it ends", list ? "]" : "}"));
    }
    return false;
  }

  bool stray_bracket() {
    if (!says("illegal flow end")) return false;
    const auto mark = bytes_.substr(at_, 1);
    return report("stray-bracket", at_, at_ + 1, msg("this {0} closes nothing", mark),
                  msg("delete it, or add the opening bracket"));
  }

  bool dash_in_line() {
    if (!says("illegal block entry")) return false;
    return report("dash-in-line", at_, at_ + 1, msg("a list does not begin on the line of its key"),
                  msg("put “- ” on the next line, two spaces further in than the key, or write [a, b]"));
  }

  /// Whether a bracket that begins a value before `place` is still open there.
  bool within_brackets(std::size_t place) const {
    std::size_t depth = 0;
    char before = '\n';  // that is not blank
    auto region = text_.scan.regions.begin();
    for (auto at = block_.begin; at < place; ++at) {
      while (region != text_.scan.regions.end() && region->end <= at) ++region;
      if (region != text_.scan.regions.end() && region->begin <= at) {
        at = std::max(region->end, at + 1) - 1;
        before = '"';
        continue;
      }
      const char c = bytes_[at];
      const bool begins = string_view("\n:-,[{").find(before) != string_view::npos;
      if ((c == '[' || c == '{') && begins) ++depth;
      if ((c == ']' || c == '}') && depth > 0) --depth;
      if (!is_blank(c)) before = is_line_end(c) ? '\n' : c;
    }
    return depth > 0;
  }

  /// `at: "05:30",` as in other languages.
  bool comma_after_quote() {
    const auto above = line_above(line_);
    for (const auto& region : text_.scan.regions) {
      const auto line = line_begin(bytes_, std::min(region.begin, bytes_.size()));
      const bool quoted = region.kind == Region::Kind::double_quoted || region.kind == Region::Kind::single_quoted;
      if (!quoted || region.open || (line != line_ && line != above) || rest_of_line(region.end) != ",") continue;
      if (within_brackets(region.end)) continue;  // there a comma separates
      return report("text-after-quote", region.end, region.end + 1,
                    msg("the text ends with its quote; “{0}” follows it", ","), msg("take the comma away"));
    }
    return false;
  }

  bool text_after_quote() {
    for (const auto& region : text_.scan.regions) {
      const bool quoted = region.kind == Region::Kind::double_quoted || region.kind == Region::Kind::single_quoted;
      if (!quoted || region.open || region.end < line_ || region.end > at_) continue;
      const auto rest = rest_of_line(region.end);
      const auto first = rest.find_first_not_of(' ');
      if (first == string_view::npos || string_view(":,]}#").find(rest[first]) != string_view::npos) continue;
      const bool twice = bytes_[region.begin] == '"';
      return report("text-after-quote", region.end + first, region.end + rest.size(),
                    msg("the text ends with its quote; “{0}” follows it", shown(rest.substr(first))),
                    twice ? msg("put the whole text in ' ', with the \" inside")
                          : msg("put the whole text in \" \", with the ' inside"));
    }
    return false;
  }

  bool colon_in_text() {
    if (!says("illegal map value")) return false;
    const auto value = value_on(line_);
    if (value == string_view::npos || value >= at_) return false;
    const auto key = key_of_line(rest_of_line(line_));
    return report("colon-in-text", at_, at_ + 1, msg("a colon followed by a space stands in a text without quotes"),
                  colon_advice(key, rest_of_line(value)));
  }

  // The parser stumbles over the line after the one where the colon, or the blank behind it, is missing.
  bool line_without_colon() {
    if (!says("illegal map value") && !says("end of map not found")) return false;
    for (const auto line : {line_, line_above(line_)}) {
      if (line == string_view::npos || text_.scan.at(line) != nullptr) continue;
      const auto text = rest_of_line(line);
      const auto begin = text.find_first_not_of(" ");
      if (begin == string_view::npos || text[begin] == '-' || text[begin] == '[' || text[begin] == '{') continue;
      if (text.find(": ") != string_view::npos || text.ends_with(':')) continue;
      Node word;
      word.scalar = std::string(text.substr(begin));
      word.span = {text_.source, line + begin, line + text.size()};
      report_lone_word(word, diagnostics_);
      return true;
    }
    return false;
  }

  bool indentation() {
    if (!says("illegal map value") && !says("end of map not found") && !says("end of sequence not found")) return false;
    const auto above = line_above(line_);
    if (above == string_view::npos) return false;
    const auto text = rest_of_line(line_);
    const auto begin = std::min(text.find_first_not_of(' '), text.size());
    const bool item = text.substr(begin).starts_with("- ") && value_on(above) != string_view::npos;
    const bool deeper = indent(line_) > indent(above);
    const bool same = indent(line_) == indent(above);
    return report("wrong-indentation", line_ + begin, line_ + text.size(),
                  item     ? msg("this item stands below a line that already has a value")
                  : deeper ? msg("this line stands further in than the one above, which already has a value")
                  : same   ? msg("this line does not fit the list or the keys above it")
                           : msg("this line stands neither below the keys above it nor below those around them"),
                  msg("begin it in the column of the lines that it belongs to, with spaces only"));
  }

  /// "count:}" and "count:,": nothing behind the colon.
  bool nothing_in_brackets() {
    const auto colon = at_ < bytes_.size() && bytes_[at_] == ':' ? at_ : bytes_.find_last_of(':', at_);
    if (colon == string_view::npos || colon < line_ || text_.scan.at(colon) != nullptr) return false;
    const auto next = skip_blanks(bytes_, colon + 1);
    if (next >= bytes_.size() || (bytes_[next] != '}' && bytes_[next] != ',')) return false;
    const auto before = bytes_.find_last_of("{, ", colon);
    if (before == string_view::npos || before < line_) return false;
    const auto key = bytes_.substr(before + 1, colon - before - 1);
    return report("empty-value", before + 1, colon, msg("“{0}” has no value", shown(key)),
                  msg("write a value after the colon, or take “{0}:” away", shown(key)));
  }

  bool colon_in_brackets() {
    if (!says("flow not found")) return false;
    const auto mark = bytes_.find_last_of("{,[", at_);
    const auto end = std::min(bytes_.find_first_of(",}]\r\n", at_), bytes_.size());
    const auto begin = mark == string_view::npos ? line_ : std::max(mark + 1, line_);
    if (mark == string_view::npos || begin > end) return false;
    auto entry = bytes_.substr(begin, end - begin);
    entry.remove_prefix(std::min(entry.find_first_not_of(' '), entry.size()));
    const auto colon = entry.find(": ");
    if (colon == string_view::npos || entry.find(": ", colon + 1) == string_view::npos) return false;
    return report("colon-in-text", at_, at_ + 1, msg("a colon followed by a space stands in a text without quotes"),
                  colon_advice(entry.substr(0, colon), entry.substr(colon + 2)));
  }

  void generic() {
    const auto begin = std::min(at_, bytes_.size());
    const auto second = second_opinion(bytes_.substr(block_.begin, block_.end - block_.begin));
    const auto place = second ? std::min(block_.begin + second->offset, bytes_.size()) : begin;
    report("yaml-syntax", place, place + 1,
           msg("from here on this is not YAML ({0})", second ? second->words : fault_.words),
           msg("compare the line and the one above with the example station's files"));
  }

  const Prepared& text_;
  string_view bytes_;
  Block block_;
  const Fault& fault_;
  std::size_t at_;        // where the parser stumbled
  std::size_t line_ = 0;  // begin of that line
  Diagnostics& diagnostics_;
};

}  // namespace

void explain(const Prepared& text, const Block& block, const Fault& fault, Diagnostics& diagnostics) {
  Explanation(text, block, fault, diagnostics).run();
}

}  // namespace loa::config::yaml
