#include "tests/support/station_folder.hpp"

#include <stdexcept>

namespace loa::test {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSettings = "station: {id: xa-thu, name: Đài xã Thử, language: en}\naudio: {device: none}\n";

void must(const std::vector<std::string>& words) {
  const Finished done = run_program(words);
  if (done.code != 0) throw std::runtime_error(words.front() + ": " + done.err);
}

}  // namespace

StationFolder::StationFolder() : StationFolder(kSettings) {}

StationFolder::StationFolder(std::string_view settings) {
  write("station.yaml", settings);
  fs::create_directories(path() / "schedule");
  fs::create_directories(path() / "library");
}

fs::path StationFolder::write(const fs::path& name, std::string_view bytes) const {
  return dir_.write(fs::path("dai") / name, bytes);
}

fs::path StationFolder::recording(const fs::path& clip, double seconds) const {
  const fs::path file = path() / "library" / clip;
  fs::create_directories(file.parent_path());
  make_recording(file, seconds);
  return file;
}

Finished StationFolder::loa(std::vector<std::string> words, Surroundings surroundings) const {
  words.insert(words.begin(), {loa_program(), "--station", path().string()});
  return run_program(words, surroundings);
}

std::string loa_program() {
  return LOA_BIN "/loa";
}

void make_recording(const fs::path& file, double seconds) {
  const TempDir work;
  const std::string plain = (work / "tone.wav").string(), made = (work / ("made" + file.extension().string())).string();
  must({"sox", "-D", "-R", "-n", "-r", "48000", "-b", "16", "-c", "1", plain, "synth", std::to_string(seconds), "sine",
        "440", "vol", "0.3"});
  if (file.extension() == ".mp3") {
    must({"lame", "--quiet", "-b", "64", plain, made});
  } else if (file.extension() == ".opus") {
    must({"opusenc", "--quiet", plain, made});
  } else {
    must({"sox", "-D", "-R", plain, made});
  }
  fs::copy_file(made, file, fs::copy_options::overwrite_existing);
}

std::vector<std::string> lines_of(std::string_view words) {
  std::vector<std::string> lines;
  while (!words.empty()) {
    const auto end = std::min(words.find('\n'), words.size());
    lines.emplace_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return lines;
}

}  // namespace loa::test
