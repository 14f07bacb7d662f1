// The station's ledger key in state/keys/ledger. Knows the file; must not know what is signed.
#include "daemon/station/ledger/keys.hpp"

#include <string>

namespace loa::station {

namespace {

std::optional<wire::PrivateKey> key_from(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  const auto seed = wire::from_base64(text);
  return seed ? wire::PrivateKey::from_seed(*seed) : std::nullopt;
}

std::optional<wire::PrivateKey> make_key(Disk& disk, std::error_code& error) {
  const auto key = wire::PrivateKey::generate();
  error = store_key(disk, key);
  if (error) return {};
  return key;
}

}  // namespace

std::error_code store_key(Disk& disk, const wire::PrivateKey& key) {
  return disk.replace(std::string(kKeyFile), wire::base64(key.seed()) + "\n");
}

bool is_key(std::string_view file, const wire::PrivateKey& key) {
  const auto read = key_from(file);
  return read && read->seed() == key.seed();
}

std::optional<wire::PrivateKey> load_or_make_key(Disk& disk, std::error_code& error) {
  error.clear();
  const std::string file(kKeyFile);
  const auto text = disk.read(file, error);
  if (!text && error != std::errc::no_such_file_or_directory) return {};
  if (text) {
    if (const auto key = key_from(*text)) return key;
    error = disk.replace(file + ".damaged", *text);
    if (error) return {};
  }
  return make_key(disk, error);
}

std::error_code key_obstacle(const Disk& disk) {
  std::error_code error;
  disk.read(std::string(kKeyFile), error);
  for (const auto lasting : {std::errc::permission_denied, std::errc::is_a_directory, std::errc::not_a_directory,
                             std::errc::too_many_symbolic_link_levels}) {
    if (error == lasting) return error;
  }
  return {};
}

}  // namespace loa::station
