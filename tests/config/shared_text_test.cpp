// A shared text is a string to whoever asks.
#include "config/shared_text.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace loa::config {
namespace {

TEST(SharedText, IsEqualByItsCharacters) {
  const SharedText one = "nhạc hiệu", same = std::string("nhạc hiệu"), other = "tin";
  EXPECT_EQ(one, same);
  EXPECT_NE(one, other);
  EXPECT_LT(one, other);
  EXPECT_EQ(one, "nhạc hiệu");
  EXPECT_EQ(std::string("tin"), other);
  EXPECT_EQ(SharedText(), "");
}

TEST(SharedText, KeepsItsCharactersWhereTheOriginalIsGone) {
  SharedText copy;
  {
    const SharedText original = std::string(100, 'a');
    copy = original;
    EXPECT_EQ(&copy.str(), &original.str());
  }
  EXPECT_EQ(copy, std::string(100, 'a'));
}

TEST(SharedText, IsEmptyUntilItIsGivenSomething) {
  SharedText text;
  EXPECT_TRUE(text.empty());
  EXPECT_TRUE(SharedText("").empty());
  text = "a";
  EXPECT_FALSE(text.empty());
  EXPECT_EQ(text.size(), 1u);
}

TEST(SharedText, JoinsAndIsWrittenAsAString) {
  const SharedText text = "sang";
  EXPECT_EQ(text + "/1", "sang/1");
  EXPECT_EQ("tin/" + std::string() + text, "tin/sang");
  std::ostringstream out;
  out << text;
  EXPECT_EQ(out.str(), "sang");
}

}  // namespace
}  // namespace loa::config
