// The design's table of who may include whom, held against every #include of the tree.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

// folder -> folders of ours that it may include (itself always).
const std::map<std::string, Names> kTable = {
    {"config", {}},
    {"playlists", {"config"}},
    {"scheduler/calendar", {}},
    {"scheduler", {"config", "playlists", "scheduler/calendar"}},
    {"audio", {}},
    {"daemon/wire", {}},
    {"daemon/player", {"audio", "daemon/wire"}},
    {"daemon/media", {"audio", "daemon/wire"}},
    {"daemon/keyer", {"daemon/wire"}},
    {"daemon/listener", {"audio", "daemon/wire"}},
    // The seams, which stand between all of them, and main.
    {"daemon/station", {"config", "daemon/wire", "daemon/station/host", "daemon/station/commands"}},
    {"daemon/station/host", {"config"}},
    {"daemon/station/ledger", {"daemon/wire", "daemon/station", "daemon/station/host"}},
    {"daemon/station/library",
     {"config", "playlists", "scheduler", "daemon/wire", "daemon/station", "daemon/station/host"}},
    {"daemon/station/conductor",
     {"config", "playlists", "scheduler", "scheduler/calendar", "daemon/wire", "daemon/station",
      "daemon/station/ledger", "daemon/station/library"}},
    {"daemon/station/page",
     {"config", "playlists", "scheduler", "scheduler/calendar", "daemon/wire", "daemon/station", "daemon/station/host",
      "daemon/station/ledger", "daemon/station/library", "daemon/station/conductor"}},
    {"daemon/station/run",
     {"config", "playlists", "scheduler", "scheduler/calendar", "daemon/wire", "daemon/station", "daemon/station/host",
      "daemon/station/ledger", "daemon/station/library", "daemon/station/conductor", "daemon/station/page"}},
    {"daemon/station/commands",
     {"config", "playlists", "scheduler", "scheduler/calendar", "audio", "daemon/wire", "daemon/station",
      "daemon/station/host", "daemon/station/ledger", "daemon/station/library", "daemon/station/conductor",
      "daemon/station/page", "daemon/station/run"}},
    {"daemon/hub", {"config", "scheduler/calendar", "daemon/wire"}},
};

// library header prefix -> the only files that may include it: one wall each.
const std::vector<std::pair<std::string, std::vector<std::string>>> kWalls = {
    {"yaml-cpp/", {"config/yaml"}},
    {"yaml.h", {"config/yaml"}},
    {"boost/locale", {"config/text.cpp"}},
    {"utf8proc.h", {"config/unicode.cpp", "playlists/unicode.cpp"}},
    {"portaudio.h", {"audio/portaudio"}},
    {"sndfile.h", {"audio/sndfile"}},
    {"soxr.h", {"audio/resample"}},
    {"ebur128.h", {"audio/loudness"}},
    {"openssl/", {"daemon/wire/crypto.cpp"}},
    {"CLI/", {"daemon/station/commands/cli", "daemon/media/main.cpp", "daemon/player/main.cpp"}},
    {"gpiod.h", {"daemon/keyer/gpio"}},
    {"libav", {"daemon/media/ffmpeg"}},
    {"libsw", {"daemon/media/ffmpeg"}},
};

std::string folder_of(const std::string& path) {
  std::string best;
  for (const auto& [folder, allowed] : kTable) {
    if (path.starts_with(folder + "/") && folder.size() > best.size()) best = folder;
  }
  return best;
}

bool is_source(const fs::path& path) {
  const auto extension = path.extension().string();
  return extension == ".cpp" || extension == ".hpp" || extension == ".h";
}

struct Include {
  std::string file;
  std::string target;
};

std::vector<Include> includes_below(const std::vector<std::string>& tops) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*[<"]([^">]+)[">])re");
  std::vector<Include> found;
  for (const auto& top : tops) {
    const fs::path root = fs::path(LOA_SOURCE) / top;
    if (!fs::exists(root)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file() || !is_source(entry.path())) continue;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        std::smatch match;
        if (std::regex_search(line, match, pattern)) {
          found.push_back({fs::relative(entry.path(), LOA_SOURCE).string(), match[1].str()});
        }
      }
    }
  }
  return found;
}

const std::vector<std::string> kTops = {"config", "playlists", "scheduler", "audio", "daemon"};

TEST(Layering, EveryIncludeFollowsTheTable) {
  const auto includes = includes_below(kTops);
  ASSERT_GT(includes.size(), 50u) << "the tree was not found";
  for (const auto& [file, target] : includes) {
    const auto from = folder_of(file);
    ASSERT_FALSE(from.empty()) << file << " lies in no folder of the table";
    const auto to = folder_of(target);
    if (to.empty() || to == from) continue;
    EXPECT_TRUE(kTable.at(from).contains(to)) << file << " includes " << target;
  }
}

TEST(Layering, EveryLibraryStaysBehindItsWall) {
  for (const auto& [file, target] : includes_below(kTops)) {
    for (const auto& [prefix, walls] : kWalls) {
      if (!target.starts_with(prefix)) continue;
      bool inside = false;
      for (const auto& wall : walls) inside = inside || file.starts_with(wall);
      EXPECT_TRUE(inside) << file << " includes " << target;
    }
  }
}

TEST(Layering, OurHeadersAreIncludedFromTheRoot) {
  for (const auto& [file, target] : includes_below(kTops)) {
    if (!target.ends_with(".hpp") || target.find('/') != std::string::npos) continue;
    ADD_FAILURE() << file << " includes " << target << " without its folder";
  }
}

}  // namespace
