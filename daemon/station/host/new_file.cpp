#include "daemon/station/host/new_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>

#include "daemon/station/host/last_error.hpp"
#include "daemon/station/host/process_fd.hpp"
#include "daemon/station/host/write_all.hpp"

namespace loa::station {

namespace {}  // namespace

std::error_code write_new(const std::filesystem::path& file, std::string_view bytes) {
  const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!out) return last_error();
  auto error = write_all(out.get(), bytes);
  if (!error && ::fsync(out.get()) != 0) error = last_error();
  if (error) ::unlink(file.c_str());
  return error;
}

std::error_code replace_file(const std::filesystem::path& file, std::string_view bytes) {
  const auto part = file.parent_path() / ("." + file.filename().string() + "." + std::to_string(::getpid()) + ".tmp");
  auto error = write_new(part, bytes);
  if (error) return error;
  if (::rename(part.c_str(), file.c_str()) == 0) return {};
  error = last_error();
  ::unlink(part.c_str());
  return error;
}

}  // namespace loa::station
