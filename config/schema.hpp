// The JSON Schema (draft-07) of the operator's files, for editors: it completes keys and explains them in the reader's
// language. Knows the forms of the files; what names mean, only the reader knows.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "config/text.hpp"

namespace loa::config {

/// The kinds of files that the operator writes.
inline constexpr std::array<std::string_view, 3> kSchemaKinds{"station", "schedule", "holidays"};

/// "station" -> "station.schema.json".
std::string schema_file_name(std::string_view kind);

/// The schema of one of kSchemaKinds, whole in itself: keys of contract 1.1 and 1.2 that this version takes, explained
/// in `language`. Accepts what the reader takes and refuses its mistakes, but for those that need more than one value
/// to be seen (tests/config/schema_test.cpp lists them). Ends with a newline.
std::string schema_text(std::string_view kind, Language language);

}  // namespace loa::config
