// docs/diagnostics.md lists every code that the sources use, and none that they do not.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/config/slurp.hpp"

namespace {

namespace fs = std::filesystem;
using loa::test::slurp;
using Names = std::set<std::string>;

void collect(Names& names, const std::string& text, const std::regex& pattern) {
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    names.insert((*match)[1].str());
  }
}

// What config/ writes with a dash and means as words of the operator.
const Names kWords = {"mon-fri", "t2-t6", "thu2-thu6", "t7-cn", "sat-sun", "12-last"};

// A code is a literal passed to error(), warning() or scheduler's note(). Within config/ it may also stand in a table
// of complaints: there every literal of small words joined by dashes is one.
Names used_codes() {
  static const std::regex passed(R"re((?:error|warning)\(\s*"([a-z0-9]+(?:-[a-z0-9]+)*)"\s*,)re");
  static const std::regex noted(R"re(\bnote\([^";]*"([a-z0-9]+(?:-[a-z0-9]+)*)"\s*,)re");
  static const std::regex dashed(R"re("([a-z0-9]+(?:-[a-z0-9]+)+)")re");
  static const std::regex comment(R"re(\n *//[^\n]*)re");
  Names codes;
  for (const auto* top : {"config", "playlists", "scheduler", "daemon"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(LOA_SOURCE) / top)) {
      if (entry.path().extension() != ".cpp") continue;
      const auto text = std::regex_replace(slurp(entry.path()), comment, "\n");
      collect(codes, text, passed);
      collect(codes, text, noted);
      if (std::string_view(top) == "config") collect(codes, text, dashed);
    }
  }
  for (const auto& word : kWords) codes.erase(word);
  return codes;
}

Names documented_codes() {
  static const std::regex row(R"re(\n\| `([a-z0-9-]+)` \|)re");
  Names codes;
  collect(codes, slurp(fs::path(LOA_SOURCE) / "docs/diagnostics.md"), row);
  return codes;
}

TEST(Codes, AreAllInTheirPage) {
  const auto documented = documented_codes();
  const auto used = used_codes();
  ASSERT_GT(used.size(), 80u) << "the sources were not found";
  for (const auto& code : used) EXPECT_TRUE(documented.contains(code)) << code << " is not in docs/diagnostics.md";
}

TEST(Codes, OfThePageAreAllInUse) {
  const auto used = used_codes();
  for (const auto& code : documented_codes()) EXPECT_TRUE(used.contains(code)) << code << " is said nowhere";
}

}  // namespace
