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
constexpr int kMasterFormat = 3;
constexpr int kNice = 10;
constexpr int kMediaWorldFailed = 3;         // loa-media: the disk, or memory
constexpr int kSlowest = 20;                 // times real time: a small file may hold hours
constexpr std::int64_t kBytesPerSample = 2;  // of FLAC, rather more than less
constexpr const char* kFlac = ".flac";
constexpr const char* kNote = ".json";

/// What is nobody's fault but the machine's is tried again after a while.
bool may_pass(std::string_view problem) {
  return problem == "too-slow" || problem == "decoder-crashed" || problem == "disk" || problem == "disk-full" ||
         problem == "recording-changed" || problem == "hangs" || problem == "no-program" ||
         problem == "changed-while-reading";
}

/// Where the clip lies: a network drive is one folder or several.
std::string folder_of(const std::string& clip) {
  const auto slash = clip.rfind('/');
  return slash == std::string::npos ? std::string() : clip.substr(0, slash);
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
  return wire::sha256_hex(fmt::format("loa-master-{} {} {:.3f} {} {:.3f} {}", kMasterFormat, sha256, gain, loudness,
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

void Masters::unwatch(int fd) const {
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
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
  const auto unwanted = [this](const auto& entry) {
    return !std::binary_search(wanted_keys_.begin(), wanted_keys_.end(), entry.first);
  };
  std::erase_if(given_up_, unwanted);
  std::erase_if(told_, unwanted);
  forget_lost();
  forget_unwanted();
  if (idle()) begin_next();
}

/// What failed of what nobody wants any more.
void Masters::forget_unwanted() {
  const auto unwanted = [this](const auto& each) {
    return !std::binary_search(wanted_keys_.begin(), wanted_keys_.end(), each.first);
  };
  std::erase_if(given_up_, unwanted);
  std::erase_if(told_, unwanted);
}

/// Somebody tidied up in state/masters: what is gone is made again.
void Masters::forget_lost() {
  std::vector<std::string> lost;
  std::error_code made;
  if (fs::create_directories(options_.folder, made)) {
    child_.reset();  // what it makes has no place any more
    std::erase_if(given_up_, [](const auto& entry) { return entry.second.again.has_value(); });
  }
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
    if (!shelf_.contains(wanted.key) && may_try(wanted.key) && open(wanted)) return;
  }
  wake_later();
}

/// False when it had to be given up at once.
bool Masters::open(const Wanted& wanted) {
  if (hangs(folder_of(wanted.master.clip))) {
    give_up(wanted, "hangs");
    return false;
  }
  making_ = wanted;
  opening_ = std::make_unique<Opening>(options_.open(wanted.master));
  watch(opening_->wait_fd());
  wake_in(options_.open_patience);
  return true;
}

/// Of one folder one thread at the most is held.
bool Masters::hangs(const std::string& folder) {
  const auto held = held_.find(folder);
  if (held == held_.end()) return false;
  if (!*held->second) return true;
  held_.erase(held);
  return false;
}

/// True when it was given up.
bool Masters::on_opened() {
  auto opened = opening_->take();
  std::uint64_t expired = 0;
  const bool late = ::read(timer_.get(), &expired, sizeof expired) == sizeof expired;
  if (!opened && !late) return false;
  if (!opened) held_[folder_of(making_.master.clip)] = opening_->ended();
  unwatch(opening_->wait_fd());  // a thread that is left to itself keeps its bell
  opening_.reset();
  wake_in(0ms);
  if (!opened) {
    give_up(making_, "hangs");
  } else {
    begin(*opened);
  }
  if (!child_) begin_next();
  return !child_;
}

void Masters::begin(Opening::Opened& opened) {
  if (!opened.file) {
    give_up(making_, "recording-changed");
  } else if (!make_room(room_for(making_.master, opened.size))) {
    give_up(making_, "disk-full");
  } else {
    start_child(opened);
  }
  close_aside(std::move(opened.file));
}

void Masters::start_child(const Opening::Opened& opened) {
  const auto& [key, master] = making_;
  const auto patience = options_.deadline + 1ms * static_cast<std::int64_t>(opened.size / 1000) +
                        std::chrono::floor<std::chrono::milliseconds>(master.length) / kSlowest;
  auto child = Child::start({options_.program, arguments_for(options_.profile, master.gain, file_of(key, kFlac)),
                             opened.file.get(), kNice, patience});
  if (!child) return give_up(making_, "no-program");
  given_up_.erase(key);
  child_ = std::move(child);
  watch(child_->wait_fd());
}

std::uint64_t Masters::room_for(const WantedMaster& wanted, std::uint64_t size) const {
  const auto guess = wanted.length.count() * options_.profile.channels * kBytesPerSample;
  return guess > 0 ? static_cast<std::uint64_t>(guess) : size;
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
  if (opening_) return on_opened();
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
  wake_in(waiting ? std::chrono::ceil<std::chrono::seconds>(options_.retry) : 0s);
}

/// 0 = not at all.
void Masters::wake_in(std::chrono::milliseconds wait) {
  itimerspec at{};
  at.it_value.tv_sec = wait.count() / 1000;
  at.it_value.tv_nsec = wait.count() % 1000 * 1'000'000;
  ::timerfd_settime(timer_.get(), 0, &at, nullptr);
}

void Masters::make_all(const std::stop_token& stop, const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto missing = [this] {
    return static_cast<std::size_t>(std::count_if(wanted_keys_.begin(), wanted_keys_.end(), [this](const auto& key) {
      return !shelf_.contains(key) && may_try(key);
    }));
  };
  const std::size_t total = missing();
  while (!idle() && !stop.stop_requested()) {
    if (progress) progress(total - std::min(total, missing()), total);
    pollfd look{epoll_.get(), POLLIN, 0};
    ::poll(&look, 1, 100);
    on_ready();
  }
  if (opening_) unwatch(opening_->wait_fd());
  opening_.reset();
  child_.reset();
}

}  // namespace loa::station
