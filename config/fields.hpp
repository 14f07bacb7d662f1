// Typed reading of one mapping: every key is asked for once, the rest is reported as unknown with the nearest name.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/node.hpp"
#include "config/values.hpp"

namespace loa::config {

using NodePtr = std::shared_ptr<const Node>;

/// Each answers nothing after having reported what is wrong, at the value's place, with the right form in the hint.
std::optional<TimeOfDay> read_time(const Node& node, Diagnostics& diagnostics, bool allow_24 = false);
std::optional<Duration> read_duration(const Node& node, Diagnostics& diagnostics);
std::optional<Date> read_date(const Node& node, Diagnostics& diagnostics);
std::optional<std::vector<DateSpan>> read_dates(const Node& node,
                                                Diagnostics& diagnostics);           // one or a list; "a..b"; MM-DD
std::optional<Days> read_days(const Node& node, Diagnostics& diagnostics);           // the forms of `repeat`
std::optional<Days> read_days_or_dates(const Node& node, Diagnostics& diagnostics);  // these, or dates as they are
std::optional<double> read_number(const Node& node, Diagnostics& diagnostics, double low, double high);
std::optional<long long> read_whole(const Node& node, Diagnostics& diagnostics, long long low, long long high);
std::optional<bool> read_flag(const Node& node, Diagnostics& diagnostics);  // true | false only
/// a-z 0-9 '-', at most 64. `list_too`: a list of them may stand there as well, for the advice.
std::optional<std::string> read_id(const Node& node, Diagnostics& diagnostics, bool list_too = false);
std::string id_like(
    std::string_view words);  // an id made of a name: "Khai sinh" gives "khai-sinh"; "" when nothing is left
std::optional<std::string> read_words(const Node& node, Diagnostics& diagnostics);  // a title: any text, one line
/// A path with “/” between folders; `on_air`: what would come of a wrong one.
std::optional<std::string> read_path(const Node& node, Diagnostics& diagnostics, Text on_air);
/// Exactly one of `names`; a typo gets the nearest.
std::optional<std::string> read_choice(const Node& node, Diagnostics& diagnostics,
                                       const std::vector<std::string>& names);

/// An error "not yet supported" for a key or a value of the contract that this version does not know yet.
void report_not_yet(Diagnostics& diagnostics, Span at, std::string_view what);

/// One mapping being read. `what` says what it is, for messages: msg("an article"), msg("a programme").
/// Lives on the stack of its reader; finish() must be called once.
class Fields {
 public:
  /// A node that is not a mapping is reported and read as an empty one.
  Fields(NodePtr node, Diagnostics& diagnostics, Text what);

  bool has(std::string_view key);              // does not count as asking for it
  bool is_broken(std::string_view key) const;  // it is there, but its value was wrong and has been said (by read_yaml)
  bool is_mistyped(const std::string& key) const;  // of a key that was asked for: an unknown one was meant to be it
  /// The value of `key`, or null when it is absent. A key with an empty value is reported here and answers null.
  NodePtr find(std::string_view key);
  /// As find(); an absent key is reported by finish(), at the mapping itself, unless an unknown one was meant to be it.
  NodePtr require(std::string_view key, Text hint = {});
  /// The place of the key's own word (for messages), or of the mapping.
  Span key_span(std::string_view key) const;
  Span span() const;

  std::optional<std::string> words(std::string_view key);
  std::optional<std::string> id(std::string_view key);
  std::optional<TimeOfDay> time(std::string_view key);
  std::optional<Duration> duration(std::string_view key);
  std::optional<Date> date(std::string_view key);
  std::optional<Days> days(std::string_view key);
  std::optional<std::vector<DateSpan>> dates(std::string_view key);
  std::optional<double> number(std::string_view key, double low, double high);
  std::optional<long long> whole(std::string_view key, long long low, long long high);
  std::optional<bool> flag(std::string_view key);
  std::optional<std::string> choice(std::string_view key, const std::vector<std::string>& names);

  /// Keys of the contract that this version does not know yet: an error "not yet supported" at the key, when present.
  void not_yet(std::initializer_list<std::string_view> keys);
  /// Keys that are known but of which nothing is to be said, because another answer covers them.
  void pass_over(std::initializer_list<std::string_view> keys);
  /// Keys that are right elsewhere, for the hint: each with where it belongs ("below “audio:”" is said of "audio:").
  void at_home_elsewhere(std::initializer_list<std::pair<std::string_view, std::string_view>> keys);
  /// Keys that are right at the file's left margin, and no part of this mapping.
  void at_home_outside(std::initializer_list<std::string_view> keys);
  /// Reports every key nobody asked for (duplicates were, by read_yaml); `also_known` join the candidates for a typo.
  void finish(const std::vector<std::string>& also_known = {});

  Diagnostics& diagnostics() { return diagnostics_; }

 private:
  const std::pair<NodePtr, NodePtr>* entry(std::string_view key) const;
  void report_missing();
  void leave_out_dropped();  // required keys that a word without a colon may have been, of missing_
  bool is_misplaced(const std::string& key) const;                  // what belongs below it stands here instead
  std::optional<std::string> home_of(std::string_view key) const;   // "": at the left margin; nothing: not known
  void report_second(const Node& key, const std::string& written);  // an unknown key that was meant to be `written`
  void report_unknown(const Node& key, const std::string& near, const std::vector<std::string>& known);

  NodePtr node_;
  Diagnostics& diagnostics_;
  Text what_;
  std::vector<std::string> asked_;
  std::vector<std::string> later_;  // of them those that are not yet supported
  std::vector<std::pair<std::string, std::string>> elsewhere_;
  std::vector<std::pair<std::string, Text>> missing_;
};

}  // namespace loa::config
