// Children that answer, crash, hang, talk too much and leave children of their own.
#include "daemon/station/host/process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "tests/support/hung_drive.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

using namespace std::chrono_literals;

ChildOptions shell(const std::string& body) {
  ChildOptions options;
  options.program = "/bin/sh";
  options.arguments = {"-c", body};
  return options;
}

Ended run(const ChildOptions& options) {
  auto child = Child::start(options);
  return child ? child->wait() : Ended{};
}

TEST(Child, ItsAnswerAndItsExitCodeAreCaptured) {
  const Ended ended = run(shell("echo xin chào; exit 3"));
  EXPECT_EQ(ended.how, Ended::How::exited);
  EXPECT_EQ(ended.code, 3);
  EXPECT_FALSE(ended.good());
  EXPECT_EQ(ended.answer, "xin chào\n");
}

TEST(Child, ASignalIsACrash) {
  const Ended ended = run(shell("kill -SEGV $$"));
  EXPECT_EQ(ended.how, Ended::How::crashed);
  EXPECT_EQ(ended.code, SIGSEGV);
}

TEST(Child, IsKilledAtItsDeadlineWithAllItsChildren) {
  const test::TempDir folder;
  auto options = shell("sleep 1000 & echo $! > " + (folder / "pid").string() + "; wait");
  options.deadline = 300ms;
  EXPECT_EQ(run(options).how, Ended::How::too_slow);
  pid_t grandchild = 0;
  std::ifstream(folder / "pid") >> grandchild;
  ASSERT_GT(grandchild, 0);
  // The signal is on its way to it when run() returns; what must not be is a process that it does not reach.
  const int fd = static_cast<int>(::syscall(SYS_pidfd_open, grandchild, 0));
  if (fd < 0) {
    EXPECT_EQ(errno, ESRCH);
    return;
  }
  ::pollfd exits{fd, POLLIN, 0};
  EXPECT_EQ(::poll(&exits, 1, 60'000), 1) << grandchild << " still runs";
  ::close(fd);
}

TEST(Child, MoreThanAMebibyteOfAnswerIsNotKept) {
  const Ended ended = run(shell("head -c 3000000 /dev/zero"));
  EXPECT_TRUE(ended.good());
  EXPECT_EQ(ended.answer.size(), 1u << 20);
}

TEST(Child, GetsOneDescriptorAsNumberThreeAndNoOther) {
  const test::TempDir folder;
  const Descriptor file(::open(folder.write("clip", "bytes of a clip").c_str(), O_RDONLY | O_CLOEXEC));
  const Descriptor secret(::open(folder.write("secret", "x").c_str(), O_RDONLY | O_CLOEXEC));
  auto options = shell("cat <&3; ls -l /proc/self/fd | grep -c secret");
  options.given = file.get();
  EXPECT_EQ(run(options).answer, "bytes of a clip0\n");
}

TEST(Child, DescriptorThreeMayBeTheGivenOneItself) {
  const test::TempDir folder;
  Descriptor file(::open(folder.write("clip", "bytes").c_str(), O_RDONLY | O_CLOEXEC));
  const Descriptor saved(::fcntl(3, F_DUPFD_CLOEXEC, 10));
  ASSERT_EQ(::dup3(file.get(), 3, file.get() == 3 ? 0 : O_CLOEXEC) == 3 || file.get() == 3, true);
  auto options = shell("cat <&3");
  options.given = 3;
  EXPECT_EQ(run(options).answer, "bytes");
  if (saved) ::dup2(saved.get(), 3);
}

TEST(Child, RunsAsNiceAsItIsAsked) {
  auto options = shell("sleep 0.05; cut -d' ' -f19 /proc/$$/stat");
  options.nice = 10;
  EXPECT_EQ(run(options).answer, "10\n");
}

TEST(Child, AProgramThatIsNotThereIsNoChild) {
  ChildOptions options;
  options.program = "/nowhere/loa-media";
  EXPECT_FALSE(Child::start(options));
}

TEST(Child, GivesUpWhenAskedTo) {
  std::stop_source source;
  auto child = Child::start(shell("sleep 1000"));
  ASSERT_TRUE(child);
  source.request_stop();
  EXPECT_EQ(child->wait(source.get_token()).how, Ended::How::stopped);
}

TEST(Child, EndsWithItsOwner) {
  pid_t pid = 0;
  {
    const auto child = Child::start(shell("sleep 1000"));
    ASSERT_TRUE(child);
    pid = child->pid();
  }
  EXPECT_EQ(::kill(pid, 0), -1);
  EXPECT_EQ(errno, ESRCH);
}

TEST(Child, ItsDescriptorWakesALoop) {
  auto child = Child::start(shell("exit 0"));
  ASSERT_TRUE(child);
  std::optional<Ended> ended;
  while (!ended) {
    pollfd look{child->wait_fd(), POLLIN, 0};
    ASSERT_EQ(::poll(&look, 1, 30000), 1);
    ended = child->on_ready();
  }
  EXPECT_TRUE(ended->good());
}

TEST(Child, OneThatADiskHoldsIsLeftToItself) {
  const test::TempDir folder;
  test::HungDrive drive(folder.path());
  if (!drive.mounted()) GTEST_SKIP() << "FUSE may not be mounted here";
  drive.hang(test::HungDrive::Hang::unkillable);
  auto options = shell("exec ls " + folder.path().string());
  options.deadline = 100ms;
  EXPECT_EQ(run(options).how, Ended::How::too_slow);
  options.deadline = 1h;
  const auto another = Child::start(options);
  EXPECT_TRUE(another) << "its end is not waited for";
}

}  // namespace
}  // namespace loa::station
