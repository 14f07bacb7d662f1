// Shows complaints as the best compilers do: place, source line, underline, what it does on air, how to mend it.
// Knows screens and cells; must not know what the complaints are about.
#include <fmt/format.h>

#include <algorithm>

#include "config/diagnostics.hpp"
#include "config/unicode.hpp"

namespace loa::config {
namespace {

constexpr std::size_t kWidest = 100;          // cells of a source line that are shown
constexpr std::size_t kBefore = 40;           // of these, at most so many before the place when the line is cut
constexpr std::size_t kNeighbourhood = 1200;  // bytes around the place that are looked at

struct Paint {
  bool on;
  std::string operator()(const char* code, std::string_view words) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, words) : std::string(words);
  }
};

// A source line as shown, and where the underline stands under it.
struct Excerpt {
  std::string text;
  std::size_t indent = 0;  // cells
  std::size_t width = 1;   // cells
};

struct Part {
  std::string_view text;
  std::size_t begin = 0, end = 0;  // bytes of the place within it
  bool cut_left = false, cut_right = false;
};

std::size_t letter_begin(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

// The neighbourhood of the place within a line that may be megabytes long.
Part part_of(std::string_view line, std::size_t begin, std::size_t end) {
  Part part;
  const auto from = begin > kNeighbourhood ? letter_begin(line, begin - kNeighbourhood) : 0;
  const auto to = letter_begin(line, std::min(line.size(), begin + kNeighbourhood));
  part.text = line.substr(from, to - from);
  part.cut_left = from > 0;
  part.cut_right = to < line.size();
  part.begin = begin - from;
  part.end = std::min(end, to) - from;
  return part;
}

// Leaves out whole letters at the left so that the place is seen, then at the right so that the line fits.
void shorten(Part& part) {
  const auto all = clusters(part.text);
  std::size_t cells = 0;
  for (const auto& cluster : all) cells += static_cast<std::size_t>(cluster.cells);
  if (cells <= kWidest && !part.cut_left && !part.cut_right) return;
  std::size_t before = count_cells(part.text.substr(0, part.begin));
  std::size_t from = 0;
  for (const auto& cluster : all) {
    if (before <= kBefore) break;
    before -= static_cast<std::size_t>(cluster.cells);
    from = cluster.end;
  }
  std::size_t to = from, used = 0;
  for (const auto& cluster : all) {
    if (cluster.begin < from) continue;
    used += static_cast<std::size_t>(cluster.cells);
    if (used > kWidest) break;
    to = cluster.end;
  }
  part.cut_left = part.cut_left || from > 0;
  part.cut_right = part.cut_right || to < part.text.size();
  part.text = part.text.substr(from, to - from);
  part.begin -= from;
  part.end = std::min(part.end - from, part.text.size());
}

Excerpt excerpt_of(const Span& at) {
  const auto& source = *at.source;
  const auto number = source.position(at.begin).line;
  const auto line = source.line(number);
  const auto base = source.line_begin(number);
  const auto begin = std::min(std::max(at.begin, base) - base, line.size());
  auto part = part_of(line, begin, std::clamp(at.end, base + begin, base + line.size()) - base);
  shorten(part);
  Excerpt excerpt;
  excerpt.text = (part.cut_left ? "…" : "") + printable(part.text) + (part.cut_right ? "…" : "");
  excerpt.indent = count_cells(printable(part.text.substr(0, part.begin))) + (part.cut_left ? 1 : 0);
  excerpt.width = std::max<std::size_t>(
      1, count_cells(printable(part.text.substr(part.begin, std::max(part.end, part.begin) - part.begin))));
  return excerpt;
}

void add_excerpt(std::string& out, const Span& at, const char* colour, const Paint& paint) {
  const auto excerpt = excerpt_of(at);
  const auto number = std::to_string(at.source->position(at.begin).line);
  const auto underline = '^' + std::string(excerpt.width - 1, '~');
  out += paint("2", fmt::format("{:>6} |", number)) + ' ' + excerpt.text + '\n';
  out += paint("2", "       |") + ' ' + std::string(excerpt.indent, ' ') + paint(colour, underline) + '\n';
}

void add_note(std::string& out, const Text& label, const Text& words, Language language, const Paint& paint) {
  if (words.empty()) return;
  out += paint("2", "       =") + ' ' + paint("1", label.in(language) + ':') + ' ' + words.in(language) + '\n';
}

std::string place_of(const Diagnostic& diagnostic) {
  if (diagnostic.at.source == nullptr) return printable(diagnostic.file);
  const auto position = diagnostic.at.source->position(diagnostic.at.begin);
  return fmt::format("{}:{}:{}", printable(diagnostic.at.source->name()), position.line, position.column);
}

void add(std::string& out, const Diagnostic& diagnostic, Language language, const Paint& paint) {
  const bool error = diagnostic.severity == Severity::error;
  const char* colour = error ? "1;31" : "1;35";
  const auto label = (error ? msg("error") : msg("warning")).in(language);
  out += paint("1", place_of(diagnostic) + ':') + ' ' + paint(colour, label + ':') + ' ' +
         printable(diagnostic.message.in(language)) + " [" + diagnostic.code + "]\n";
  if (diagnostic.at.source != nullptr) add_excerpt(out, diagnostic.at, colour, paint);
  if (diagnostic.other.source != nullptr) {
    out += paint("2", "       =") + ' ' + printable(diagnostic.other.file_line()) + ":\n";
    add_excerpt(out, diagnostic.other, "1;36", paint);
  }
  add_note(out, msg("on air"), diagnostic.on_air, language, paint);
  add_note(out, msg("fix"), diagnostic.hint, language, paint);
}

}  // namespace

Text summary(const Diagnostics& diagnostics) {
  const auto errors = diagnostics.count(Severity::error), warnings = diagnostics.count(Severity::warning);
  return msg("{0}, {1}", msgn("{0} error", "{0} errors", errors, errors),
             msgn("{0} warning", "{0} warnings", warnings, warnings));
}

std::string to_text(const Diagnostics& diagnostics, Language language, bool colour) {
  std::string out;
  for (const auto& diagnostic : diagnostics.sorted()) add(out, diagnostic, language, Paint{colour});
  const auto more = diagnostics.unshown();
  if (more > 0)
    out += msgn("{0} more finding is not shown", "{0} more findings are not shown", more, more).in(language) + '\n';
  return out;
}

}  // namespace loa::config
