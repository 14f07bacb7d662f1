// The filter on system calls (seccomp-bpf): reading and writing what is open, memory, time and the end, nothing else.
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "daemon/media/sandbox.hpp"

namespace loa::media {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kMachine = 0;  // no filter
#endif

constexpr std::uint32_t kRefused = SECCOMP_RET_ERRNO | (EPERM & SECCOMP_RET_DATA);

std::uint16_t code(unsigned bits) {
  return static_cast<std::uint16_t>(bits);
}

class Filter {
 public:
  Filter() {
    load(offsetof(seccomp_data, arch));
    rules_.push_back(BPF_JUMP(code(BPF_JMP | BPF_JEQ | BPF_K), kMachine, 1, 0));
    end(SECCOMP_RET_KILL_PROCESS);
    load(offsetof(seccomp_data, nr));
#ifdef __x86_64__  // the numbers of x32 are no others than these, with a bit more
    rules_.push_back(BPF_JUMP(code(BPF_JMP | BPF_JGE | BPF_K), 0x40000000, 0, 1));
    end(kRefused);
#endif
  }
  void allow(long call) {
    decide(call, SECCOMP_RET_ALLOW);
  }
  void refuse(long call) {
    decide(call, kRefused);
  }
  /// Only without these bits in its argument.
  void allow_without(long call, unsigned argument, std::uint32_t bits) {
    rules_.push_back(BPF_JUMP(code(BPF_JMP | BPF_JEQ | BPF_K), static_cast<std::uint32_t>(call), 0, 4));
    load(offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t));
    rules_.push_back(BPF_JUMP(code(BPF_JMP | BPF_JSET | BPF_K), bits, 0, 1));
    end(kRefused);
    end(SECCOMP_RET_ALLOW);
  }
  /// Only with this value of its first argument.
  void allow_with(long call, std::uint32_t value) {
    rules_.push_back(BPF_JUMP(code(BPF_JMP | BPF_JEQ | BPF_K), static_cast<std::uint32_t>(call), 0, 4));
    load(offsetof(seccomp_data, args));
    rules_.push_back(BPF_JUMP(code(BPF_JMP | BPF_JEQ | BPF_K), value, 1, 0));
    end(kRefused);
    end(SECCOMP_RET_ALLOW);
  }
  void end(std::uint32_t verdict) {
    rules_.push_back(BPF_STMT(code(BPF_RET | BPF_K), verdict));
  }

  bool install() {
    sock_fprog program{static_cast<unsigned short>(rules_.size()), rules_.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
  }

 private:
  void load(std::size_t offset) {
    rules_.push_back(BPF_STMT(code(BPF_LD | BPF_W | BPF_ABS), static_cast<std::uint32_t>(offset)));
  }
  void decide(long call, std::uint32_t verdict) {
    rules_.push_back(BPF_JUMP(code(BPF_JMP | BPF_JEQ | BPF_K), static_cast<std::uint32_t>(call), 0, 1));
    end(verdict);
  }

  std::vector<sock_filter> rules_;
};

/// What a decoder needs.
constexpr long kAllowed[] = {
    SYS_read,
    SYS_readv,
    SYS_pread64,
    SYS_write,
    SYS_writev,
    SYS_pwrite64,
    SYS_lseek,
    SYS_fstat,
    SYS_newfstatat,
    SYS_close,
    SYS_ftruncate,
    SYS_fsync,
    SYS_fdatasync,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_brk,
    SYS_futex,
    SYS_exit,
    SYS_exit_group,
    SYS_getpid,
    SYS_gettid,
    SYS_clock_gettime,
    SYS_clock_nanosleep,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_getrandom,
    SYS_sched_yield,
    SYS_getrusage,
    SYS_sched_getaffinity,
    SYS_restart_syscall,
};

/// What a stream of the network has no use for.
constexpr long kNeverForAStream[] = {
    SYS_execve,  SYS_execveat, SYS_openat2,   SYS_unlinkat, SYS_renameat2,        SYS_renameat, SYS_io_uring_setup,
    SYS_mkdirat, SYS_linkat,   SYS_symlinkat, SYS_mknodat,  SYS_fchmodat,         SYS_fchownat, SYS_truncate,
    SYS_kill,    SYS_listen,   SYS_accept4,   SYS_mount,    SYS_process_vm_writev};

void refuse_what_no_stream_needs(Filter& filter) {
  for (const long call : kNeverForAStream) filter.refuse(call);
#ifndef LOA_SANITIZED  // with which it looks for leaks at the end
  filter.refuse(SYS_ptrace);
#endif
#ifdef SYS_open  // old calls, which glibc uses for some of its functions
  for (const long call : {SYS_open, SYS_creat, SYS_unlink, SYS_rename, SYS_mkdir, SYS_link, SYS_symlink, SYS_rmdir}) {
    filter.refuse(call);
  }
#endif
}

}  // namespace

bool forbid_all_but_the_network() {
  if (kMachine == 0) return false;
  Filter filter;
  refuse_what_no_stream_needs(filter);
  filter.allow_without(SYS_openat, 2, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC);
  filter.end(SECCOMP_RET_ALLOW);
  return filter.install();
}

bool forbid_what_leads_out() {
  if (kMachine == 0) return false;
  Filter filter;
#ifdef LOA_SANITIZED  // it needs more than a decoder: there only what leads out is refused
  refuse_what_no_stream_needs(filter);
  for (const long call : {SYS_openat, SYS_socket, SYS_connect}) filter.refuse(call);
  static_cast<void>(kAllowed);
  filter.end(SECCOMP_RET_ALLOW);
#else
  for (const long call : kAllowed) filter.allow(call);
  filter.allow_with(SYS_tgkill, static_cast<std::uint32_t>(::getpid()));  // abort()
  filter.allow_without(SYS_mprotect, 2, PROT_EXEC);
  filter.allow_without(SYS_mmap, 2, PROT_EXEC);
  filter.end(kRefused);
#endif
  return filter.install();
}

}  // namespace loa::media
