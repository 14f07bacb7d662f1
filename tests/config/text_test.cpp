// Messages speak both languages side by side, whatever the process's locale is.
#include "config/text.hpp"

#include <gtest/gtest.h>

#include <clocale>

namespace loa::config {
namespace {

TEST(Text, SpeaksBothLanguagesSideBySide) {
  const auto text = msg("“{0}” is not a time", "5h");
  EXPECT_EQ(text.in(Language::en), "“5h” is not a time");
  EXPECT_EQ(text.in(Language::vi), "“5h” không phải là giờ");
  EXPECT_EQ(text.in(Language::en), "“5h” is not a time");
}

TEST(Text, DoesNotTouchTheProcessLocale) {
  (void)msg("error").in(Language::vi);
  EXPECT_STREQ(std::setlocale(LC_ALL, nullptr), "C");
}

TEST(Text, ArgumentsSpeakTheSameLanguage) {
  EXPECT_EQ(msg("write {0}", msg("a text")).in(Language::vi), "viết một đoạn chữ");
}

TEST(Text, PluralsAreEnglish) {
  const auto of = [](unsigned long n) { return msgn("{0} error", "{0} errors", n, n); };
  EXPECT_EQ(of(1).in(Language::en), "1 error");
  EXPECT_EQ(of(2).in(Language::en), "2 errors");
  EXPECT_EQ(of(0).in(Language::en), "0 errors");
  EXPECT_EQ(of(2).in(Language::vi), "2 lỗi");
}

TEST(Text, WithoutATranslationTheEnglishIsKeptWhole) {
  EXPECT_EQ(Text("nobody translates “this” {0}", {Argument(7)}).in(Language::vi), "nobody translates “this” 7");
}

TEST(Text, WordsOfThePeopleAreNeverAPattern) {
  EXPECT_EQ(Text::verbatim("{0} {").in(Language::vi), "{0} {");
  EXPECT_EQ(msg("write {0}", "{1}").in(Language::en), "write {1}");
}

TEST(Text, IsEmptyOnlyWithoutWords) {
  EXPECT_TRUE(Text().empty());
  EXPECT_FALSE(msg("error").empty());
  EXPECT_FALSE(Text::verbatim("x").empty());
  EXPECT_STREQ(msg("error").id(), "error");
}

TEST(LanguageNames, AreThoseOfOptionsSettingsAndLocales) {
  EXPECT_EQ(language_named("vi"), Language::vi);
  EXPECT_EQ(language_named("vi_VN.UTF-8"), Language::vi);
  EXPECT_EQ(language_named("en-GB"), Language::en);
  EXPECT_EQ(language_named("EN"), Language::en);
  for (const auto* name : {"", "C", "POSIX", "fr_FR", "vie"}) EXPECT_EQ(language_named(name), std::nullopt) << name;
}

}  // namespace
}  // namespace loa::config
