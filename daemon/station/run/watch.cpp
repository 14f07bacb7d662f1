#include "daemon/station/run/watch.hpp"

#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <system_error>

#include "config/station_folder.hpp"

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

std::vector<fs::path> below(const fs::path& top) {
  std::vector<fs::path> found{top};
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(top, fs::directory_options::skip_permission_denied, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_directory(error) && !entry->is_symlink(error)) found.push_back(entry->path());
  }
  return found;
}

/// Order does not matter: names, sizes and times of one folder's files, mixed.
std::uint64_t folder_state(const fs::path& folder) {
  std::uint64_t sum = 0;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    const auto name = entry->path().filename().string();
    struct stat facts {};
    if (config::is_ignored_name(name) || name == "state" || ::stat(entry->path().c_str(), &facts) != 0) continue;
    if (S_ISDIR(facts.st_mode)) facts.st_mtim = {};
    auto mixed = std::hash<std::string>()(entry->path().string());
    for (const auto part :
         {static_cast<std::uint64_t>(facts.st_size), static_cast<std::uint64_t>(facts.st_mtim.tv_sec),
          static_cast<std::uint64_t>(facts.st_mtim.tv_nsec), static_cast<std::uint64_t>(facts.st_ino)}) {
      mixed = (mixed ^ part) * 0x9E3779B97F4A7C15ULL;
    }
    sum += mixed;
  }
  return sum;
}

}  // namespace

Watch::Watch(boost::asio::io_context& context, std::function<void()> changed)
    : changed_(std::move(changed)), inotify_(context, open_inotify()), quiet_(context), again_(context) {
  read();
  look_again();
}

void Watch::set(std::vector<fs::path> folders, std::vector<fs::path> deep) {
  folders_ = std::move(folders);
  deep_ = std::move(deep);
  watch_all();
  known_ = state();
}

void Watch::watch_all() {
  // Folders come and go while people work in them: asking again for what is watched already changes nothing.
  for (const auto& folder : folders_) add(folder);
  for (const auto& top : deep_) {
    for (const auto& folder : below(top)) add(folder);
  }
}

void Watch::add(const fs::path& folder) {
  if (inotify_add_watch(inotify_.native_handle(), folder.c_str(), kEvents | IN_ONLYDIR) >= 0) return;
  const auto parent = folder.parent_path();
  if (errno == ENOENT && !parent.empty() && parent != folder) add(parent);
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
  if (name.empty()) return true;  // the folder itself
  if (config::is_ignored_name(name) || name == "state") return false;
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
  watch_all();
  known_ = state();
  changed_();
}

void Watch::look_again() {
  again_.expires_after(kLookAgain);
  again_.async_wait([this](const boost::system::error_code& error) {
    if (error || stopped_) return;
    look_again();
    if (!stirring_ && state() != known_) stir();
  });
}

std::uint64_t Watch::state() const {
  std::uint64_t sum = 0;
  for (const auto& folder : folders_) sum += folder_state(folder);
  for (const auto& top : deep_) {
    for (const auto& folder : below(top)) sum += folder_state(folder);
  }
  return sum;
}

void Watch::stop() {
  stopped_ = true;
  quiet_.cancel();
  again_.cancel();
  inotify_.cancel();
}

}  // namespace loa::station
