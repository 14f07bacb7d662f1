#include "daemon/station/library/settings_of.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <string>

#include "config/station_folder.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

namespace {

constexpr std::size_t kMostBytes = 64 * 1024;  // a station.yaml beyond that speaks the locale's language

/// The file's bytes; "" when it is no small ordinary file. Never blocks on a pipe.
std::string small_file(const std::filesystem::path& file) {
  const Descriptor in(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  struct stat status {};
  if (!in || ::fstat(in.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  if (static_cast<std::size_t>(status.st_size) > kMostBytes) return {};
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  const ssize_t size = ::read(in.get(), bytes.data(), bytes.size());
  bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return bytes;
}

}  // namespace

config::StationSettings settings_of(const std::filesystem::path& station) {
  std::string bytes = small_file(StationPaths{station}.settings());
  if (bytes.empty()) return {};
  config::Diagnostics unsaid;
  return config::read_station_texts({{"station.yaml", std::move(bytes), 0}}, unsaid).settings;
}

}  // namespace loa::station
