#include "daemon/station/page/page_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "daemon/station/host/last_error.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/host/process_fd.hpp"
#include "daemon/station/host/write_all.hpp"

namespace loa::station {

namespace {

using config::Language;

constexpr int kMostKept = 99;

enum class Occupant {
  nobody,
  ours,
  blank,  // holds no text of anybody's: a link, a pipe, an empty file; may be replaced
  other,
  folder,
};

Occupant occupant_of(int folder, const std::string& name) {
  struct stat facts {};
  if (::fstatat(folder, name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0) return Occupant::nobody;
  if (S_ISDIR(facts.st_mode)) return Occupant::folder;
  if (!S_ISREG(facts.st_mode) || facts.st_size == 0) return Occupant::blank;
  const Descriptor file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  std::array<char, 128> bytes{};
  const auto size = file ? ::read(file.get(), bytes.data(), bytes.size()) : -1;
  if (size < 0) return Occupant::other;
  std::string_view begin(bytes.data(), static_cast<std::size_t>(size));
  if (begin.starts_with(kByteOrderMark)) begin.remove_prefix(kByteOrderMark.size());
  const bool ours = begin.starts_with(page_mark(Language::vi)) || begin.starts_with(page_mark(Language::en));
  return ours ? Occupant::ours : Occupant::other;
}

/// Somebody's own file is never lost: "STATUS-1.txt" is its name from now on.
std::error_code set_aside(int folder, const std::string& name, std::string& kept_as) {
  for (int number = 1; number <= kMostKept; ++number) {
    const auto other = name.substr(0, name.rfind('.')) + "-" + std::to_string(number) + ".txt";
    if (occupant_of(folder, other) != Occupant::nobody) continue;
    if (::renameat(folder, name.c_str(), folder, other.c_str()) != 0) return last_error();
    kept_as = other;
    return {};
  }
  return {EEXIST, std::generic_category()};
}

std::error_code write_new(int folder, const std::string& name, std::string_view bytes) {
  ::unlinkat(folder, name.c_str(), 0);  // what a power cut left, or somebody planted
  const Descriptor file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!file) return last_error();
  if (const auto error = write_all(file.get(), bytes)) return error;
  return ::fsync(file.get()) == 0 ? std::error_code() : last_error();
}

}  // namespace

std::string_view page_mark(Language language) {
  return language == Language::vi ? "TÌNH HÌNH ĐÀI" : "STATE OF THE STATION";
}

std::string_view page_name(Language language) {
  return language == Language::vi ? kPageNames[0] : kPageNames[1];
}

PageWritten write_page(const std::filesystem::path& station, Language language, std::string_view bytes) {
  PageWritten written;
  const Descriptor folder(::open(station.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return {last_error(), {}};
  const std::string name(page_name(language)), temporary = "." + name + ".tmp";
  const auto occupant = occupant_of(folder.get(), name);
  if (occupant == Occupant::folder) return {{EISDIR, std::generic_category()}, {}};
  written.error = write_new(folder.get(), temporary, bytes);
  if (!written.error && occupant == Occupant::other) written.error = set_aside(folder.get(), name, written.kept_as);
  if (!written.error && ::renameat(folder.get(), temporary.c_str(), folder.get(), name.c_str()) != 0) {
    written.error = last_error();
  }
  if (written.error) ::unlinkat(folder.get(), temporary.c_str(), 0);
  const std::string other(page_name(language == Language::vi ? Language::en : Language::vi));
  if (!written.error && occupant_of(folder.get(), other) == Occupant::ours) ::unlinkat(folder.get(), other.c_str(), 0);
  return written;
}

}  // namespace loa::station
