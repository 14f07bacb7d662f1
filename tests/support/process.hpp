// Runs a program to its end and keeps what it said, on each stream apart.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace loa::test {

struct Finished {
  int code = -1;  // exit code; minus the signal's number when it was killed
  std::string out, err;
};

struct Surroundings {
  std::filesystem::path folder;                  // "" = this process's
  std::map<std::string, std::string> variables;  // set on top of a small, known environment
};

Finished run_program(const std::vector<std::string>& words, const Surroundings& surroundings = {});

}  // namespace loa::test
