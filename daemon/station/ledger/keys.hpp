// The station's ledger key in state/keys/ledger: read, or made when there is none.
// Knows the file; must not know what is signed.
#pragma once

#include <optional>
#include <string_view>
#include <system_error>

#include "daemon/station/seams.hpp"
#include "daemon/wire/crypto.hpp"

namespace loa::station {

inline constexpr std::string_view kKeyFile = "keys/ledger";  // base64 of the 32-byte seed, a newline

/// The key on the disk. When there is none, one is made and durable before this returns; a file that holds no key is
/// kept beside as keys/ledger.damaged. Nothing when the disk fails (a key that is there but cannot be read now is
/// never replaced).
std::optional<wire::PrivateKey> load_or_make_key(Disk& disk, std::error_code& error);

/// Durable when it returns without error.
std::error_code store_key(Disk& disk, const wire::PrivateKey& key);

/// Whether that is what the key's file says.
bool is_key(std::string_view file, const wire::PrivateKey& key);

/// Why the key file is there but will not be read however often it is tried (a folder in its place, no right to); no
/// error when it can be read, is not there, or the disk fails just now.
std::error_code key_obstacle(const Disk& disk);

}  // namespace loa::station
