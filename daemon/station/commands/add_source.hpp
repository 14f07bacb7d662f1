// The file that somebody brings: opened, and waited for until it is whole.
#pragma once

#include <string>

#include "config/text.hpp"
#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

struct AddSource {
  Descriptor file;  // an ordinary file, open for reading; none: `refusal` says why
  config::Text refusal;
};

/// Waits, at most 10 minutes, while the file is still being written: until nothing of it has changed for 2 s. Says so
/// once on standard error.
AddSource open_source(const std::string& path, config::Language language);

/// The same bytes.
bool same_content(int one, int other);

}  // namespace loa::station
