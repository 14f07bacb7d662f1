// Every frame of an MP3, however it was joined, cut or damaged: where each stands, which are lost, where one file that
// was joined on begins. Reads bytes only.
#pragma once

#include <cstdint>
#include <vector>

#include "audio/decode_bytes.hpp"

namespace loa::media {

/// One frame of sound; with a size of 0 one that is lost.
struct Mp3Entry {
  std::int64_t at = 0;
  std::int32_t size = 0;
};

/// What one encoder wrote.
struct Mp3Part {
  std::size_t first = 0;  // of the entries
  std::size_t count = 0;
  int sample_rate = 0;
  int samples = 0;              // of a frame
  std::int64_t skip = 0;        // samples before its sound
  std::int64_t keep = -1;       // samples of its sound; -1: to its end
  std::int64_t announced = -1;  // frames, by its header; -1: none
};

struct Mp3Index {
  std::vector<Mp3Entry> entries;
  std::vector<Mp3Part> parts;
  std::vector<std::size_t> places;  // entries before which bytes are missing or foreign
  std::int64_t missing = 0;         // frames that the last header announces beyond the end
  bool cut = false;                 // the last frame is not whole
};

/// Empty when there is no frame in it.
Mp3Index index_mp3(audio::FileBytes& bytes);

}  // namespace loa::media
