// A ledger in memory for the tests of wire: rows that follow each other, signed where they should be.
// Knows seal() only.
#pragma once

#include <string>
#include <vector>

#include "daemon/wire/crypto.hpp"
#include "daemon/wire/row.hpp"
#include "daemon/wire/verify.hpp"

namespace loa::wire::tests {

class Chain {
 public:
  explicit Chain(PrivateKey key = PrivateKey::generate()) : key_(std::move(key)) { add_key(key_, key_); }

  void add(Fields fields, const PrivateKey* signer = nullptr) {
    fields["at"] = "2026-11-22T05:30:00.000+07:00";
    fields["boot"] = "b1";
    fields["station"] = "xa-vi-du";
    fields["clock"] = "trusted";
    const auto sign = [&](std::string_view text) { return base64(signer->sign(text)); };
    rows.push_back(seal(std::move(fields), rows.size() + 1, rows.empty() ? kNoHash : std::string_view(rows.back().hash),
                        signer == nullptr ? Signer() : Signer(sign)));
  }
  void add_key(const PrivateKey& key, const PrivateKey& signer) {
    add({{"kind", "key"}, {"public_key", base64(key.public_key())}}, &signer);
    key_ = key;
  }
  void add_checkpoint() { add({{"kind", "checkpoint"}}, &key_); }
  /// Items with a checkpoint after every tenth row.
  void fill(std::size_t count) {
    while (rows.size() < count) {
      if (rows.size() % 10 == 9) {
        add_checkpoint();
      } else {
        add({{"kind", "item"}, {"id", "x/" + std::to_string(rows.size())}, {"verdict", "aired"}, {"reason", "none"}});
      }
    }
  }

  const PrivateKey& key() const { return key_; }
  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const auto& row : rows) lines.push_back(row.line);
    return lines;
  }

  std::vector<SealedRow> rows;

 private:
  PrivateKey key_;
};

inline Verification verified(const std::vector<std::string>& lines, std::optional<std::string> key = {}) {
  Verifier verifier(std::move(key));
  for (const auto& line : lines) verifier.line(line, true);
  return verifier.result();
}

}  // namespace loa::wire::tests
