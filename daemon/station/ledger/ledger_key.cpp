// Whether a key is the one in force in the ledger. Knows key rows and signatures.
#include "daemon/station/ledger/ledger_key.hpp"

#include "daemon/station/ledger/ledger_read.hpp"
#include "daemon/wire/crypto.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

namespace {

bool is_signed_by(std::string_view public_key, const boost::json::object& row) {
  const auto signature = wire::from_base64(wire::text_of(row, "sig"));
  if (!signature) return false;
  const auto text =
      wire::signed_text(wire::text_of(row, "station"), wire::number_of(row, "seq"), wire::text_of(row, "hash"));
  return wire::signature_is_good(public_key, text, *signature);
}

}  // namespace

KeyStanding key_standing(const Disk& disk, std::string_view public_key) {
  auto standing = KeyStanding::unknown;
  newest_first(disk, [&](const boost::json::object& row) {
    const auto kind = wire::text_of(row, "kind");
    if (kind == "key") {
      const bool same = wire::from_base64(wire::text_of(row, "public_key")) == public_key;
      standing = same ? KeyStanding::in_force : KeyStanding::replaced;
    } else if (kind == "checkpoint" && is_signed_by(public_key, row)) {
      standing = KeyStanding::in_force;
    }
    return standing == KeyStanding::unknown;
  });
  return standing;
}

bool names_key(const Disk& disk, std::string_view public_key) {
  bool named = false;
  newest_first(disk, [&](const boost::json::object& row) {
    if (wire::text_of(row, "kind") != "key") return true;
    named = wire::from_base64(wire::text_of(row, "public_key")) == public_key;
    return false;
  });
  return named;
}

}  // namespace loa::station
