// What the intake would know of a recording.
#pragma once

#include <string>
#include <utility>

#include "playlists/catalogue.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::tests {

/// A good one of that length; recordings of one hash are the same.
inline playlists::Facts measured(calendar::Frames length, std::string sha256 = {}) {
  playlists::Facts facts;
  facts.sha256 = std::move(sha256);
  facts.frames = length.count();
  facts.sample_rate = 48000;
  facts.channels = 1;
  facts.codec = "wav";
  facts.length = length;
  return facts;
}

}  // namespace loa::tests
