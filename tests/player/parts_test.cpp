// The small parts of loa-player: its command line, its socket, what it says of a device's timekeeping.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "audio/portaudio_library.hpp"
#include "daemon/player/device_list.hpp"
#include "daemon/player/options.hpp"
#include "daemon/wire/socket_lines.hpp"

namespace {

using namespace loa;
using namespace loa::player;
using loa::wire::SocketLines;
using namespace std::chrono_literals;

std::optional<Options> read(std::vector<std::string> words) {
  std::vector<char*> argv = {const_cast<char*>("loa-player")};
  for (auto& word : words) argv.push_back(word.data());
  const auto count = static_cast<int>(argv.size());
  argv.push_back(nullptr);
  return read_options(count, argv.data());
}

TEST(PlayerOptions, AreRead) {
  const auto options =
      read({"--fd", "7", "--device", "none", "--channels", "2", "--latency-ms", "-5.5", "--out", "a.wav"});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->fd, 7);
  EXPECT_EQ(options->device, "none");
  EXPECT_EQ(options->channels, 2);
  EXPECT_EQ(options->latency, -5500us);
  EXPECT_EQ(options->out, "a.wav");
  EXPECT_FALSE(options->list_devices);
  EXPECT_FALSE(options->prove_rate);
  EXPECT_TRUE(read({"--prove-rate"})->prove_rate);
  EXPECT_TRUE(read({"--list-devices"})->list_devices);
}

TEST(PlayerOptions, WrongOnesAreRefused) {
  const std::vector<std::vector<std::string>> cases = {
      {"--channels", "3"},
      {"--channels", "one"},
      {"--fd", "-1"},
      {"--fd", "3x"},
      {"--latency-ms", "nan"},
      {"--latency-ms", ""},
      {"--device", ""},
      {"--latency-ms", "1e9"},
      {"--nonsense"},
      {"file"},
      {"--fd"},
      {"--out", "a.wav"},
  };
  for (const auto& words : cases) EXPECT_FALSE(read(words).has_value()) << words.front() << ' ' << words.back();
}

class Lines : public testing::Test {
 protected:
  Lines() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    other = ends[1];
    lines = std::make_unique<SocketLines>(ends[0]);
  }
  ~Lines() override {
    if (other >= 0) ::close(other);
  }
  void say(const std::string& text) {
    for (std::size_t sent = 0; sent < text.size();) {
      const auto count =
          ::send(other, text.data() + sent, std::min<std::size_t>(text.size() - sent, 8192), MSG_DONTWAIT);
      if (count > 0) sent += static_cast<std::size_t>(count);
      for (auto& line : lines->receive()) received.push_back(line);
    }
  }
  int other = -1;
  std::unique_ptr<SocketLines> lines;
  std::vector<std::string> received;
};

TEST_F(Lines, ComeWholeHoweverTheyAreCut) {
  say("first\nsec");
  EXPECT_EQ(received, (std::vector<std::string>{"first"}));
  say("ond\n\nfourth\n");
  EXPECT_EQ(received, (std::vector<std::string>{"first", "second", "", "fourth"}));
}

TEST_F(Lines, OneThatIsTooLongIsLeftOutAndTheNextIsRead) {
  say(std::string(SocketLines::kLongest + 10'000, 'x'));
  say("xxx\nnext\n");
  EXPECT_EQ(received, (std::vector<std::string>{"next"}));
}

TEST_F(Lines, SendingNeverWaitsAndKeepsTheOrder) {
  const std::string line = std::string(1023, 'a') + "\n";
  for (int i = 0; i < 600; ++i) lines->send(line);  // more than a socket holds
  EXPECT_TRUE(lines->unsent());
  std::string got;
  std::array<char, 65536> bytes{};
  while (got.size() < 600 * line.size()) {
    const auto count = ::recv(other, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count > 0) got.append(bytes.data(), static_cast<std::size_t>(count));
    lines->flush();
  }
  std::string expected;
  for (int i = 0; i < 600; ++i) expected += line;
  EXPECT_EQ(got, expected);
  EXPECT_FALSE(lines->unsent());
}

TEST_F(Lines, TheEndOfTheOtherSideIsSeenAfterWhatItStillSaid) {
  say("last\n");
  ::close(std::exchange(other, -1));
  EXPECT_TRUE(lines->receive().empty());
  EXPECT_TRUE(lines->closed());
  EXPECT_EQ(received, (std::vector<std::string>{"last"}));
  lines->send("nobody hears this\n");
}

audio::Stamp stamp(std::int64_t first, std::chrono::nanoseconds wall, std::chrono::nanoseconds lead) {
  return {audio::DeviceFrame{audio::Frames{first}},
          audio::Frames{480},
          {audio::Wall{1'794'000'000s + wall}, lead, 77s + wall}};
}

TEST(Timekeeping, IsTheSpreadOfWhatADeviceSays) {
  std::vector<audio::Stamp> stamps;
  for (int i = 0; i < 50; ++i) stamps.push_back(stamp(i * 480, i * 10ms + (i % 2) * 2ms, 20ms));
  const auto found = timekeeping_of(stamps);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->latency_ms, 20);
  EXPECT_NEAR(found->error_bound_ms, 2, 0.001);
}

TEST(Timekeeping, OfADeviceThatTakesFramesAsFastAsItCanIsNone) {
  std::vector<audio::Stamp> stamps;
  for (int i = 0; i < 50; ++i) stamps.push_back(stamp(i * 480, i * 1us, 0ms));
  EXPECT_FALSE(timekeeping_of(stamps).has_value());
  EXPECT_FALSE(timekeeping_of({}).has_value());
}

TEST(ChooseOutput, FindsWhatTheOperatorMeans) {
  const std::vector<audio::DeviceInfo> devices = {
      {0, "USB Microphone", "ALSA", 0, 1, false},
      {1, "HDA Intel: ALC (hw:0,0)", "ALSA", 2, 2, false},
      {2, "USB Audio: - (hw:1,0)", "ALSA", 2, 0, false},
      {3, "default", "ALSA", 32, 32, true},
      {4, "USB", "JACK", 2, 0, false},
  };
  struct Case {
    const char* wanted;
    int index;  // -1: none
  };
  for (const auto& [wanted, index] : std::vector<Case>{
           {"default", 3}, {"USB", 4}, {"usb audio", 2}, {"hw:0", 1}, {"Microphone", -1}, {"Bluetooth", -1}}) {
    const auto* chosen = audio::choose_output(devices, wanted);
    EXPECT_EQ(chosen == nullptr ? -1 : chosen->index, index) << wanted;
  }
  const std::vector<audio::DeviceInfo> no_default = {devices[0], devices[1]};
  EXPECT_EQ(audio::choose_output(no_default, "default")->index, 1) << "any card rather than none";
  EXPECT_EQ(audio::choose_output({devices[0]}, "default"), nullptr);
  EXPECT_EQ(audio::no_output({devices[0]}, "default"), "no output device on this machine") << "only a microphone";
  const auto why = audio::no_output(no_default, "mistyped");
  EXPECT_NE(why.find("\"mistyped\""), std::string::npos) << why;
  EXPECT_NE(why.find("there are: " + devices[1].name), std::string::npos) << why;
}

}  // namespace
