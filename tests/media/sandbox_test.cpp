// What a decoder that was taken over could do: nothing but read and write what it was given.
#include "daemon/media/sandbox.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <string>

#include "daemon/media/apart.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace loa::media;
using loa::test::Recordings;

/// Whether a child in the sandbox could do it; 2 when there is no sandbox.
int in_the_sandbox(const std::function<bool()>& attempt) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (!forbid_what_leads_out()) ::_exit(2);
    ::_exit(attempt() ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Sandbox, NothingLeadsOut) {
  const pid_t parent = ::getpid();
  EXPECT_EQ(in_the_sandbox([] { return ::open("/etc/passwd", O_RDONLY) >= 0; }), 0);
  EXPECT_EQ(in_the_sandbox([] { return ::open("/tmp/loa-broke-out", O_WRONLY | O_CREAT, 0600) >= 0; }), 0);
  EXPECT_EQ(in_the_sandbox([] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }), 0);
  EXPECT_EQ(in_the_sandbox([] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }), 0);
  EXPECT_EQ(in_the_sandbox([] { return ::execl("/bin/true", "true", nullptr) == 0; }), 0);
  EXPECT_EQ(in_the_sandbox([=] { return ::kill(parent, 0) == 0; }), 0);
  EXPECT_EQ(in_the_sandbox([] { return ::unlink("/tmp/loa-nothing") == 0 || errno != EPERM; }), 0);
  EXPECT_EQ(in_the_sandbox([] { return ::rename("/tmp/loa-a", "/tmp/loa-b") == 0 || errno != EPERM; }), 0);
#ifndef LOA_SANITIZED  // a sanitizer starts threads and maps what it likes
  EXPECT_EQ(in_the_sandbox([] { return ::fork() >= 0; }), 0);
  EXPECT_EQ(in_the_sandbox([] { return ::prctl(PR_SET_DUMPABLE, 1) == 0; }), 0);
  EXPECT_EQ(in_the_sandbox([] {
              return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
            }),
            0);
#endif
}

TEST(Sandbox, AStreamOfTheNetworkConnectsAndWritesNoFile) {
  const auto with_the_network = [](const std::function<bool()>& attempt) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(!forbid_all_but_the_network() ? 2 : attempt() ? 1 : 0);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
  EXPECT_EQ(with_the_network([] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }), 1);
  EXPECT_EQ(with_the_network([] { return ::open("/etc/hosts", O_RDONLY) >= 0; }), 1);
  EXPECT_EQ(with_the_network([] { return ::open("/tmp/loa-broke-out", O_WRONLY | O_CREAT, 0600) >= 0; }), 0);
  EXPECT_EQ(with_the_network([] { return ::execl("/bin/true", "true", nullptr) == 0; }), 0);
  EXPECT_EQ(with_the_network([] { return ::unlink("/tmp/loa-nothing") == 0 || errno != EPERM; }), 0);
  const auto is_let = [&](long call) {
    return with_the_network([=] { return ::syscall(call, -1, 0, -1, 0) == 0 || errno != EPERM; });
  };
  EXPECT_EQ(is_let(SYS_renameat), 0);
  EXPECT_EQ(is_let(SYS_io_uring_setup), 0);
#ifdef __x86_64__
  EXPECT_EQ(is_let(SYS_unlinkat | 0x40000000), 0) << "by its number of x32";
#endif
}

TEST(Sandbox, WhatIsOpenIsReadAndWritten) {
  EXPECT_EQ(in_the_sandbox([] { return std::string(100'000'000, 'x').size() == 100'000'000; }), 1);
  const Recordings made;
  const int file = ::open(made.write("a", "abc").c_str(), O_RDWR | O_CLOEXEC);
  EXPECT_EQ(in_the_sandbox([=] {
              char letter = 0;
              return ::pread(file, &letter, 1, 1) == 1 && letter == 'b' && ::pwrite(file, "z", 1, 0) == 1;
            }),
            1);
  ::close(file);
  EXPECT_EQ(made.read("a"), "zbc");
}

TEST(Sandbox, OtherDescriptorsAreClosed) {
  const Recordings made;
  const int secret = ::open(made.write("a", "abc").c_str(), O_RDWR | O_CLOEXEC);
  const int given = ::open(made.write("b", "abc").c_str(), O_RDWR | O_CLOEXEC);
  const auto answer = work_apart({given}, [=] {
    char letter = 0;
    const bool leaks = ::pread(secret, &letter, 1, 0) == 1;
    const bool reads = ::pread(given, &letter, 1, 0) == 1;
    return std::string(leaks ? "leaks" : "tight") + (reads ? " reads" : " blind");
  });
  EXPECT_EQ(answer.value_or(""), "tight reads");
  ::close(secret);
  ::close(given);
}

TEST(Sandbox, WorkThatFailsGivesNoAnswer) {
  EXPECT_FALSE(work_apart({}, []() -> std::string { throw std::bad_alloc(); }).has_value());
}

/// Whoever started loa-media sees the signal that ended the work.
TEST(Sandbox, ASignalIsHandedOn) {
  const pid_t child = ::fork();
  if (child == 0) {
    work_apart({}, []() -> std::string { ::_exit((::raise(SIGABRT), 7)); });
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
}

}  // namespace
