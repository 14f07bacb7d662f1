// Proof that a stranger can check: numbering, chain, signatures of ledger lines, from any copy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/wire/row.hpp"

namespace loa::wire {

struct Verification {
  std::uint64_t rows = 0;  // good rows
  std::uint64_t first = 0, last = 0;
  bool ok = true;             // a torn tail alone is ok
  std::uint64_t damaged = 0;  // lines that are no good rows
  std::string problem;        // the first one: "line 17: hash does not match" …
  std::uint64_t problem_line = 0;
  std::string fingerprint;  // of the key in force at the end: SHA-256 of its 32 bytes, hex in groups
  bool torn_tail = false;
};

/// Fed line by line in order of seq; several files run on. Not thread-safe.
class Verifier {
 public:
  /// `public_key`: trusted from outside (base64 of 32 bytes); without it the first key row is believed.
  explicit Verifier(std::optional<std::string> public_key = {});
  void line(std::string_view text, bool has_newline);
  const Verification& result() const { return result_; }

 private:
  Verification result_;
  std::string prev_;
  std::string key_;
  std::uint64_t line_number_ = 0;
};

}  // namespace loa::wire
