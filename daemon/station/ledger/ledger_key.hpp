// Whether a key is the one in force in the ledger. Knows key rows and signatures; must not know where private keys lie.
#pragma once

#include <string_view>

#include "daemon/station/seams.hpp"

namespace loa::station {

enum class KeyStanding {
  in_force,  // the newest key row names it, or it made a signature since
  replaced,  // the newest key row names another
  unknown,   // no key row and no signature of this key can be found
};

/// Reads backwards: a checkpoint that this key signed settles it, one that it did not sign may just be rotten and
/// settles nothing, a key row does. Old months are read only when the newest has neither.
KeyStanding key_standing(const Disk& disk, std::string_view public_key);

/// Whether the newest key row names it: a stranger who has the ledger alone can check what this key signs next.
bool names_key(const Disk& disk, std::string_view public_key);

}  // namespace loa::station
