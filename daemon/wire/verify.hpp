// Proof that a stranger can check: numbering, chain, signatures of ledger lines, from any copy.
// Knows lines in order; must not know where they come from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/wire/row.hpp"

namespace loa::wire {

enum class Flaw {
  none,
  unreadable,    // not JSON, not canonical, or without what every row has
  hash,          // the row is not the one that was hashed
  torn_inside,   // a torn line that is not the end
  missing_rows,  // seq jumps forward
  out_of_order,  // seq goes back or stands still
  chain,         // prev is not the hash of the row before
  signature,     // a signature that is missing or not of the key in force
  unsigned_key,  // a new key that the old one did not sign
  unknown_key,   // a signature, but no key row before it and no key given
  foreign_key,   // nothing was signed with the key that was given
};

struct Verification {
  std::uint64_t rows = 0;             // good rows
  std::uint64_t first = 0, last = 0;  // seq of the first and the last good row; 0 = none
  bool ok = true;                     // a torn tail alone is ok
  std::uint64_t damaged = 0;          // lines that are no good rows
  std::string problem;                // the first one, in English: "2026-11.jsonl:17: row 17: …"; "" = none
  Flaw flaw = Flaw::none;             // the same
  std::string problem_file;
  std::uint64_t problem_line = 0;  // of its file, from 1; 0 = of no line
  std::uint64_t problem_seq = 0;   // 0 = not known
  std::uint64_t signed_until = 0;  // seq of the last good signature: what comes later rests on the chain alone
  std::string fingerprint;         // of the key in force at the end: SHA-256 of its 32 bytes, hex in groups
  bool torn_tail = false;
};

/// Fed line by line in order of seq; several files run on. Not thread-safe.
class Verifier {
 public:
  /// `public_key`: trusted from outside (base64 of 32 bytes), something must be signed with it; without it the first
  /// key row is believed.
  explicit Verifier(std::optional<std::string> public_key = {});
  /// The lines that follow are of this file: problems name it.
  void file(std::string name);
  void line(std::string_view text, bool has_newline);
  /// Of everything so far, as if nothing came any more.
  Verification result() const;

 private:
  struct Place {
    std::string file;
    std::uint64_t line = 0;
  };

  void damaged(Flaw flaw, const Place& place, std::uint64_t seq);
  void good(const ReadRow& read);
  void check_place(const ReadRow& read);
  void check_key(const ReadRow& read);
  void check_signature(const ReadRow& read, const std::string& key);
  bool is_signed_with(const ReadRow& read, const std::string& key);
  void report(Flaw flaw, const Place& place, std::uint64_t seq);

  Verification result_;
  std::string trusted_;          // 32 bytes; "" = none given
  bool is_bad_trusted_ = false;  // given, but no key
  bool trusted_has_signed_ = false;
  bool has_signatures_ = false;
  Place place_, torn_place_;
  bool after_torn_ = false;  // the line before was torn
  bool started_ = false;
  bool after_damage_ = false;  // what the next row must continue is not known
  std::uint64_t next_ = 0;
  std::string prev_;
  std::string key_;  // 32 bytes, in force; "" = not known yet
};

}  // namespace loa::wire
