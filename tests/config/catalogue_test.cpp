// Every message of the whole tree has its Vietnamese, with the same placeholders; nothing stale is kept.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/config/slurp.hpp"

namespace {

namespace fs = std::filesystem;
using loa::test::slurp;

struct Entry {
  std::string plural;
  std::string translation;
  std::string file;
};
using Entries = std::map<std::string, Entry>;

// The quoted strings from `line` on, joined: gettext breaks long ones over lines.
std::string quoted(const std::vector<std::string>& lines, std::size_t line) {
  std::string words;
  for (std::size_t i = line; i < lines.size(); ++i) {
    const auto begin = lines[i].find('"'), end = lines[i].rfind('"');
    if (begin == std::string::npos || (i > line && begin != 0)) break;
    words += lines[i].substr(begin + 1, end - begin - 1);
  }
  return words;
}

void add_entries(Entries& entries, const fs::path& path) {
  std::vector<std::string> lines;
  std::istringstream in(slurp(path));
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::string id;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with("msgid ")) id = quoted(lines, i);
    if (id.empty()) continue;
    auto& entry = entries[id];
    entry.file = path.filename().string();
    if (lines[i].starts_with("msgid_plural ")) entry.plural = quoted(lines, i);
    if (lines[i].starts_with("msgstr")) entry.translation = quoted(lines, i);
  }
}

std::vector<fs::path> catalogues() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(LOA_SOURCE) / "config/messages")) {
    if (entry.path().extension() == ".po") files.push_back(entry.path());
  }
  return files;
}

Entries translated() {
  Entries entries;
  for (const auto& file : catalogues()) add_entries(entries, file);
  return entries;
}

// What editors show of the schema: strings of JSON, whose quotes are escaped as in a catalogue.
void add_schema(Entries& entries) {
  static const std::regex words(R"re("(?:description|patternErrorMessage)": "((?:[^"\\]|\\.)*)")re");
  const auto schema = slurp(fs::path(LOA_SOURCE) / "config/schema.json");
  for (std::sregex_iterator match(schema.begin(), schema.end(), words), end; match != end; ++match)
    entries[(*match)[1]];
}

Entries in_sources() {
  // CTest runs each case in a process of its own, several at a time.
  const auto pot = fs::path(testing::TempDir()) / ("loa-all-messages-" + std::to_string(::getpid()) + ".pot");
  const std::string root = LOA_SOURCE;
  const auto command = "cd '" + root +
                       "' && find config playlists scheduler daemon -name '*.cpp' -o -name '*.hpp' | LC_ALL=C sort | "
                       "xgettext --language=C++ --from-code=UTF-8 --keyword= --keyword=msg:1 --keyword=msgn:1,2 "
                       "--no-location --files-from=- --output='" +
                       pot.string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << "xgettext (Debian package gettext) is needed";
  Entries entries;
  add_entries(entries, pot);
  fs::remove(pot);
  add_schema(entries);
  return entries;
}

std::set<std::string> placeholders(const std::string& words) {
  static const std::regex pattern(R"(\{\{|\}\}|\{([0-9]+)[^}]*\})");
  std::set<std::string> found;
  for (std::sregex_iterator match(words.begin(), words.end(), pattern), end; match != end; ++match) {
    if ((*match)[1].matched) found.insert((*match)[1].str());
  }
  return found;
}

TEST(Catalogue, EveryMessageOfTheTreeHasItsVietnamese) {
  const auto messages = in_sources();
  const auto vietnamese = translated();
  ASSERT_GT(messages.size(), 200u) << "the sources were not found";
  for (const auto& [id, entry] : messages) {
    const auto found = vietnamese.find(id);
    EXPECT_TRUE(found != vietnamese.end() && !found->second.translation.empty()) << "without Vietnamese: " << id;
  }
}

TEST(Catalogue, NoTranslationHasLostItsMessage) {
  const auto messages = in_sources();
  for (const auto& [id, entry] : translated()) {
    EXPECT_TRUE(messages.contains(id)) << entry.file << " translates what nobody says: " << id;
  }
}

TEST(Catalogue, PlaceholdersAreTheSameInBothLanguages) {
  for (const auto& [id, entry] : translated()) {
    auto expected = placeholders(id);
    expected.merge(placeholders(entry.plural));
    EXPECT_EQ(placeholders(entry.translation), expected) << entry.file << ": " << id;
  }
}

TEST(Catalogue, NothingIsFuzzyOrPutAside) {
  ASSERT_FALSE(catalogues().empty());
  for (const auto& file : catalogues()) {
    const auto text = slurp(file);
    EXPECT_EQ(text.find("fuzzy"), std::string::npos) << file;
    EXPECT_EQ(text.find("#~"), std::string::npos) << file;
  }
}

}  // namespace
