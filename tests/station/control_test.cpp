// The daemon's ear over a real socket: one question, one answer; rude clients cost nothing.
#include "daemon/station/run/control.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <future>
#include <thread>

#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

class ControlTest : public ::testing::Test {
 protected:
  ControlTest()
      : server_(
            context_, socket_, [this](const json::object& request) { return answer(request); },
            [this](const json::object& request, const std::shared_ptr<Listener>& listener) {
              return stay(request, listener);
            }) {
    thread_ = std::thread([this] { context_.run(); });
  }
  ~ControlTest() override {
    context_.stop();
    thread_.join();
    fs::remove_all(folder_.parent_path());
  }
  json::object answer(const json::object& request) {
    const auto* command = request.if_contains("command");
    return {{"heard", command == nullptr ? json::value("nothing") : *command}};
  }
  /// "count": three lines; "wait": nothing, until the other side goes.
  bool stay(const json::object& request, const std::shared_ptr<Listener>& listener) {
    const auto* command = request.if_contains("command");
    if (command == nullptr || (*command != "count" && *command != "wait")) return false;
    if (*command == "wait") {
      waiting_ = listener;
      listener->tell({{"waits", true}});
      listener->gone = [this] {
        waiting_.reset();
        gone_.set_value();
      };
      return true;
    }
    for (int i = 1; i <= 3; ++i) listener->tell({{"number", i}});
    listener->finish();
    return true;
  }
  static fs::path make_folder() {
    auto pattern = (fs::temp_directory_path() / "loa-control-XXXXXX").string();
    // Long enough that the socket's path does not fit into a sockaddr_un.
    const auto folder = fs::path(mkdtemp(pattern.data())) / std::string(120, 'd');
    fs::create_directories(folder);
    return folder;
  }

  boost::asio::io_context context_;
  fs::path folder_ = make_folder();
  fs::path socket_ = folder_ / "loa.sock";
  std::shared_ptr<Listener> waiting_;
  std::promise<void> gone_;
  ControlServer server_;
  std::thread thread_;
};

TEST_F(ControlTest, AnswersOneQuestionAConnection) {
  const auto answer = ask_daemon(socket_, {{"command", "now"}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, (json::object{{"heard", "now"}}));
}

TEST_F(ControlTest, WhoStaysHearsEveryLineUntilTheEnd) {
  std::vector<json::value> numbers;
  EXPECT_TRUE(listen_to_daemon(socket_, {{"command", "count"}},
                               [&](const json::object& line) { numbers.push_back(line.at("number")); }));
  EXPECT_EQ(numbers, (std::vector<json::value>{1, 2, 3}));
  EXPECT_FALSE(listen_to_daemon(folder_ / "none.sock", {{"command", "count"}}, [](const json::object&) {}));
}

TEST_F(ControlTest, WhoGoesAwayIsNoticed) {
  const pid_t child = ::fork();
  if (child == 0) {
    listen_to_daemon(socket_, {{"command", "wait"}}, [](const json::object&) { ::_exit(0); });
    ::_exit(1);
  }
  gone_.get_future().wait();
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST_F(ControlTest, OnlyTheOwnerMayAsk) {
  struct stat facts {};
  ASSERT_EQ(::stat(socket_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u);
}

TEST_F(ControlTest, GarbageIsAnsweredAsNoRequest) {
  EXPECT_EQ(ask_daemon(socket_, {}), (json::object{{"heard", "nothing"}}));
}

TEST_F(ControlTest, ClientsThatSayNothingDoNotKeepOthersOut) {
  std::vector<int> silent;
  for (int i = 0; i < 10; ++i) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    // The folder is named through its own descriptor, as the path is too long.
    fs::path cwd = fs::current_path();
    fs::current_path(folder_);
    std::string("loa.sock").copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    fs::current_path(cwd);
    silent.push_back(fd);
  }
  EXPECT_TRUE(ask_daemon(socket_, {{"command", "now"}}));
  for (const int fd : silent) ::close(fd);
}

/// No further descriptor for this process while it lives.
class NoMoreDescriptors {
 public:
  NoMoreDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(0);
    ::close(next);
    auto less = before_;
    less.rlim_cur = static_cast<rlim_t>(next);
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &less), 0);
  }
  ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreDescriptors(const NoMoreDescriptors&) = delete;
  NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST(Control, OutOfDescriptorsItWaitsAndThenHearsWhoIsThere) {
#ifdef __clang__
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "UBSan looks at memory through a pipe and takes what it cannot look at for broken";
#endif
#endif
  const test::TempDir folder;
  boost::asio::io_context context;
  ControlServer server(context, folder / "loa.sock", [](const json::object&) { return json::object{{"heard", true}}; });
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (folder / "loa.sock").string().copy(address.sun_path, sizeof address.sun_path - 1);
  const int client = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::send(client, "{}\n", 3, 0), 3);
  {
    const NoMoreDescriptors none;
    EXPECT_LT(context.run_for(std::chrono::milliseconds(600)), 20u) << "it asks again and again";
  }
  char answer[64];
  while (::recv(client, answer, sizeof answer, MSG_DONTWAIT) <= 0) {
    ASSERT_GT(context.run_one_for(std::chrono::minutes(1)), 0u) << "nobody hears it any more";
  }
  ::close(client);
}

TEST(Control, ASocketThatWasTakenAwayIsMadeAgain) {
  const test::TempDir folder;
  boost::asio::io_context context;
  ControlServer server(context, folder / "loa.sock", [](const json::object&) { return json::object(); });
  EXPECT_TRUE(server.is_in_place());
  fs::remove(folder / "loa.sock");
  EXPECT_FALSE(server.is_in_place());
  fs::create_directory(folder / "loa.sock");
  EXPECT_TRUE(server.listen());
  EXPECT_FALSE(server.is_in_place());
  fs::remove(folder / "loa.sock");
  EXPECT_FALSE(server.listen());
  EXPECT_TRUE(server.is_in_place());
}

TEST(Control, WithoutADaemonThereIsNoAnswer) {
  EXPECT_FALSE(ask_daemon("/nonexistent/loa.sock", {{"command", "now"}}));
}

}  // namespace
}  // namespace loa::station
