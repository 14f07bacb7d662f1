// The note beside a master: what cannot be read from the sound file quickly. Knows one small JSON file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace loa::station {

struct MasterNote {
  std::int64_t frames = 0;         // at 48 kHz
  std::optional<double> loudness;  // LUFS as played
  std::uint64_t size = 0;          // bytes of the sound file; another size: not that file
};

/// Nothing when it is absent, torn or of another size than it says.
std::optional<MasterNote> read_note(const std::filesystem::path& file);
/// All or nothing; synced.
bool write_note(const std::filesystem::path& file, const MasterNote& note);

}  // namespace loa::station
