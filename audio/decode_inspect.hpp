// What the bytes of a recording say before anything is decoded: its kind, its true length, and whether it is cut,
// joined or damaged. One inspector for each container; libsndfile is believed nowhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audio/decode_bytes.hpp"
#include "audio/sound_stream.hpp"

namespace loa::audio {

enum class Kind { wav, flac, ogg, mp3, unsupported, not_audio };

struct Inspection {
  Refusal refusal;
  /// How many frames decoding must give; absent when only decoding can tell. `rate` is 0 when frames are the source's.
  struct Length {
    std::int64_t least = 0;
    std::int64_t most = 0;
    int rate = 0;
  };
  std::optional<Length> length;
  std::string mismatch = "damaged";  // the code when decoding gives another length
};

/// By content alone; the name's ending is never asked.
Kind kind_of(FileBytes& bytes);

Inspection inspect_wav(FileBytes& bytes);
Inspection inspect_flac(FileBytes& bytes);
Inspection inspect_ogg(FileBytes& bytes);
Inspection inspect_mp3(FileBytes& bytes);

/// A WAV whose header does not say how much sound follows: the bytes that make it say so.
struct WavMending {
  FileView::Patch patch;
  double missing = 0;   // s that the header says and that are not there
  bool beyond = false;  // there is more than the header says
};
/// Nothing when the size is not what is wrong with it.
std::optional<WavMending> mend_wav(FileBytes& bytes);

/// An Ogg whose pages have wrong checksums: decoders throw away such a page, a second of sound, for one bit of it.
struct OggMending {
  std::vector<FileView::Patch> patches;  // the right checksums
  std::vector<double> places;            // s from the start of each such page
};
OggMending mend_ogg(FileBytes& bytes);

/// Where the recordings begin that are joined into one Ogg or FLAC file; one place for one that is not joined.
std::vector<std::int64_t> ogg_links(FileBytes& bytes);
std::vector<std::int64_t> flac_links(FileBytes& bytes);

/// Where the sound begins: behind ID3v2 tags.
std::int64_t behind_id3(FileBytes& bytes, std::int64_t at);
/// Behind a tag (ID3v2, ID3v1, APE, Lyrics3) that stands at `at`; `at` itself when none does.
std::int64_t behind_tag(FileBytes& bytes, std::int64_t at);

}  // namespace loa::audio
