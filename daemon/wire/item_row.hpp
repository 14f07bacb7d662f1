// Rows of kind `start` and `item`, typed: every field of contract 4 that they may carry.
// Knows names and types of the fields; must not know when a row is owed or what a verdict means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "daemon/wire/heard.hpp"
#include "daemon/wire/row.hpp"

namespace loa::wire {

/// An empty string or nothing = absent in the row ("does not apply"). Instants are RFC 3339 with offset and
/// milliseconds, as the row shows them.
struct ItemRow {
  enum class Kind { start, item };
  Kind kind = Kind::item;

  std::string id;       // empty: never planned; then operator_ names who
  std::string session;  // session id
  std::string what;     // clip | relay | pause
  std::string article;
  std::string relay;  // its id, and whose programme it is: own | parent | province | vov | other
  std::string source;
  std::string campaign;
  std::string clip;      // below library/
  std::string sha256;    // of the original recording, lower-case hex
  std::string priority;  // emergency | priority | ordinary
  std::string planned_start;
  std::string planned_end;
  std::string start;  // what really happened
  std::string end;
  std::optional<std::int64_t> frames_planned;  // at 48000 a second
  std::optional<std::int64_t> frames_played;
  std::optional<double> start_error_ms;  // signed, + late
  std::optional<double> level_lufs;
  std::string device;
  std::string operator_;            // key `operator`
  std::string order;                // `ordered_by` of the programme
  std::string announcement;         // number of the order that it belongs to
  std::string makes_good;           // the missed id
  std::string repeat_of;            // local date of the first airing, "2026-11-22"; empty: it is the first
  std::optional<HeardSound> heard;  // where the amplifier's sound is listened back to (docs/listening.md)
  std::string note;
  std::optional<Verdict> verdict;  // of kind item only
  std::optional<Reason> reason;

  /// With `kind`, without what the ledger adds (seq, at, …).
  Fields fields() const;
  /// From a whole row or its fields; keys that are none of these are ignored. Nothing when it is of another kind or a
  /// field has the wrong type.
  static std::optional<ItemRow> from(const boost::json::object& row);

  bool operator==(const ItemRow&) const = default;
};

}  // namespace loa::wire
