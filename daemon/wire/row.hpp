// A row of the as-run ledger: canonical form (RFC 8785), hash, signature, and the words of contract 4.
// Knows one row at a time; must not know files, clocks or what the rows around it say.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/wire/canonical.hpp"

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

/// What a row says beside seq, at, boot, station, clock, prev and hash, which the ledger gives it. Absent means "does
/// not apply": members that are null, not finite or beyond 2^53 are left out. Numbers have at most 3 decimals (rounded
/// half to even when the line is made). What is no UTF-8 in a text becomes U+FFFD.
using Fields = boost::json::object;

/// A complete row.
struct SealedRow {
  std::string line;  // canonical, with hash (and sig), without newline
  std::string hash;
  std::uint64_t seq = 0;
};
/// base64 of the signature over signed_text(); for checkpoint and key rows.
using Signer = std::function<std::string(std::string_view signed_text)>;
/// `fields`: everything but seq, prev, hash and sig.
SealedRow seal(Fields fields, std::uint64_t seq, std::string_view prev, const Signer& signer = {});

/// What a `sig` signs: "loa-ledger-1\n<station>\n<seq>\n<hash>".
std::string signed_text(std::string_view station, std::uint64_t seq, std::string_view hash);

/// The row's hash: SHA-256 of its canonical form without `hash` and `sig`.
std::string row_hash(const boost::json::object& row);

/// Why a line is no good row.
enum class RowFault { none, not_json, not_canonical, incomplete, hash };
struct ReadRow {
  boost::json::object row;  // to be believed, like seq, prev and hash, only when fault is none
  RowFault fault = RowFault::none;
  std::uint64_t seq = 0;
  std::string prev, hash;
};
/// A line without its newline: parsed, canonical, with all members that every row has, and of the hash that it says.
ReadRow read_row(std::string_view line);

/// A member of a row: "" or 0 when it is absent or of another type.
std::string text_of(const boost::json::object& row, std::string_view key);
std::uint64_t number_of(const boost::json::object& row, std::string_view key);

std::string sha256_hex(std::string_view bytes);

}  // namespace loa::wire
