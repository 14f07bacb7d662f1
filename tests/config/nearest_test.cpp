// Which name a typo was meant to be.
#include <gtest/gtest.h>

#include "config/diagnostics.hpp"

namespace loa::config {
namespace {

TEST(Nearest, FindsTheNameThatWasMeant) {
  const std::vector<std::string> keys = {"title", "clip", "field", "from", "until", "days_ago", "programmes"};
  const std::vector<std::pair<std::string, std::string>> cases = {{"titel", "title"},
                                                                  {"tilte", "title"},
                                                                  {"Title", "title"},
                                                                  {"tiêu", ""},
                                                                  {"clips", "clip"},
                                                                  {"form", "from"},
                                                                  {"untill", "until"},
                                                                  {"days-ago", "days_ago"},
                                                                  {"programs", "programmes"},
                                                                  {"xyz", ""},
                                                                  {"", ""},
                                                                  {"Clíp", "clip"},
                                                                  {std::string(500, 't'), ""}};
  for (const auto& [word, name] : cases) EXPECT_EQ(nearest(word, keys), name) << word;
}

TEST(Nearest, OfNothingIsNothing) {
  EXPECT_EQ(nearest("title", {}), "");
}

}  // namespace
}  // namespace loa::config
