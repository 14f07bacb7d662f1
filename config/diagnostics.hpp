// Complaints about an operator's files: collected all at once, shown like a compiler's, or as JSON lines.
#pragma once

#include <string>
#include <vector>

#include "config/source_text.hpp"
#include "config/text.hpp"

namespace loa::config {

enum class Severity { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;  // stable, kebab-case: "unknown-key", "slots-overlap"; documented in docs/diagnostics.md
  Span at;           // where; for a finding at two places the later one
  std::string file;  // only when `at` has no source: the file or folder meant
  Text message;      // what is wrong
  Text on_air;       // what it would do on air; may be empty
  Text hint;         // how to mend it; may be empty
  Span other;        // the other place, if any; the message names it as file:line

  Diagnostic& would(Text consequence) {
    on_air = std::move(consequence);
    return *this;
  }
  Diagnostic& mend(Text advice) {
    hint = std::move(advice);
    return *this;
  }
  Diagnostic& with(Span second) {
    other = second;
    return *this;
  }
};

/// Ordered by file, line, column when shown. Not thread-safe; one per check. After the first 1000 findings the rest are
/// only counted, so that no file can fill the memory. A returned reference is good until the next call.
class Diagnostics {
 public:
  Diagnostic& error(std::string code, Span at, Text message);
  Diagnostic& warning(std::string code, Span at, Text message);
  Diagnostic& file_error(std::string code, std::string file, Text message);
  Diagnostic& file_warning(std::string code, std::string file, Text message);

  const std::vector<Diagnostic>& all() const { return all_; }
  std::vector<Diagnostic> sorted() const;  // without repetitions, as aliases make them
  bool has_errors() const { return errors_ > 0; }
  std::size_t count(Severity severity) const;
  std::size_t unshown() const { return unshown_; }  // counted but not kept
  void append(Diagnostics other);

 private:
  Diagnostic& add(Severity severity, std::string code, Span at, std::string file, Text message);

  std::vector<Diagnostic> all_;
  Diagnostic spare_;
  std::size_t errors_ = 0, warnings_ = 0, unshown_ = 0;
};

/// "2 errors, 1 warning".
Text summary(const Diagnostics& diagnostics);

/// file:line:column, source line, underline, message, what it does on air, hint. `colour`: ANSI for a terminal.
std::string to_text(const Diagnostics& diagnostics, Language language, bool colour);
/// One JSON object a line: file line column end_column severity code message hint (contract 3). on_air follows the
/// message.
std::string to_json_lines(const Diagnostics& diagnostics, Language language);

/// Nearest known name for a typo (Damerau-Levenshtein over folded text), or "" when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace loa::config
