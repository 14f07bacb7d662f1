// A whole station in a temporary folder, with recordings made by sox, and the real `loa` to ask about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::test {

class StationFolder {
 public:
  /// station.yaml with id, name and `language: en` (unless `settings` are given); nothing else.
  StationFolder();
  explicit StationFolder(std::string_view settings);

  std::filesystem::path path() const { return dir_ / "dai"; }
  std::filesystem::path write(const std::filesystem::path& name, std::string_view bytes) const;
  /// library/`clip`, a tone of so many seconds, in the format of its ending (wav flac mp3 ogg opus).
  std::filesystem::path recording(const std::filesystem::path& clip, double seconds) const;
  std::filesystem::path outside(const std::filesystem::path& name) const { return dir_ / name; }

  /// `loa --station <this> words…`
  Finished loa(std::vector<std::string> words, Surroundings surroundings = {}) const;

 private:
  TempDir dir_;
};

/// The program as it was built beside the tests.
std::string loa_program();
/// A tone as an ordinary recording; the ending says the format.
void make_recording(const std::filesystem::path& file, double seconds);

/// "a\nb\n" -> {"a", "b"}
std::vector<std::string> lines_of(std::string_view words);

}  // namespace loa::test
