#include "daemon/station/run/run_tell.hpp"

#include "daemon/station/host/output.hpp"

namespace loa::station {

namespace {

using config::msg;

std::string field(const wire::Fields& row, std::string_view key) {
  const auto* value = row.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// "05:30:00" of an RFC 3339 instant.
std::string time_in(const wire::Fields& row, std::string_view key) {
  const auto instant = field(row, key);
  return instant.size() >= 19 ? instant.substr(11, 8) : instant;
}

/// What a row is about, for people: the article, or the name of a file that nobody planned.
std::string subject_in(const wire::Fields& row) {
  const auto article = field(row, "article"), clip = field(row, "clip");
  return article.empty() ? clip.substr(clip.rfind('/') + 1) : article;
}

config::Text item_words(const wire::Fields& row) {
  if (field(row, "what") == "pause") return {};
  const auto verdict = field(row, "verdict"), reason = field(row, "reason");
  const auto outcome = reason == "none" || reason.empty() ? verdict : verdict + "/" + reason;
  return msg("{0} {1}: {2}", time_in(row, "planned_start"), subject_in(row), outcome);
}

}  // namespace

config::Text words_for_row(const wire::Fields& row) {
  const auto kind = field(row, "kind");
  if (kind == "start") return msg("{0} goes on air: {1}", time_in(row, "planned_start"), subject_in(row));
  if (kind == "item") return item_words(row);
  if (kind == "device") return msg("SOUND DEVICE: {0}", field(row, "note"));
  if (kind == "clock") return msg("clock: {0}", field(row, "note"));
  if (kind == "disk") return msg("DISK: {0}", field(row, "note"));
  return {};
}

std::uint64_t TellingLedger::append(wire::Fields fields) {
  if (const auto words = words_for_row(fields); !words.empty()) say(language_, words);
  return ledger_.append(std::move(fields));
}

}  // namespace loa::station
