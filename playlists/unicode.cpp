// Names of recordings in one Unicode form.
#include "config/unicode.hpp"

#include "playlists/read.hpp"

namespace loa::playlists {

std::string nfc(std::string_view text) {
  return config::nfc(text);
}

}  // namespace loa::playlists
