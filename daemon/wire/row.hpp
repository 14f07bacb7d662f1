// A row of the as-run ledger: canonical form (RFC 8785), hash, and the typed fields of contract 4.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loa::wire {

inline constexpr std::string_view kNoHash = "0000000000000000000000000000000000000000000000000000000000000000";

enum class Verdict { aired, late, partial, missed, withheld, overridden };
enum class Reason {
  none,
  power,
  clock,
  device,
  file,
  hours,
  limit,
  approval,
  expired,
  calendar,
  emergency,
  operator_,
  relay,
  overrun,
  network
};
std::string_view name_of(Verdict verdict);
std::string_view name_of(Reason reason);
std::optional<Verdict> verdict_named(std::string_view name);
std::optional<Reason> reason_named(std::string_view name);

/// What a row says beside seq, prev and hash, which the ledger gives it. Keys with null values must not be set: absent
/// means "does not apply". Numbers have at most 3 decimals (rounded when the line is made).
using Fields = boost::json::object;

/// RFC 8785 of a value: keys sorted by UTF-16 code units, shortest numbers, no white space.
std::string canonical(const boost::json::value& value);

/// A complete row: `fields` with seq, at, boot, station, kind, clock, prev.
struct SealedRow {
  std::string line;  // canonical, with hash (and sig), without newline
  std::string hash;
  std::uint64_t seq = 0;
};
/// `signature`: called with the row's hash when the row carries a `sig` (checkpoint, key), else empty.
SealedRow seal(Fields fields, std::uint64_t seq, std::string_view prev);
/// The row's hash: SHA-256 of its canonical form without `hash` and `sig`.
std::string row_hash(const boost::json::object& row);

std::string sha256_hex(std::string_view bytes);

}  // namespace loa::wire
