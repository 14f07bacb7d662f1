// Reads one mapping key by key and reports what nobody asked for. Must not know which mapping it is.
#include "config/fields.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "config/key_words.hpp"
#include "config/unicode.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

constexpr std::size_t kMostGuesses = 1000;  // unknown keys of one mapping that are thought about; more are not shown

NodePtr mapping_or_empty(NodePtr node, Diagnostics& diagnostics, const Text& what) {
  if (node && node->is_mapping()) return node;
  auto empty = std::make_shared<Node>();
  empty->kind = Node::Kind::mapping;
  if (!node) return empty;
  empty->span = node->span;
  empty->owner = node->owner;
  empty->reported = true;
  if (node->reported) return empty;
  const bool nothing = node->is_null();
  diagnostics.error(nothing ? "empty-value" : "wrong-type", node->span, msg("{0} is written as keys with values", what))
      .would(msg("nothing of it is known, so it cannot be played"))
      .mend(msg("write its keys on lines of their own below, two spaces further in, or within {{ }}"));
  return empty;
}

bool has_blank_or_mark(std::string_view key) {
  return std::any_of(key.begin(), key.end(), [](char c) { return c == ' ' || static_cast<unsigned char>(c) >= 0x80; });
}

/// The key that a text without a colon begins with: "at" of "giờ phát 5h30"; "" = none of `known`.
std::string key_in_front(std::string_view text, const std::vector<std::string>& known) {
  for (auto end = text.size(); end > 0 && end != std::string_view::npos; end = text.find_last_of(" =:", end - 1)) {
    if (auto meant = key_meant(text.substr(0, end), {}, known); !meant.empty()) return meant;
  }
  return {};
}

