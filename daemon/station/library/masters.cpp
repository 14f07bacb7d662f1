#include "daemon/station/library/masters.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <utility>

#include "daemon/station/library/masters_note.hpp"
#include "daemon/wire/media_messages.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// Raised whenever loa-media makes masters differently: all are made anew then.
constexpr int kFormat = 2;
constexpr int kNice = 10;
constexpr int kMediaWorldFailed = 3;         // loa-media: the disk, or memory
constexpr int kSlowest = 20;                 // times real time: a small file may hold hours
constexpr std::int64_t kBytesPerSample = 2;  // of FLAC, rather more than less
constexpr const char* kFlac = ".flac";
constexpr const char* kNote = ".json";

/// What is nobody's fault but the machine's is tried again after a while.
bool may_pass(std::string_view problem) {
  return problem == "too-slow" || problem == "decoder-crashed" || problem == "disk" || problem == "disk-full" ||
         problem == "recording-changed" || problem == "no-program" || problem == "changed-while-reading";
}

std::uint64_t size_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

std::vector<std::string> arguments_for(const MasterProfile& profile, double gain, const fs::path& out) {
  std::vector<std::string> arguments{"master", "--fd", "3", "--out", out.string()};
  const auto add = [&](const char* name, std::string value) {
    arguments.emplace_back(name);
    arguments.push_back(std::move(value));
  };
  add("--gain", fmt::format("{:.3f}", gain));
  if (profile.loudness) add("--target", fmt::format("{:.3f}", *profile.loudness));
  add("--peak", fmt::format("{:.3f}", profile.true_peak));
  add("--channels", std::to_string(profile.channels));
  return arguments;
}

}  // namespace

std::string master_key(const std::string& sha256, double gain, const MasterProfile& profile) {
  const std::string loudness = profile.loudness ? fmt::format("{:.3f}", *profile.loudness) : "none";
  return wire::sha256_hex(fmt::format("loa-master-{} {} {:.3f} {} {:.3f} {}", kFormat, sha256, gain, loudness,
                                      profile.true_peak, profile.channels));
}

std::uint64_t ledger_reserve(const fs::path& folder) {
  constexpr std::uint64_t kReserve = 500ull << 20;
  std::error_code error;
  auto there = folder;
  while (!fs::exists(there, error) && there.has_relative_path()) there = there.parent_path();
  const auto space = fs::space(there, error);
  return error ? kReserve : std::min<std::uint64_t>(kReserve, space.capacity / 2);
}

Masters::Masters(MastersOptions options)
    : options_(std::move(options)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
  watch(timer_.get());
  take_stock();
}

fs::path Masters::file_of(const std::string& key, const char* ending) const {
  return options_.folder / (key + ending);
}

void Masters::watch(int fd) const {
  epoll_event event{};
  event.events = EPOLLIN;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
}

/// A master counts when both its sound and its note are whole; everything else in the folder is a leftover of ours.
void Masters::take_stock() {
  std::error_code error;
  fs::create_directories(options_.folder, error);
  std::vector<fs::path> leftovers;
  for (const auto& entry : fs::directory_iterator(options_.folder, error)) {
    if (entry.path().extension() == kNote) {
      take_stock_of(entry.path().stem().string());
    } else if (entry.path().extension() != kFlac || !fs::exists(file_of(entry.path().stem().string(), kNote), error)) {
      leftovers.push_back(entry.path());
    }
  }
  for (const auto& leftover : leftovers) fs::remove(leftover, error);
}

void Masters::take_stock_of(const std::string& key) {
  std::error_code error;
  const fs::path file = file_of(key, kFlac);
  const auto note = read_note(file_of(key, kNote));
  const auto size = fs::file_size(file, error);
  if (!note || error || size != note->size) return remove(key);
  shelf_[key] = {
      {fs::absolute(file).string(), Frames(note->frames), note->loudness}, size, fs::last_write_time(file, error)};
  bytes_ += size;
}

std::optional<Master> Masters::find(const std::string& sha256, double gain) const {
  const auto found = shelf_.find(master_key(sha256, gain, options_.profile));
  return found == shelf_.end() ? std::nullopt : std::optional(found->second.master);
}

std::string Masters::problem(const std::string& sha256, double gain) const {
  const auto found = given_up_.find(master_key(sha256, gain, options_.profile));
  return found == given_up_.end() ? std::string() : found->second.problem;
}

void Masters::want(std::vector<WantedMaster> wanted) {
  wanted_.clear();
  wanted_keys_.clear();
  for (auto& each : wanted) {
    wanted_keys_.push_back(master_key(each.sha256, each.gain, options_.profile));
    wanted_.push_back({wanted_keys_.back(), std::move(each)});
  }
  std::sort(wanted_keys_.begin(), wanted_keys_.end());
  forget_lost();
  if (!child_) begin_next();
}

/// Somebody tidied up in state/masters: what is gone is made again.
void Masters::forget_lost() {
  std::vector<std::string> lost;
  for (const auto& [key, shelved] : shelf_) {
    std::error_code error;
    if (!fs::exists(shelved.master.path, error)) lost.push_back(key);
  }
  for (const auto& key : lost) remove(key);
}

bool Masters::may_try(const std::string& key) const {
  const auto found = given_up_.find(key);
  if (found == given_up_.end()) return true;
  return found->second.again && *found->second.again <= std::chrono::steady_clock::now();
}

void Masters::begin_next() {
  for (const auto& wanted : wanted_) {
    if (!shelf_.contains(wanted.key) && may_try(wanted.key) && begin(wanted)) return;
  }
  wake_later();
}

