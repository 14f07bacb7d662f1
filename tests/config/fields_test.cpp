// A mapping is read key by key; what nobody asked for is named.
#include "config/fields.hpp"

#include <gmock/gmock.h>

#include "tests/config/said.hpp"

namespace loa::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Reads `a` as an article would be: title required, clip and gain optional, summary not built yet.
struct FieldsReading {
  explicit FieldsReading(std::string text) : said(std::move(text)) {
    Fields fields(said.value("a"), said.diagnostics, msg("a text"));
    if (const auto node = fields.require("title")) title = read_words(*node, said.diagnostics);
    gain = fields.number("gain", -24, 6);
    fields.not_yet({"relay"});
    fields.finish({"campaign"});
  }
  Said said;
  std::optional<std::string> title;
  std::optional<double> gain;
};

TEST(Fields, GiveWhatWasAskedFor) {
  const FieldsReading reading("a: {title: x, gain: -3}\n");
  EXPECT_EQ(reading.title, "x");
  EXPECT_EQ(reading.gain, -3);
  EXPECT_THAT(reading.said.places(), IsEmpty());
}

// The key that is missing is the mistyped one: one mistake, one finding.
TEST(Fields, NameTheNearestKnownKeyForATypo) {
  EXPECT_EQ(FieldsReading("a:\n  titel: x\n").said.text(),
            "lich.yaml:2:3: error: unknown key “titel” in a text [unknown-key]\n"
            "     2 |   titel: x\n"
            "       |   ^~~~~\n"
            "       = on air: what is written there would never take effect\n"
            "       = fix: did you mean “title”?\n");
  EXPECT_THAT(FieldsReading("a: {title: x, campaing: y}\n").said.text(), HasSubstr("did you mean “campaign”?"));
}

TEST(Fields, ListTheKnownKeysWhenNoneIsNear) {
  EXPECT_THAT(FieldsReading("a: {title: x, qqq: y}\n").said.text(), HasSubstr("known here: campaign, gain, title"));
}

TEST(Fields, SuspectACommaWhenAKeyIsASentence) {
  EXPECT_THAT(FieldsReading("a: {title: Tin, giờ mới: y}\n").said.text(), HasSubstr("put the whole text in quotes"));
}

TEST(Fields, SayThatAKeyIsNotYetSupported) {
  EXPECT_THAT(FieldsReading("a: {title: x, relay: y}\n").said.places(), ElementsAre("1:15 not-yet-supported"));
}

TEST(Fields, OfWhatIsNoMappingSayItOnce) {
  EXPECT_THAT(FieldsReading("a: x\n").said.places(), ElementsAre("1:4 wrong-type"));
  EXPECT_THAT(FieldsReading("a: [x]\n").said.places(), ElementsAre("1:4 wrong-type"));
  EXPECT_THAT(FieldsReading("a:\n").said.places(), ElementsAre("1:1 empty-value"));
  EXPECT_THAT(FieldsReading("a: \"x\n").said.places(), ElementsAre("1:4 missing-closing-quote"));
}

TEST(Fields, AKeyWithoutAValueIsNotMissing) {
  EXPECT_THAT(FieldsReading("a:\n  title:\n").said.places(), ElementsAre("2:3 empty-value"));
}

TEST(Fields, AMissingKeyIsShownAtItsParent) {
  EXPECT_THAT(FieldsReading("b: 1\na:\n  # c\n\n  gain: 1\n").said.places(), ElementsAre("2:1 missing-key"));
  EXPECT_THAT(FieldsReading("a:\n  gian: 1\n").said.places(), ElementsAre("1:1 missing-key", "2:3 unknown-key"));
}

}  // namespace
}  // namespace loa::config