std::string joined(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace

Fields::Fields(NodePtr node, Diagnostics& diagnostics, Text what)
    : node_(mapping_or_empty(std::move(node), diagnostics, what)), diagnostics_(diagnostics), what_(std::move(what)) {}

const std::pair<NodePtr, NodePtr>* Fields::entry(std::string_view key) const {
  for (const auto& entry : node_->entries) {
    if (entry.first->scalar == key) return &entry;
  }
  return nullptr;
}

bool Fields::has(std::string_view key) {
  return entry(key) != nullptr;
}

bool Fields::is_broken(std::string_view key) const {
  const auto* found = entry(key);
  return found != nullptr && found->second->reported;
}

NodePtr Fields::find(std::string_view key) {
  asked_.emplace_back(key);
  const auto* found = entry(key);
  if (found == nullptr || found->second->reported) return nullptr;
  if (!found->second->is_null()) return found->second;
  diagnostics_.error("empty-value", found->first->span, msg("“{0}” has no value", key))
      .would(msg("it would be as if the line were not there"))
      .mend(msg("write a value after the colon, or delete the line"));
  return nullptr;
}

NodePtr Fields::require(std::string_view key, Text hint) {
  const bool missing = !has(key);
  auto value = find(key);
  if (!missing || node_->reported) return value;
  missing_.emplace_back(key, std::move(hint));
  return nullptr;
}

bool Fields::is_mistyped(const std::string& key) const {
  const auto most = node_->entries.begin() + static_cast<std::ptrdiff_t>(std::min(kMostGuesses, node_->entries.size()));
  return std::any_of(node_->entries.begin(), most, [&](const auto& entry) {
    const auto& written = entry.first->scalar;
    return std::find(asked_.begin(), asked_.end(), written) == asked_.end() &&
           key_meant(written, entry.second->scalar, asked_) == key;
  });
}

bool Fields::is_misplaced(const std::string& key) const {
  return std::any_of(node_->entries.begin(), node_->entries.end(),
                     [&](const auto& entry) { return home_of(entry.first->scalar) == key + ':'; });
}

void Fields::leave_out_dropped() {
  std::size_t unknown = 0;
  for (const auto& word : node_->dropped_words) {
    const auto meant = key_in_front(word, asked_);
    std::erase_if(missing_, [&](const auto& each) { return each.first == meant; });
    const bool is_value = word.empty() || (word[0] >= '0' && word[0] <= '9');  // "05:00-21:00" may be two keys' values
    if (is_value) missing_.clear();
    if (meant.empty() && !means_comment(word)) ++unknown;
  }
  if (missing_.size() <= unknown) missing_.clear();  // each may be one of them
}

void Fields::report_missing() {
  // One mistake: where an unknown key was meant, that one is told; what one advice mends is told once.
  std::erase_if(missing_, [&](const auto& each) { return is_mistyped(each.first) || is_misplaced(each.first); });
  leave_out_dropped();
  for (std::size_t first = 0, next = 0; first < missing_.size(); first = next) {
    auto& [key, hint] = missing_[first];
    auto keys = key;
    const auto advice = hint.in(Language::en);
    for (next = first + 1; next < missing_.size() && !hint.empty() && missing_[next].second.in(Language::en) == advice;
         ++next)
      keys += "”, “" + missing_[next].first;
    diagnostics_.error("missing-key", node_->owner, msg("{0} needs “{1}”", what_, keys))
        .would(msg("without it nothing of this can be played"))
        .mend(hint.empty() ? msg("add a line “{0}: …” here", key) : std::move(hint));
  }
}

Span Fields::key_span(std::string_view key) const {
  const auto* found = entry(key);
  return found != nullptr ? found->first->span : span();
}

Span Fields::span() const {
  return node_->span;
}

std::optional<std::string> Fields::words(std::string_view key) {
  const auto node = find(key);
  return node ? read_words(*node, diagnostics_) : std::nullopt;
}

std::optional<std::string> Fields::id(std::string_view key) {
  const auto node = find(key);
  return node ? read_id(*node, diagnostics_) : std::nullopt;
}

std::optional<TimeOfDay> Fields::time(std::string_view key) {
  const auto node = find(key);
  return node ? read_time(*node, diagnostics_) : std::nullopt;
}

std::optional<Duration> Fields::duration(std::string_view key) {
  const auto node = find(key);
  return node ? read_duration(*node, diagnostics_) : std::nullopt;
}

std::optional<Date> Fields::date(std::string_view key) {
  const auto node = find(key);
  return node ? read_date(*node, diagnostics_) : std::nullopt;
}

std::optional<Days> Fields::days(std::string_view key) {
  const auto node = find(key);
  return node ? read_days(*node, diagnostics_) : std::nullopt;
}

std::optional<std::vector<DateSpan>> Fields::dates(std::string_view key) {
  const auto node = find(key);
  return node ? read_dates(*node, diagnostics_) : std::nullopt;
}

std::optional<double> Fields::number(std::string_view key, double low, double high) {
  const auto node = find(key);
  return node ? read_number(*node, diagnostics_, low, high) : std::nullopt;
}

std::optional<long long> Fields::whole(std::string_view key, long long low, long long high) {
  const auto node = find(key);
  return node ? read_whole(*node, diagnostics_, low, high) : std::nullopt;
}

std::optional<bool> Fields::flag(std::string_view key) {
  const auto node = find(key);
  return node ? read_flag(*node, diagnostics_) : std::nullopt;
}

std::optional<std::string> Fields::choice(std::string_view key, const std::vector<std::string>& names) {
  const auto node = find(key);
  return node ? read_choice(*node, diagnostics_, names) : std::nullopt;
}

void Fields::not_yet(std::initializer_list<std::string_view> keys) {
  for (const auto key : keys) {
    asked_.emplace_back(key);
    later_.emplace_back(key);
    const auto* found = entry(key);
    if (found != nullptr) report_not_yet(diagnostics_, found->first->span, key);
  }
}

void Fields::pass_over(std::initializer_list<std::string_view> keys) {
  for (const auto key : keys) {
    asked_.emplace_back(key);
    later_.emplace_back(key);
  }
}

void Fields::at_home_elsewhere(std::initializer_list<std::pair<std::string_view, std::string_view>> keys) {
  for (const auto& [key, home] : keys) elsewhere_.emplace_back(key, home);
}

void Fields::at_home_outside(std::initializer_list<std::string_view> keys) {
  for (const auto key : keys) elsewhere_.emplace_back(key, std::string());
}

std::optional<std::string> Fields::home_of(std::string_view key) const {
  const auto found =
      std::find_if(elsewhere_.begin(), elsewhere_.end(), [&](const auto& each) { return each.first == key; });
  return found == elsewhere_.end() ? std::nullopt : std::optional(found->second);
}

void Fields::finish(const std::vector<std::string>& also_known) {
  report_missing();
  auto known = asked_;
  known.insert(known.end(), also_known.begin(), also_known.end());
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  std::set<std::string> written;
  std::copy_if(known.begin(), known.end(), std::inserter(written, written.end()),
               [&](const auto& key) { return has(key); });
  std::size_t unknown = 0;
  for (const auto& [key, value] : node_->entries) {
    if (std::find(asked_.begin(), asked_.end(), key->scalar) != asked_.end()) continue;
    if (++unknown == kMostGuesses) known.clear();
    const auto near = key_meant(key->scalar, value->scalar, known);
    if (written.contains(near) && !home_of(key->scalar)) {
      report_second(*key, near);
    } else {
      report_unknown(*key, near, known);
    }
  }
}

void Fields::report_second(const Node& key, const std::string& written) {
  diagnostics_.error("unknown-key", key.span, msg("unknown key “{0}” in {1}", shown(key.scalar), what_))
      .would(msg("what is written there would never take effect"))
      .mend(msg("“{0}” stands here already: take one of the two away", written));
}

void Fields::report_unknown(const Node& key, const std::string& near, const std::vector<std::string>& known) {
  const auto home = home_of(key.scalar);
  auto& made = diagnostics_.error("unknown-key", key.span, msg("unknown key “{0}” in {1}", shown(key.scalar), what_))
                   .would(msg("what is written there would never take effect"));
  if (home && home->empty()) {
    made.mend(key.flow ? msg("write it on a line of its own at the left margin, outside the braces")
                       : msg("begin its line at the left margin: it is no part of what it stands below"));
  } else if (home && home->ends_with(':')) {
    made.mend(msg("it belongs below “{0}”", *home));
  } else if (home) {
    made.mend(msg("it belongs in {0}", *home));
  } else if (!near.empty()) {
    made.mend(msg("did you mean “{0}”?", near));
  } else if (means_comment(key.scalar)) {
    made.mend(msg("write it behind a “# ”: what follows is not read"));
  } else if (key.flow && &key != node_->entries.front().first.get() && has_blank_or_mark(key.scalar)) {
    made.mend(msg(
        "if this is part of the text before it, put the whole text in quotes: within {{ }} a comma separates keys"));
  } else {
    auto usable = known;
    std::erase_if(usable,
                  [&](const auto& each) { return std::find(later_.begin(), later_.end(), each) != later_.end(); });
    made.mend(msg("known here: {0}", joined(usable)));
  }
}

void report_not_yet(Diagnostics& diagnostics, Span at, std::string_view what) {
  diagnostics.error("not-yet-supported", at, msg("“{0}” is not yet supported", what))
      .would(msg("this version would play as if it were not there"))
      .mend(msg("leave it out until a newer version of the program supports it"));
}

}  // namespace loa::config
