// The replaced functions do their work and, in a RealTime section, end the process first.
#include "tests/realtime/watch.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

// glibc's own names behind the replaced ones.
extern "C" {
void* __libc_malloc(std::size_t size);
void __libc_free(void* block);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace loa::test {
namespace {

constexpr int kSaid = 199;  // a copy of standard error that the filter lets through

thread_local int t_sections = 0;
thread_local int t_says = STDERR_FILENO;
thread_local MadeUpTime t_time;

[[noreturn]] void caught(const char* what) {
  t_sections = 0;
  const auto say = [](const char* text) { (void)!::write(t_says, text, std::strlen(text)); };
  say("the sound card's thread: ");
  say(what);
  say("\n");
  ::syscall(SYS_exit_group, kCaught);
  __builtin_unreachable();
}

void forbidden(const char* what) {
  if (t_sections > 0) caught(what);
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));  // NOLINT: what dlsym is for
}

using MutexCall = int (*)(pthread_mutex_t*);
using ConditionCall = int (*)(pthread_cond_t*);
using WaitCall = int (*)(pthread_cond_t*, pthread_mutex_t*);
using TimedWaitCall = int (*)(pthread_cond_t*, pthread_mutex_t*, const timespec*);
using ClockWaitCall = int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);
using LatchCall = int (*)(pthread_rwlock_t*);
using SemaphoreCall = int (*)(sem_t*);
using SpinCall = int (*)(pthread_spinlock_t*);
using ClockCall = int (*)(clockid_t, timespec*);

/// Found before main: dlsym itself allocates and locks.
struct Real {
  MutexCall lock = next<MutexCall>("pthread_mutex_lock");
  MutexCall trylock = next<MutexCall>("pthread_mutex_trylock");
  MutexCall unlock = next<MutexCall>("pthread_mutex_unlock");
  ConditionCall signal = next<ConditionCall>("pthread_cond_signal");
  ConditionCall broadcast = next<ConditionCall>("pthread_cond_broadcast");
  WaitCall wait = next<WaitCall>("pthread_cond_wait");
  TimedWaitCall timedwait = next<TimedWaitCall>("pthread_cond_timedwait");
  ClockWaitCall clockwait = next<ClockWaitCall>("pthread_cond_clockwait");
  LatchCall rdlock = next<LatchCall>("pthread_rwlock_rdlock");
  LatchCall wrlock = next<LatchCall>("pthread_rwlock_wrlock");
  LatchCall rwunlock = next<LatchCall>("pthread_rwlock_unlock");
  SemaphoreCall post = next<SemaphoreCall>("sem_post");
  SemaphoreCall sem_wait = next<SemaphoreCall>("sem_wait");
  SemaphoreCall sem_trywait = next<SemaphoreCall>("sem_trywait");
  SpinCall spin = next<SpinCall>("pthread_spin_lock");
  ClockCall clock = next<ClockCall>("clock_gettime");
};
// Library constructors run before ours and use these already.
const Real& real() {
  static const Real found;
  return found;
}
[[gnu::constructor]] void find_early() {
  real();
}

/// Of the kernel's filter: in the handler everything is caught but the write to kSaid and the end.
void on_filtered(int, siginfo_t* info, void*) {
  static char text[] = "system call 0000";
  for (int i = 0, number = info->si_syscall; i < 4; ++i, number /= 10) {
    text[sizeof text - 2 - static_cast<std::size_t>(i)] = static_cast<char>('0' + number % 10);
  }
  caught(text);
}

sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

/// A system call that is let through when its argument (the low half, then the high one) has this value.
void allow(std::vector<sock_filter>& program, int call, std::size_t argument, std::uint64_t value) {
  const auto offset = offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t);
  program.push_back(load(offsetof(seccomp_data, nr)));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 5));
  program.push_back(load(offset));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(value), 0, 3));
  program.push_back(load(offset + 4));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(value >> 32), 0, 1));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
}

void allow(std::vector<sock_filter>& program, int call) {
  program.push_back(load(offsetof(seccomp_data, nr)));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
}

[[noreturn]] void broken(const char* what) {
  std::perror(what);
  ::_exit(1);
}

}  // namespace

RealTime::RealTime() {
  ++t_sections;
}
RealTime::~RealTime() {
  --t_sections;
}

