// What the ledger's `approve` rows say: who approved which recording, and when. Knows rows; must not know files.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "daemon/wire/row.hpp"
#include "playlists/catalogue.hpp"

namespace loa::station {

/// One recording that somebody approves.
struct ApprovedRecording {
  std::string article;  // id; "" when no article was named
  std::string clip;     // below library/
  std::string sha256;   // lower-case hex, of the file's bytes
};

/// `by`: the person. When it was is the row's own `at`.
wire::Fields approve_row(const ApprovedRecording& recording, const std::string& by);

/// Of rows in the order of their seq, other kinds among them: the first approval of a recording stands.
playlists::Approvals approvals_in(const std::vector<boost::json::object>& rows);

/// 64 lower-case hexadecimal digits.
bool is_sha256(std::string_view text);

}  // namespace loa::station
