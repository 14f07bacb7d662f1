// A file of the checkout as one string.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace loa::test {

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace loa::test
