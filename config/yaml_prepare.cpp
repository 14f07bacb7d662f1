// The pre-scan behind yaml_prepare.hpp.
#include "config/yaml_prepare.hpp"

#include <algorithm>

#include "config/value_shape.hpp"

namespace loa::config::yaml {
namespace {

constexpr std::size_t kHopeless = 1000;  // mistakes; as many as are shown
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kInvisible[] = {"\u00A0", "\u2007", "\u202F", "\u200B", "\uFEFF", "\u3000"};

// Length in bytes of the control character at `at`, or 0. The two libraries do not agree on the last two, Unicode's
// line ends.
std::size_t control_at(std::string_view bytes, std::size_t at) {
  const auto c = static_cast<unsigned char>(bytes[at]);
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r' ? 0 : 1;
  if (c == 0x7F) return 1;
  const auto rest = bytes.substr(at);
  if (c == 0xC2 && rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0) return 2;
  return rest.starts_with("\u2028") || rest.starts_with("\u2029") ? 3 : 0;
}

// Length in bytes of the invisible character at `at`, or 0.
std::size_t invisible_at(std::string_view bytes, std::size_t at) {
  for (const auto piece : kInvisible) {
    if (bytes.substr(at).starts_with(piece)) return piece.size();
  }
  return 0;
}

class Preparation {
 public:
  Preparation(const SourceText& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {
    result_.source = &source;
    result_.bytes = std::string(source.bytes());
    if (source.bytes().starts_with(kByteOrderMark)) result_.begin = kByteOrderMark.size();
    blank(0, result_.begin);
  }

  Prepared run() {
    lone_returns();
    control_characters();
    result_.scan = scan(result_.bytes, result_.begin);
    open_quotes();
    for (auto line = result_.begin; line < bytes().size() && !hopeless(); line = next_line(bytes(), line)) {
      look_at_line(line);
    }
    result_.hopeless = hopeless();
    std::sort(result_.reported.begin(), result_.reported.end());
    return std::move(result_);
  }

 private:
  std::string_view bytes() const { return result_.bytes; }
  bool hopeless() const { return result_.reported.size() >= kHopeless; }

  void blank(std::size_t begin, std::size_t end, char with = ' ') {
    std::fill(result_.bytes.begin() + static_cast<std::ptrdiff_t>(begin),
              result_.bytes.begin() + static_cast<std::ptrdiff_t>(end), with);
  }

  Diagnostic& report(const char* code, std::size_t begin, std::size_t end, Text message) {
    result_.reported.push_back(begin);
    return diagnostics_.error(code, {&source_, begin, end}, std::move(message));
  }

  // A line end of old Macs, and one of YAML; not all that follows knows it.
  void lone_returns() {
    for (auto at = bytes().find('\r'); at != std::string_view::npos; at = bytes().find('\r', at + 1)) {
      if (at + 1 == bytes().size() || bytes()[at + 1] != '\n') blank(at, at + 1, '\n');
    }
  }

  void control_characters() {
    for (std::size_t at = 0; at < bytes().size() && !hopeless(); ++at) {
      const auto size = control_at(bytes(), at);
      if (size == 0) continue;
      report("control-character", at, at + size, msg("an invisible control character stands here"))
          .would(msg("it would be part of what it stands in, which then means something else"))
          .mend(msg("delete it, and the letters around it if need be, and type them again"));
      blank(at, at + size);
    }
  }

  void open_quotes() {
    for (const auto& region : result_.scan.regions) {
      if (!region.open || hopeless()) continue;
      const std::string mark(1, bytes()[region.begin]);
      report("missing-closing-quote", region.begin, region.end, msg("this {0} is not closed on its line", mark))
          .would(msg("everything up to the next {0} would be swallowed into one text, programmes included", mark))
          .mend(msg("close it: {0}", closed(region, mark)));
      blank(region.begin, region.end, 'x');
    }
  }

  // The text with its quote closed: before the next key within brackets, else before the closing bracket.
  std::string closed(const Region& region, const std::string& mark) const {
    auto text = bytes().substr(region.begin, region.end - region.begin);
    std::string rest;
    for (auto comma = text.find(", "); comma != std::string_view::npos && rest.empty();
         comma = text.find(", ", comma + 1)) {
      if (looks_like_key(text.substr(comma + 2))) rest = text.substr(comma);
    }
    if (rest.empty() && (text.ends_with('}') || text.ends_with(']'))) rest = text.back();
    text.remove_suffix(rest.size());
    for (const std::string_view curly : {"”", "“", "’"}) {
      if (text.ends_with(curly)) text.remove_suffix(curly.size());
    }
    return shown(text) + mark + shown(rest);
  }

  void look_at_line(std::size_t begin) {
    const auto* region = result_.scan.at(begin);
    if (region != nullptr && region->kind != Region::Kind::comment && region->begin < begin) return;
    indentation(begin);
    const auto end = line_end(bytes(), begin);
    after_indicators(begin, end);
    line_tail(begin, end);
    document_mark(begin, end);
  }

  void indentation(std::size_t begin) {
    auto at = begin;
    bool tab = false, invisible = false;
    while (at < bytes().size()) {
      const auto size = invisible_at(bytes(), at);
      if (size == 0 && !is_blank(bytes()[at])) break;
      tab = tab || bytes()[at] == '\t';
      invisible = invisible || size > 0;
      at += std::max<std::size_t>(1, size);
    }
    if (!tab && !invisible) return;
    const bool nothing_follows = at == bytes().size() || is_line_end(bytes()[at]) || bytes()[at] == '#';
    if (!nothing_follows && tab) report_tab(begin, at);
    if (!nothing_follows && !tab) report_invisible(begin, at);
    blank(begin, at);
  }

  void report_tab(std::size_t begin, std::size_t end) {
    report("tab-in-indentation", begin, end, msg("a tab stands at the start of the line; only spaces may stand there"))
        .would(msg("it would not be clear what the line belongs to"))
        .mend(msg("replace each tab with two spaces, as the lines above have them"));
  }

  void report_invisible(std::size_t begin, std::size_t end) {
    report("non-breaking-space", begin, end, msg("an invisible character stands here that is not an ordinary space"))
        .would(msg("the line would be read as something else: a key would not be recognised"))
        .mend(msg("delete it and press the space bar; texts from Word and from web pages bring it along"));
  }

  // Behind the colon of a key and behind a dash.
  void after_indicators(std::size_t begin, std::size_t end) {
    auto at = begin;
    while (at < end && (is_blank(bytes()[at]) || bytes()[at] == '-')) {
      ++at;
      if (bytes()[at - 1] == '-') at = blanked(at);
    }
    const auto key = at;
    while (at < end && bytes()[at] != ':' && static_cast<unsigned char>(bytes()[at]) < 0x80 && !is_blank(bytes()[at]))
      ++at;
    if (at > key && at < end && bytes()[at] == ':') blanked(at + 1);
  }

  std::size_t blanked(std::size_t at) {
    auto end = at;
    while (const auto size = invisible_at(bytes(), end)) end += size;
    if (end == at) return at;
    report_invisible(at, end);
    blank(at, end);
    return end;
  }

  void line_tail(std::size_t begin, std::size_t end) {
    auto tail = end;
    for (bool more = true; more && tail > begin;) {
      more = is_blank(bytes()[tail - 1]);
      if (more) --tail;
      for (const auto piece : kInvisible) {
        if (!more && tail - begin >= piece.size() && bytes().substr(tail - piece.size(), piece.size()) == piece) {
          tail -= piece.size();
          more = true;
        }
      }
    }
    if (result_.scan.at(end > begin ? end - 1 : begin) == nullptr) blank(tail, end);
  }

  void document_mark(std::size_t begin, std::size_t end) {
    const auto line = bytes().substr(begin, end - begin);
    const bool mark = line.starts_with("---") || line.starts_with("...");
    const bool content = !mark && !line.empty() && line[0] != '%' &&
                         line.find_first_not_of(" \t") != std::string_view::npos &&
                         line[line.find_first_not_of(" \t")] != '#';
    if (content && ended_) {
      ended_ = false;
      report_second(begin, end);
    }
    content_ = content_ || content;
    if (!mark || (line.size() > 3 && !is_blank(line[3]))) return;
    if (line[0] == '.') {
      ended_ = content_;
      blank(begin, begin + 3);
    } else if (content_) {
      report_second(begin, begin + 3);
      blank(begin, begin + 3);
    } else {
      content_ =
          line.find_first_not_of(" \t", 3) != std::string_view::npos && line[line.find_first_not_of(" \t", 3)] != '#';
    }
  }

  void report_second(std::size_t begin, std::size_t end) {
    result_.second_document = true;
    diagnostics_.error("second-document", {&source_, begin, end}, msg("a second YAML document begins here"))
        .would(msg("other programs read only the first one and would leave out all that follows"))
        .mend(msg("delete the line with --- or ..., or put what follows into a file of its own"));
  }

  const SourceText& source_;
  Diagnostics& diagnostics_;
  Prepared result_;
  bool content_ = false;  // something but comments has been seen
  bool ended_ = false;    // ... has been seen after it
};

}  // namespace

bool Prepared::reported_within(std::size_t first, std::size_t last) const {
  const auto found = std::lower_bound(reported.begin(), reported.end(), first);
  return found != reported.end() && *found < last;
}

Prepared prepare(const SourceText& source, Diagnostics& diagnostics) {
  return Preparation(source, diagnostics).run();
}

}  // namespace loa::config::yaml