void set_time(const MadeUpTime& time) {
  t_time = time;
}

void forbid_system_calls(const std::atomic<std::uint32_t>* one, const std::atomic<std::uint32_t>* two,
                         const std::vector<int>& also) {
  t_says = ::dup3(STDERR_FILENO, kSaid, O_CLOEXEC);
  struct sigaction action = {};
  action.sa_sigaction = on_filtered;
  action.sa_flags = SA_SIGINFO;
  if (::sigaction(SIGSYS, &action, nullptr) != 0) broken("sigaction");
  std::vector<sock_filter> program;
  for (const auto* word : {one, two}) allow(program, SYS_futex, 0, reinterpret_cast<std::uintptr_t>(word));
  allow(program, SYS_write, 0, kSaid);
  for (const int call : {SYS_clock_gettime, SYS_exit_group}) allow(program, call);
  for (const int call : also) allow(program, call);
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) broken("no new privileges");
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) broken("seccomp");
}

void wait_while(std::atomic<std::uint32_t>& word, std::uint32_t value) {
  while (word.load(std::memory_order_acquire) == value) ::syscall(SYS_futex, &word, FUTEX_WAIT, value, nullptr);
}

void wake(std::atomic<std::uint32_t>& word) {
  ::syscall(SYS_futex, &word, FUTEX_WAKE, 1);
}

}  // namespace loa::test

extern "C" {

using loa::test::forbidden;
using loa::test::real;

void* malloc(std::size_t size) {
  forbidden("malloc");
  return __libc_malloc(size);
}
void free(void* block) {
  if (block != nullptr) forbidden("free");
  __libc_free(block);
}
void* calloc(std::size_t count, std::size_t size) {
  forbidden("calloc");
  return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
  forbidden("realloc");
  return __libc_realloc(block, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  forbidden("memalign");
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  forbidden("aligned_alloc");
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  forbidden("posix_memalign");
  *block = __libc_memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  forbidden("pthread_mutex_lock");
  return real().lock(mutex);
}
int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept {
  forbidden("pthread_mutex_trylock");
  return real().trylock(mutex);
}
int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  forbidden("pthread_mutex_unlock");
  return real().unlock(mutex);
}
int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  forbidden("pthread_cond_signal");
  return real().signal(condition);
}
int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  forbidden("pthread_cond_broadcast");
  return real().broadcast(condition);
}
int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  forbidden("pthread_cond_wait");
  return real().wait(condition, mutex);
}
int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  forbidden("pthread_cond_timedwait");
  return real().timedwait(condition, mutex, until);
}
int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* until) {
  forbidden("pthread_cond_clockwait");
  return real().clockwait(condition, mutex, clock, until);
}
int pthread_rwlock_rdlock(pthread_rwlock_t* latch) noexcept {
  forbidden("pthread_rwlock_rdlock");
  return real().rdlock(latch);
}
int pthread_rwlock_wrlock(pthread_rwlock_t* latch) noexcept {
  forbidden("pthread_rwlock_wrlock");
  return real().wrlock(latch);
}
int pthread_rwlock_unlock(pthread_rwlock_t* latch) noexcept {
  forbidden("pthread_rwlock_unlock");
  return real().rwunlock(latch);
}
int pthread_spin_lock(pthread_spinlock_t* latch) noexcept {
  forbidden("pthread_spin_lock");
  return real().spin(latch);
}
int sem_post(sem_t* semaphore) noexcept {
  forbidden("sem_post");
  return real().post(semaphore);
}
int sem_wait(sem_t* semaphore) {
  forbidden("sem_wait");
  return real().sem_wait(semaphore);
}
int sem_trywait(sem_t* semaphore) noexcept {
  forbidden("sem_trywait");
  return real().sem_trywait(semaphore);
}

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const int result = real().clock(clock, now);
  using loa::test::t_time;
  const auto made_up = clock == CLOCK_REALTIME ? t_time.wall : t_time.steady;
  if (loa::test::t_sections == 0 || made_up.count() == 0) return result;
  now->tv_sec = static_cast<std::time_t>(made_up.count() / 1'000'000'000);
  now->tv_nsec = static_cast<long>(made_up.count() % 1'000'000'000);
  return 0;
}

}  // extern "C"
