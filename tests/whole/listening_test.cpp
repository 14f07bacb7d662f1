// A running station that listens to its amplifier: what the paced device took comes back through a simulated room into
// a named pipe, as a line input would bring it.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "tests/support/made_up_voice.hpp"
#include "tests/support/simulated_room.hpp"
#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

/// Amplifier, loudspeaker and microphone: follows the growing capture and writes it into the pipe, 0.2 s late, with
/// noise. What it hears while `off` is noise alone.
class Amplifier {
 public:
  Amplifier(std::filesystem::path capture, std::string pipe) : capture_(std::move(capture)), pipe_(std::move(pipe)) {
    ::signal(SIGPIPE, SIG_IGN);
    ::mkfifo(pipe_.c_str(), 0600);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }
  std::atomic<bool> off = false;

 private:
  void run(const std::stop_token& stop) {
    int fd = -1;
    std::ifstream file;
    std::size_t header = 0;
    std::vector<float> pending(9'600);
    std::uint32_t random = 1;
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(5ms);
      if (fd < 0) fd = ::open(pipe_.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
      if (!file.is_open()) {
        file.clear();
        file.open(capture_, std::ios::binary);
        header = 0;
      }
      if (!file.is_open()) continue;
      if (header == 0) header = data_at(file);
      if (header == 0) continue;
      std::vector<std::int16_t> fresh(48'000);
      file.clear();
      file.seekg(std::streamoff(header + sizeof(std::int16_t) * read_));
      file.read(reinterpret_cast<char*>(fresh.data()), std::streamsize(fresh.size() * sizeof(std::int16_t)));
      fresh.resize(std::size_t(file.gcount()) / sizeof(std::int16_t));
      read_ += fresh.size();
      for (const auto sample : fresh) {
        random = random * 1664525 + 1013904223;
        const float noise = (float(random >> 8) / float(1 << 24) - 0.5F) * 0.02F;
        pending.push_back((off ? 0.0F : 0.2F * float(sample) / 32768.0F) + noise);
      }
      if (fd < 0 || pending.size() <= 9'600) continue;
      const auto wrote = ::write(fd, pending.data(), (pending.size() - 9'600) * sizeof(float));
      if (wrote > 0) pending.erase(pending.begin(), pending.begin() + wrote / std::ptrdiff_t(sizeof(float)));
    }
    if (fd >= 0) ::close(fd);
  }
  static std::size_t data_at(std::ifstream& file) {
    std::string head(1000, 0);
    file.clear();
    file.seekg(0);
    file.read(head.data(), std::streamsize(head.size()));
    const auto at = std::string_view(head.data(), std::size_t(file.gcount())).find("data");
    return at == std::string_view::npos ? 0 : at + 8;
  }

  std::filesystem::path capture_;
  std::string pipe_;
  std::size_t read_ = 0;
  std::jthread thread_;
};

class ListeningRunTest : public RunTest {
 protected:
  ListeningRunTest() {
    write_speech("noi.wav", 1, 8);
    write_speech("tin.wav", 2, 8);
    station_.write("station.yaml", std::string(kRunSettings.substr(0, kRunSettings.find("audio:"))) +
                                       "audio: {device: none, listen: " + pipe() + "}\n");
    EXPECT_EQ(station_.loa({"library"}).code, 0);
  }
  std::string pipe() const { return station_.outside("line").string(); }
  std::filesystem::path capture() const { return station_.outside("capture.wav"); }
  void write_speech(const std::string& name, int number, double seconds) {
    const auto sound = voice_.says(number, seconds);
    const auto raw = station_.outside(name + ".raw");
    std::ofstream(raw, std::ios::binary)
        .write(reinterpret_cast<const char*>(sound.data()), std::streamsize(sound.size() * sizeof(float)));
    const auto clip = (station_.path() / "library" / name).string();
    EXPECT_EQ(std::system(("sox -V1 -D -t f32 -r 48000 -c 1 " + raw.string() + " -b 16 " + clip).c_str()), 0);
  }
  void plan(std::chrono::seconds ahead) {
    station_.write("schedule/lich.yaml",
                   "articles:\n  noi: {title: Nói, clip: noi.wav}\n  tin: {title: Tin, clip: tin.wav}\n"
                   "programmes:\n" +
                       programme("sang", time_from_now(ahead), "[noi, tin]"));
  }
  json::object item(const std::string& article) {
    for (const auto& row : rows()) {
      if (text(row, "kind") == "item" && text(row, "article") == article) return row;
    }
    return {};
  }
  bool has_note(const std::string& beginning) {
    for (const auto& row : rows()) {
      if (text(row, "kind") == "device" && text(row, "note").starts_with(beginning)) return true;
    }
    return false;
  }
  /// Until there is an item row of it.
  bool closed(const std::string& article) {
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (std::chrono::steady_clock::now() < deadline) {
      if (!item(article).empty()) return true;
      std::this_thread::sleep_for(100ms);
    }
    return false;
  }

  MadeUpVoice voice_;
};

TEST_F(ListeningRunTest, EachItemIsHeardAndWhatIsNotHeardIsSeen) {
  Amplifier amplifier(capture(), pipe());
  plan(kSoon);
  Daemon daemon(station_, {"--out", capture().string()});
  ASSERT_TRUE(daemon.says("noi")) << daemon.words();
  ASSERT_TRUE(closed("noi")) << daemon.words();
  amplifier.off = true;  // in the first second of the other
  ASSERT_TRUE(closed("tin")) << daemon.words();

  const auto heard = item("noi");
  ASSERT_TRUE(heard.contains("heard")) << json::serialize(heard) << daemon.words();
  EXPECT_TRUE(heard.at("heard").at("found").as_bool()) << json::serialize(heard);
  EXPECT_GT(heard.at("heard").at("score").to_number<double>(), 0.6);
  EXPECT_NEAR(heard.at("heard").at("delay").to_number<double>(), 0.2, 0.75);
  EXPECT_EQ(text(heard, "verdict"), "aired");

  const auto not_heard = item("tin");
  ASSERT_TRUE(not_heard.contains("heard")) << json::serialize(not_heard);
  EXPECT_FALSE(not_heard.at("heard").at("found").as_bool()) << json::serialize(not_heard);
  EXPECT_EQ(text(not_heard, "verdict"), "aired") << "the verdict stays what the device took";

  EXPECT_TRUE(has_note("not heard: ")) << daemon.words();
  EXPECT_TRUE(daemon.says("NOT HEARD at the amplifier"));
  EXPECT_THAT(station_.loa({"now"}).out, testing::HasSubstr("NOT HEARD at the amplifier since"));
  EXPECT_THAT(station_.loa({"now", "--json"}).out, testing::HasSubstr("\"not_heard\":"));
  EXPECT_THAT(station_.loa({"log"}).out, testing::HasSubstr("[NOT HEARD at the amplifier]"));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  EXPECT_THAT(read_file(station_.path() / "STATUS.txt"), testing::HasSubstr("aired, but not heard at the amplifier"));
  expect_proof();
}

TEST_F(ListeningRunTest, AnInputThatIsNotThereDisturbsNothing) {
  plan(kSoon);
  Daemon daemon(station_);
  ASSERT_TRUE(daemon.says("NOT LISTENING")) << daemon.words();
  ASSERT_TRUE(closed("tin")) << daemon.words();
  EXPECT_FALSE(item("noi").contains("heard"));
  EXPECT_EQ(text(item("noi"), "verdict"), "aired");
  EXPECT_TRUE(has_note("listening: absent: "));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  expect_proof();
}

TEST_F(ListeningRunTest, AListenerThatIsKilledOrStoppedCostsNoRow) {
  Amplifier amplifier(capture(), pipe());
  plan(kSoon);
  Daemon daemon(station_, {"--out", capture().string()});
  ASSERT_TRUE(daemon.says("noi")) << daemon.words();
  const auto listener = daemon.child("loa-listener");
  ASSERT_GT(listener, 0);
  ::kill(listener, SIGSTOP);  // it answers no more
  ASSERT_TRUE(closed("noi")) << daemon.words();
  EXPECT_FALSE(item("noi").contains("heard"));
  EXPECT_EQ(text(item("noi"), "verdict"), "aired");
  ASSERT_TRUE(daemon.says("killed: hung")) << daemon.words();
  ASSERT_TRUE(closed("tin")) << daemon.words();
  EXPECT_EQ(text(item("tin"), "verdict"), "aired");
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(), 0);
  expect_proof();
}

// The row waits for the listener when the power goes: what the device took is known all the same.
TEST_F(ListeningRunTest, APowerCutWhileARowWaitsLosesNoFrame) {
  Amplifier amplifier(capture(), pipe());
  plan(kSoon);
  {
    Daemon daemon(station_, {"--out", capture().string()});
    ASSERT_TRUE(daemon.says("noi")) << daemon.words();
    ASSERT_TRUE(daemon.answers("\"played\":6")) << daemon.words();
    const auto listener = daemon.child("loa-listener");
    ASSERT_GT(listener, 0);
    ::kill(listener, SIGSTOP);
    ASSERT_TRUE(daemon.answers("\"clip\":\"tin.wav\"")) << daemon.words();
    std::this_thread::sleep_for(1500ms);  // of its sign of life, at most a second old
    ASSERT_TRUE(item("noi").empty()) << "its row waits";
    daemon.signal(SIGKILL);
    daemon.wait();
    ::kill(listener, SIGCONT);
  }
  Daemon again(station_);
  ASSERT_TRUE(closed("noi")) << again.words();
  EXPECT_EQ(item("noi").at("frames_played"), item("noi").at("frames_planned")) << json::serialize(item("noi"));
  EXPECT_EQ(text(item("noi"), "verdict"), "aired") << json::serialize(item("noi"));
  again.signal(SIGTERM);
  EXPECT_EQ(again.wait(), 0);
  expect_proof();
}

}  // namespace
}  // namespace loa::test
