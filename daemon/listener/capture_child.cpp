#include "daemon/listener/capture_child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "daemon/wire/spawn.hpp"
#include "daemon/wire/stream_messages.hpp"

namespace loa::listener {

namespace {

using namespace std::chrono_literals;
using State = wire::InputEvent::State;

constexpr auto kSoonest = 1s;
constexpr int kSoundEnd = 3;  // in the child

struct Ends {
  int ours = -1, its = -1;
};

Ends open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return {ends[0], ends[1]};
}

pid_t spawn_capture(const std::filesystem::path& program, const std::string& input, int news, int sound) {
  std::vector<std::string> words{
      program.string(), "--capture", input, "--channels", "1", "--pipe", "/proc/self/fd/" + std::to_string(kSoundEnd)};
  return wire::spawn(program, std::move(words), {{news, 1}, {sound, kSoundEnd}});
}

}  // namespace

CaptureChild::CaptureChild(std::filesystem::path player, std::string input)
    : player_(std::move(player)), input_(std::move(input)) {}

CaptureChild::~CaptureChild() {
  close_ends();
  if (pid_ > 0) ::kill(pid_, SIGKILL);
}

void CaptureChild::watch(std::vector<pollfd>& watched) const {
  if (sound_ >= 0 && !gone_) watched.push_back({sound_, POLLIN, 0});
  if (news_ >= 0 && !over_) watched.push_back({news_, POLLIN, 0});
}

void CaptureChild::start(Steady now) {
  const auto sound = open_pipe(), news = open_pipe();
  sound_ = sound.ours;
  news_ = news.ours;
  if (sound_ >= 0 && news_ >= 0) pid_ = spawn_capture(player_, input_, news.its, sound.its);
  for (const int end : {sound.its, news.its}) {
    if (end >= 0) ::close(end);
  }
  said_.clear();
  partial_.clear();
  over_.reset();
  gone_ = pid_ < 0;
  deadline_ = now + kOpens;
}

void CaptureChild::read_sound() {
  std::array<std::byte, 65536> bytes;
  while (!gone_) {
    const auto count = ::read(sound_, bytes.data(), bytes.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
      gone_ = true;
      return;
    }
    partial_.insert(partial_.end(), bytes.begin(), bytes.begin() + count);
    const auto samples = partial_.size() / sizeof(float), before = fresh_.size();
    fresh_.resize(before + samples);
    std::memcpy(fresh_.data() + before, partial_.data(), samples * sizeof(float));
    partial_.erase(partial_.begin(), partial_.begin() + static_cast<std::ptrdiff_t>(samples * sizeof(float)));
    if (static_cast<std::size_t>(count) < bytes.size()) return;
  }
}

void CaptureChild::read_news() {
  std::array<char, 4096> bytes;
  for (ssize_t count = 0; (count = ::read(news_, bytes.data(), bytes.size())) > 0;) {
    said_.append(bytes.data(), static_cast<std::size_t>(count));
    if (said_.size() > bytes.size() * 4) said_.clear();
  }
  for (auto end = said_.find('\n'); end != std::string::npos; end = said_.find('\n')) {
    const auto news = wire::stream_news_from(std::string_view(said_).substr(0, end));
    said_.erase(0, end + 1);
    if (news && news->what == wire::StreamNews::What::ended) over_ = news->detail;
  }
}

std::optional<wire::InputEvent> CaptureChild::step(Steady now) {
  fresh_.clear();
  reap();
  if (pid_ < 0 && now < again_) return std::nullopt;
  if (pid_ < 0) start(now);
  if (!gone_) read_sound();
  if (news_ >= 0) read_news();
  if (!fresh_.empty()) deadline_ = now + kGives;
  const auto lost = open_ ? State::lost : State::absent;
  if (over_) return end(lost, *over_, now);
  if (gone_) return end(lost, pid_ < 0 ? "cannot start " + player_.string() : "its process ended", now);
  if (now >= deadline_) return end(lost, open_ ? "hangs" : "hangs in being opened", now);
  if (fresh_.empty() || std::exchange(open_, true)) return std::nullopt;
  back_off_ = 0ms;
  told_ = wire::InputEvent{State::open, ""};
  return told_;
}

/// Told once for each reason; a device that stays away is no news.
std::optional<wire::InputEvent> CaptureChild::end(State state, std::string why, Steady now) {
  open_ = false;
  close_ends();
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    dying_.push_back(std::exchange(pid_, -1));
  }
  again_ = now + back_off_;
  back_off_ = std::clamp<std::chrono::milliseconds>(2 * back_off_, kSoonest, kSeldomest);
  wire::InputEvent news{state, std::move(why)};
  if (told_ == news) return std::nullopt;
  told_ = news;
  return news;
}

void CaptureChild::close_ends() {
  for (int* end : {&sound_, &news_}) {
    if (*end >= 0) ::close(std::exchange(*end, -1));
  }
}

/// One that a driver holds may take its time to die.
void CaptureChild::reap() {
  std::erase_if(dying_, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
}

}  // namespace loa::listener
