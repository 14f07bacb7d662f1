// Colours of a terminal.
#pragma once

#include <string>

namespace loa::station {

inline constexpr const char* kBold = "\x1b[1m";
inline constexpr const char* kPlain = "\x1b[0m";

/// Plain when `colour` is not wanted.
inline std::string painted(const char* code, const std::string& words, bool colour) {
  return colour ? code + words + kPlain : words;
}

}  // namespace loa::station
