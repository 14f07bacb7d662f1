// Findings by date: what comes back from day to day is said once, with its first date and how often.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "config/diagnostics.hpp"
#include "scheduler/plan.hpp"

namespace loa::scheduler {

/// "T2 23/11/2026", "Mon 23/11/2026".
config::Text date_words(Date date);
/// A length for people, to the second or, below ten, to the tenth: "12min", "1min30s", "0.4s".
std::string length_words(Frames length);
/// The local time of an instant: "05:30", "05:30:15"; with a fraction of a second only when there is one.
std::string time_words(Instant instant, const calendar::Zone& zone);

/// One check's findings. Not thread-safe.
class Findings {
 public:
  explicit Findings(config::Diagnostics& diagnostics) : diagnostics_(diagnostics), before_(diagnostics.all().size()) {}

  /// How the dates stand behind the message.
  enum class Dates { first_and_last, each };

  /// The diagnostic to be filled in when this is new, else null: then it has been counted. `variant` tells apart what
  /// code and places do not. The pointer is good until the next call.
  config::Diagnostic* note(config::Severity severity, const char* code, config::Span at, config::Span other,
                           const std::string& variant, Date date, Dates dates = Dates::first_and_last);
  /// Whether `code` has been said of a place within `span` before this check began (by the reader of the files).
  bool said_before(const std::string& code, config::Span span) const;
  /// Hands everything over, the dates behind each message.
  void finish();

 private:
  struct Told {
    config::Diagnostic diagnostic;
    Date first, last;
    unsigned long days = 0;
    std::vector<Date> each;  // where each is to be told
  };
  using Key = std::tuple<std::string, const void*, std::size_t, const void*, std::size_t, std::string>;

  config::Diagnostics& diagnostics_;
  const std::size_t before_;  // findings that were there when this began
  std::map<Key, std::size_t> index_;
  std::vector<Told> told_;
};

}  // namespace loa::scheduler