/// False when it had to be given up at once.
bool Masters::begin(const Wanted& wanted) {
  const auto& [key, master] = wanted;
  const Descriptor recording = options_.open(master);
  if (!recording) {
    give_up(wanted, "recording-changed");
    return false;
  }
  if (!make_room(room_for(master, recording.get()))) {
    give_up(wanted, "disk-full");
    return false;
  }
  const auto patience = options_.deadline + 1ms * static_cast<std::int64_t>(size_of(recording.get()) / 1000) +
                        std::chrono::floor<std::chrono::milliseconds>(master.length) / kSlowest;
  auto child = Child::start({options_.program, arguments_for(options_.profile, master.gain, file_of(key, kFlac)),
                             recording.get(), kNice, patience});
  if (!child) {
    give_up(wanted, "no-program");
    return false;
  }
  given_up_.erase(key);
  child_ = std::move(child);
  making_ = wanted;
  watch(child_->wait_fd());
  return true;
}

std::uint64_t Masters::room_for(const WantedMaster& wanted, int recording) const {
  const auto guess = wanted.length.count() * options_.profile.channels * kBytesPerSample;
  return guess > 0 ? static_cast<std::uint64_t>(guess) : size_of(recording);
}

bool Masters::make_room(std::uint64_t coming) {
  for (;;) {
    std::error_code error;
    const auto space = fs::space(options_.folder, error);
    if (error) return false;
    const bool fits = bytes_ + coming <= options_.most_bytes;
    const bool spare = space.available >= options_.spare_bytes + coming;
    if (fits && spare) return true;
    const std::string key = oldest_unwanted();
    if (key.empty()) return false;
    remove(key);
  }
}

std::string Masters::oldest_unwanted() const {
  const Shelved* oldest = nullptr;
  std::string found;
  for (const auto& [key, shelved] : shelf_) {
    if (std::binary_search(wanted_keys_.begin(), wanted_keys_.end(), key)) continue;
    if (oldest != nullptr && oldest->made <= shelved.made) continue;
    oldest = &shelved;
    found = key;
  }
  return found;
}

/// The note goes first: a sound without its note is a leftover.
void Masters::remove(const std::string& key) {
  std::error_code error;
  fs::remove(file_of(key, kNote), error);
  fs::remove(file_of(key, kFlac), error);
  const auto found = shelf_.find(key);
  if (found == shelf_.end()) return;
  bytes_ -= found->second.size;
  shelf_.erase(found);
}

bool Masters::on_ready() {
  std::uint64_t expired = 0;
  if (::read(timer_.get(), &expired, sizeof expired) == sizeof expired && !child_) begin_next();
  if (!child_) return false;
  const auto ended = child_->on_ready();
  if (!ended) return false;
  finish(*ended);
  return true;
}

void Masters::finish(const Ended& ended) {
  child_.reset();
  if (std::string problem = shelve(ended); !problem.empty()) {
    remove(making_.key);
    std::error_code error;
    fs::remove(file_of(making_.key, ".flac.part"), error);
    give_up(making_, std::move(problem));
  }
  begin_next();
}

/// The master takes its place; else why not.
std::string Masters::shelve(const Ended& ended) {
  if (ended.how == Ended::How::too_slow) return "too-slow";
  if (ended.how == Ended::How::exited && ended.code == kMediaWorldFailed) return "disk";
  const auto mastered = ended.how == Ended::How::exited ? wire::mastered_from(ended.answer) : std::nullopt;
  if (!mastered) return "decoder-crashed";
  if (!mastered->problem.empty()) return mastered->problem;
  if (mastered->sha256 != making_.master.sha256) return "recording-changed";
  std::error_code error;
  const auto size = fs::file_size(file_of(making_.key, kFlac), error);
  if (error || !write_note(file_of(making_.key, kNote), {mastered->frames, mastered->loudness, size})) return "disk";
  take_stock_of(making_.key);
  told_.erase(making_.key);
  return shelf_.contains(making_.key) ? std::string() : std::string("disk");
}

void Masters::give_up(const Wanted& wanted, std::string problem) {
  if (std::exchange(told_[wanted.key], problem) != problem) failures_.push_back({wanted.master.clip, problem});
  GivenUp given_up{std::move(problem), std::nullopt};
  if (may_pass(given_up.problem)) given_up.again = std::chrono::steady_clock::now() + options_.retry;
  given_up_[wanted.key] = std::move(given_up);
}

/// What was given up for now is looked at again even when nothing else happens.
void Masters::wake_later() {
  const bool waiting = std::any_of(wanted_keys_.begin(), wanted_keys_.end(), [this](const std::string& key) {
    const auto found = given_up_.find(key);
    return found != given_up_.end() && found->second.again;
  });
  itimerspec at{};
  if (waiting) at.it_value.tv_sec = std::chrono::ceil<std::chrono::seconds>(options_.retry).count();
  ::timerfd_settime(timer_.get(), 0, &at, nullptr);
}

void Masters::make_all(const std::stop_token& stop, const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto missing = [this] {
    return static_cast<std::size_t>(std::count_if(wanted_keys_.begin(), wanted_keys_.end(), [this](const auto& key) {
      return !shelf_.contains(key) && may_try(key);
    }));
  };
  const std::size_t total = missing();
  while (child_ && !stop.stop_requested()) {
    if (progress) progress(total - std::min(total, missing()), total);
    pollfd look{epoll_.get(), POLLIN, 0};
    ::poll(&look, 1, 100);
    on_ready();
  }
  child_.reset();
}

}  // namespace loa::station
