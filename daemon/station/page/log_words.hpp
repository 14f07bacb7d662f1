// The ledger's words in people's language. Knows the closed lists of contract 4; must not know rows or tables.
#pragma once

#include <string_view>

#include "config/text.hpp"
#include "daemon/wire/row.hpp"
#include "daemon/wire/verify.hpp"

namespace loa::station {

config::Text words_of(wire::Verdict verdict);
config::Text words_of(wire::Reason reason);  // empty for `none`
/// A kind that is not known (of a later version) stands as it is.
config::Text words_of_kind(std::string_view kind);
config::Text words_of(wire::Flaw flaw);
/// The note of an incident row, which the daemon writes in English; one that is not known stands as it is.
config::Text words_of_note(std::string_view note);
/// `approval` of an article's row: required, off, or who approved it and when.
config::Text words_of_approval(std::string_view approval);

}  // namespace loa::station
