#include "daemon/station/run/watch.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <system_error>

#include "config/station_folder.hpp"
#include "daemon/station/host/paths.hpp"

namespace loa::station {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MODIFY |
                                  IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;

/// Where the system has no inotify left to give, the look-again alone sees what changes.
int open_inotify() {
  int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd < 0) fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "inotify");
  return fd;
}

/// What the program itself writes, and what is never read.
bool is_ours(std::string_view name) {
  return config::is_ignored_name(name) || name == "state" ||
         std::find(kPageNames.begin(), kPageNames.end(), name) != kPageNames.end();
}

std::vector<fs::path> below(const fs::path& top) {
  std::vector<fs::path> found{top};
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(top, fs::directory_options::skip_permission_denied, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_directory(error) && !entry->is_symlink(error)) found.push_back(entry->path());
  }
  return found;
}

std::uint64_t number_of(const timespec& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(time.tv_nsec);
}

/// Order does not matter: names, sizes and times of one folder's files, mixed.
std::uint64_t folder_state(const fs::path& folder) {
  std::uint64_t sum = 0;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    const auto name = entry->path().filename().string();
    struct stat facts {};
    if (is_ours(name) || ::stat(entry->path().c_str(), &facts) != 0) continue;
    if (S_ISDIR(facts.st_mode)) facts.st_mtim = facts.st_ctim = {};
    auto mixed = std::hash<std::string>()(entry->path().string());
    for (const auto part : {static_cast<std::uint64_t>(facts.st_size), number_of(facts.st_mtim),
                            number_of(facts.st_ctim), static_cast<std::uint64_t>(facts.st_ino)}) {
      mixed = (mixed ^ part) * 0x9E3779B97F4A7C15ULL;
    }
    sum += mixed;
  }
  return sum;
}

void watch_folder(int inotify, const fs::path& folder) {
  if (inotify_add_watch(inotify, folder.c_str(), kEvents | IN_ONLYDIR) >= 0) return;
  const auto parent = folder.parent_path();
  if (errno == ENOENT && !parent.empty() && parent != folder) watch_folder(inotify, parent);
}

}  // namespace

/// Folders come and go while people work in them: asking again for what is watched already changes nothing.
std::uint64_t look_at_folders(int inotify, const WatchedFolders& watched) {
  std::uint64_t sum = 0;
  const auto look = [&](const fs::path& folder) {
    watch_folder(inotify, folder);
    sum += folder_state(folder);
  };
  for (const auto& folder : watched.folders) look(folder);
  for (const auto& top : watched.deep) {
    for (const auto& folder : below(top)) look(folder);
  }
  return sum;
}

Watch::Watch(boost::asio::io_context& context, Hooks hooks, FolderLook look, std::chrono::milliseconds pace)
    : hooks_(std::move(hooks)),
      look_(std::move(look)),
      pace_(pace),
      inotify_(context, open_inotify()),
      shared_inotify_(std::make_shared<const Descriptor>(::fcntl(inotify_.native_handle(), F_DUPFD_CLOEXEC, 0))),
      quiet_(context),
      again_(context),
      watched_(std::make_shared<const WatchedFolders>()),
      mailbox_(context) {
  read();
  look_again();
}

void Watch::set(WatchedFolders watched) {
  if (watched == *watched_) return;
  watched_ = std::make_shared<const WatchedFolders>(std::move(watched));
  look(Purpose::begin);
}

void Watch::look(Purpose purpose) {
  if (looking_ != Purpose::none) {
    next_ = std::max(next_, purpose);
    return;
  }
  looking_ = purpose;
  looking_since_ = std::chrono::steady_clock::now();
  mailbox_.ask([look = look_, inotify = shared_inotify_, watched = watched_] { return look(inotify->get(), *watched); },
               [this](std::uint64_t state) { looked(state); });
}

void Watch::looked(std::uint64_t state) {
  const bool other = std::exchange(known_, state) != state;
  const auto purpose = std::exchange(looking_, Purpose::none);
  if (stopped_) return;
  if (std::exchange(hangs_, false)) hooks_.hangs(false);
  if (purpose == Purpose::tell) hooks_.changed();
  if (purpose == Purpose::compare && other && !stirring_) stir();
  if (const auto next = std::exchange(next_, Purpose::none); next != Purpose::none) look(next);
}

void Watch::read() {
  inotify_.async_read_some(boost::asio::buffer(events_),
                           [this](const boost::system::error_code& error, std::size_t size) {
                             if (stopped_ || error) return;
                             bool counts = false;
                             for (std::size_t at = 0; at + sizeof(inotify_event) <= size;) {
                               const auto* event = reinterpret_cast<const inotify_event*>(events_.data() + at);
                               at += sizeof(inotify_event) + event->len;
                               counts = note(event->wd, event->mask, event->len > 0 ? event->name : "") || counts;
                             }
                             if (counts) stir();
                             read();
                           });
}

bool Watch::note(int watch, std::uint32_t mask, std::string_view name) {
  if ((mask & IN_IGNORED) != 0) return false;  // no longer watched, as was told before
  // A folder that was moved away is not ours any more; one that is still below is watched again by the next look.
  if ((mask & IN_MOVE_SELF) != 0) inotify_rm_watch(inotify_.native_handle(), watch);
  if (name.empty()) return true;  // the folder itself
  if (is_ours(name)) return false;
  if (name.ends_with(".yaml") || name.ends_with(".yml")) {
    const std::pair key(watch, std::string(name));
    if ((mask & IN_MODIFY) != 0) {
      half_written_.insert(key);
      last_write_ = std::chrono::steady_clock::now();
    } else if ((mask & (IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)) != 0) {
      half_written_.erase(key);
    }
  }
  return true;
}

void Watch::stir() {
  const auto now = std::chrono::steady_clock::now();
  if (!stirring_) first_stir_ = now;
  stirring_ = true;
  quiet_.expires_at(std::min(now + kQuiet, std::max(first_stir_ + kPatience, now)));
  quiet_.async_wait([this](const boost::system::error_code& error) {
    if (!error && !stopped_) settled();
  });
}

void Watch::settled() {
  // A writer that never closes (or whose end was not seen) must not hold edits back for ever.
  if (!half_written_.empty() && std::chrono::steady_clock::now() < last_write_ + kHalfWritten) {
    first_stir_ = std::chrono::steady_clock::now();
    return stir();
  }
  half_written_.clear();
  stirring_ = false;
  look(Purpose::tell);  // before anybody reads: what is made in a new folder from then on is seen
}

void Watch::look_again() {
  again_.expires_after(pace_);
  again_.async_wait([this](const boost::system::error_code& error) {
    if (error || stopped_) return;
    look_again();
    const bool long_ago = std::chrono::steady_clock::now() >= looking_since_ + pace_;
    if (looking_ == Purpose::none && !stirring_) return look(Purpose::compare);
    if (looking_ != Purpose::none && long_ago && !std::exchange(hangs_, true)) hooks_.hangs(true);
  });
}

void Watch::stop() {
  stopped_ = true;
  quiet_.cancel();
  again_.cancel();
  inotify_.cancel();
}

}  // namespace loa::station
