// The program's own disk in memory under the name that tests use.
#pragma once

#include "daemon/station/ledger/disk_memory.hpp"

namespace loa::tests {

using station::MemoryDisk;

}  // namespace loa::tests
