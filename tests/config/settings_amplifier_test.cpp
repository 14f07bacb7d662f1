// `amplifier` of station.yaml: what is read, and each mistake that people make there.
#include <gmock/gmock.h>

#include "config/settings.hpp"
#include "tests/config/said.hpp"

namespace loa::config {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

struct AmplifierReading {
  explicit AmplifierReading(const std::string& amplifier)
      : said("station: {id: xa-vi-du, name: Xã Ví Dụ}\namplifier: " + amplifier + "\n") {
    keys = read_settings(said.root, said.diagnostics).amplifier;
  }
  Said said;
  std::vector<AmplifierKey> keys;
};

TEST(Amplifier, IsReadInTheOrderOfSwitchingOn) {
  const AmplifierReading reading(
      "[{key: serial, device: /dev/ttyUSB0, line: rts, confirm: cts, warm_up: 8s, tail: 3s},\n"
      "  {key: gpio, chip: gpiochip0, line: 17, inverted: true}, {key: none},\n"
      "  {key: command, path: /opt/tang-am, confirm: state, warm_up: 1500ms}]");
  ASSERT_THAT(reading.said.places(), IsEmpty()) << reading.said.text();
  ASSERT_EQ(reading.keys.size(), 3u);
  EXPECT_EQ(name_of(reading.keys[0]), "serial /dev/ttyUSB0 rts");
  EXPECT_EQ(reading.keys[0].confirm, "cts");
  EXPECT_EQ(reading.keys[0].warm_up, std::chrono::seconds(8));
  EXPECT_EQ(reading.keys[0].tail, std::chrono::seconds(3));
  EXPECT_FALSE(reading.keys[0].inverted);
  EXPECT_EQ(name_of(reading.keys[1]), "gpio gpiochip0 17");
  EXPECT_TRUE(reading.keys[1].inverted);
  EXPECT_EQ(name_of(reading.keys[2]), "command /opt/tang-am");
  EXPECT_EQ(reading.keys[2].warm_up, std::chrono::milliseconds(1500));
}

TEST(Amplifier, MayBeOneOrNone) {
  EXPECT_EQ(AmplifierReading("{key: command, path: tang-am}").keys.size(), 1u);
  EXPECT_THAT(AmplifierReading("{key: none}").keys, IsEmpty());
  EXPECT_THAT(AmplifierReading("[]").keys, IsEmpty());
  EXPECT_THAT(AmplifierReading("{key: none, device: /dev/ttyUSB0, line: rts}").said.places(), IsEmpty());
}

TEST(Amplifier, EachMistakeIsSaidAtItsPlace) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"{key: relay}", {"2:18 not-a-choice"}},
      {"{device: /dev/ttyUSB0, line: rts}", {"2:1 missing-key"}},
      {"{key: serial, line: rts}", {"2:1 missing-key"}},
      {"{key: serial, device: /dev/ttyUSB0}", {"2:1 missing-key"}},
      {"{key: serial, device: ttyUSB0, line: rts}", {"2:34 serial-device"}},
      {"{key: serial, device: COM3, line: rts}", {"2:34 serial-device"}},
      {"{key: serial, device: /dev/ttyUSB0, line: cts}", {"2:54 not-a-choice"}},
      {"{key: serial, device: /dev/ttyUSB0, line: RTS}", {"2:54 not-a-choice"}},
      {"{key: serial, device: /dev/ttyUSB0, line: rts, confirm: state}", {"2:68 not-a-choice"}},
      {"{key: serial, device: /dev/ttyUSB0, line: rts, inverted: true}", {"2:59 amplifier-on-at-rest"}},
      {"{key: serial, device: /dev/ttyUSB0, line: rts, path: a}", {"2:59 amplifier-key-idle"}},
      {"{key: gpio, line: 17}", {"2:1 missing-key"}},
      {"{key: gpio, chip: gpiochip0, line: -1}", {"2:47 out-of-range"}},
      {"{key: command}", {"2:1 missing-key"}},
      {"{key: command, path: a\\b}", {"2:33 backslash-in-path"}},
      {"{key: command, path: a, inverted: true}", {"2:36 amplifier-key-idle"}},
      {"{key: command, path: a, warm_up: 8}", {"2:45 duration-without-unit"}},
      {"{key: command, path: a, warm_up: 61s}", {"2:45 out-of-range"}},
      {"{key: command, path: a, tail: 1h}", {"2:42 out-of-range"}},
      {"{key: command, path: a, warmup: 8s}", {"2:36 unknown-key"}},
      {"[{key: command, path: a}, {key: command, path: a}]", {"2:38 amplifier-twice"}},
  };
  for (const auto& [text, said] : cases) {
    const AmplifierReading reading(text);
    EXPECT_THAT(reading.said.places(), ElementsAreArray(said)) << text << "\n" << reading.said.text();
  }
}

TEST(Amplifier, AMistakeIsMendedByItsHint) {
  EXPECT_THAT(AmplifierReading("{key: serial, device: ttyUSB0, line: rts}").said.text(),
              testing::HasSubstr("fix: write /dev/ttyUSB0\n"));
  EXPECT_THAT(AmplifierReading("{key: serial, device: /dev/ttyUSB0, line: RTS}").said.text(),
              testing::HasSubstr("fix: write rts\n"));
  EXPECT_THAT(AmplifierReading("{key: command, path: a, warm_up: 8}").said.text(), testing::HasSubstr("8s"));
}

TEST(Amplifier, WhatIsWrongIsNotSwitched) {
  EXPECT_THAT(AmplifierReading("{key: command, path: a, warm_up: 8}").keys, IsEmpty());
  EXPECT_EQ(AmplifierReading("{key: command, path: a, inverted: true}").keys.size(), 1u) << "only a warning";
}

}  // namespace
}  // namespace loa::config
