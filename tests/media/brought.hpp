// What people bring: how each is made, and what is to come of it.
#pragma once

#include <string>

#include "daemon/wire/media_messages.hpp"
#include "tests/support/recordings.hpp"

namespace loa::test {

/// The sound under all of them: 3 s.
constexpr double kBrought = 3.0;

/// "a.wav" (44.1 kHz, stereo), "tel.wav" (8 kHz, mono), each of kBrought, and the bases of what is broken.
const Recordings& brought_shelf();

struct BroughtKind {
  const char* name;
  const char* command;  // of the shell; leaves the file "out"
  double seconds = kBrought;
  double tolerance = 0.050;  // s
  const char* problem = "";  // "" plays and nothing is to be said
  bool refused = false;
  int channels = 0;  // 0: not asked
};

/// As loa-media answers, of a file on the shelf.
wire::Measured measured_there(const std::string& name);
double seconds_of(const wire::Measured& facts);

}  // namespace loa::test
