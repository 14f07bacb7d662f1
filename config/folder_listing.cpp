// The rules about names behind folder_listing.hpp.
#include "config/folder_listing.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>
#include <utility>

#include "config/station_folder.hpp"
#include "config/unicode.hpp"

namespace loa::config {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder, std::error_code& error) {
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::error_code unsaid;
  return names_in(folder, unsaid);
}

void report_no_right(const std::string& shown, Diagnostics& diagnostics) {
  diagnostics.file_error("unreadable-folder", shown, msg("the program has no right to read this folder"))
      .would(msg("nothing in it can be read or played"))
      .mend(msg("give it the right: chmod a+rx “{0}”", shown));
}

void report_unlisted(const fs::path& folder, const std::string& shown, const std::error_code& error,
                     Diagnostics& diagnostics) {
  std::error_code unsaid;
  const bool link = fs::is_symlink(fs::symlink_status(folder, unsaid));
  if (error == std::errc::permission_denied) {
    report_no_right(shown, diagnostics);
  } else if (link &&
             (error == std::errc::no_such_file_or_directory || error == std::errc::too_many_symbolic_link_levels)) {
    diagnostics.file_error("broken-link", shown, msg("the folder is a link that leads nowhere"))
        .would(msg("nothing in it can be read or played"))
        .mend(msg("delete the link, or put the folder in its place"));
  } else if (error == std::errc::not_a_directory) {
    diagnostics.file_error("not-a-folder", shown, msg("this is a file; a folder is expected"))
        .would(msg("nothing can be read from it or played"))
        .mend(msg("rename the file and make a folder of this name"));
  } else if (error != std::errc::no_such_file_or_directory) {
    diagnostics.file_error("unreadable-folder", shown, msg("the folder cannot be read: {0}", error.message()))
        .would(msg("nothing in it can be read or played"))
        .mend(msg("look whether the disk is whole and connected"));
  }
}

std::string lower(std::string_view name) {
  std::string low(name);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return low;
}

std::string case_folded(std::string_view name) {
  return valid_utf8(name) ? lower(nfc(name)) : lower(name);
}

bool is_yaml(const std::string& low) {
  return low.ends_with(".yaml") || low.ends_with(".yml");
}

// "lich.yaml.txt", "lich.yaml.bak" hold ".yaml." before another ending.
bool has_yaml_inside(const std::string& low) {
  return low.find(".yaml.") != std::string::npos || low.find(".yml.") != std::string::npos;
}

// The bytes of a macOS copy's mark, " copy" or " copy 2", at the end of a folded name's stem; else 0.
std::size_t copy_mark(const std::string& low) {
  const auto at = low.rfind(" copy");
  if (at == std::string::npos || at == 0 || low.find_first_not_of(" 0123456789", at + 5) != std::string::npos) return 0;
  return low.size() - at;
}

// "lich - Copy.yaml", "lich (1).yaml", "Copy of lich.yaml", "lich (copy).yaml", "lich copy 2.yaml": "lich.yaml"; else
// "".
std::string original_of(const std::string& name) {
  const auto dot = name.rfind('.');
  auto stem = name.substr(0, dot);
  const auto ending = name.substr(dot);
  if (stem.starts_with("Copy of ")) return stem.substr(8) + ending;
  const auto low = folded(stem);
  for (const std::string_view mark : {" - copy", " - sao chep", " - ban sao", " (copy", " (ban sao"}) {
    const auto at = low.rfind(mark);
    if (at != std::string::npos) return stem.substr(0, stem.find(at == 0 ? "" : mark.substr(0, 2), at)) + ending;
  }
  if (const auto mark = copy_mark(low); mark > 0) return stem.substr(0, stem.size() - mark) + ending;
  const auto open = stem.rfind(" (");
  const bool number = open != std::string::npos && stem.ends_with(')') && stem.size() > open + 3 &&
                      stem.find_first_not_of("0123456789", open + 2) == stem.size() - 1;
  return number ? stem.substr(0, open) + ending : std::string();
}

class Listing {
 public:
  Listing(const fs::path& folder, std::string shown, Diagnostics& diagnostics)
      : folder_(folder), shown_(std::move(shown)), diagnostics_(diagnostics), all_(names_in(folder, error_)) {}

  std::vector<std::string> run() {
    if (error_) {
      report_unlisted(folder_, shown_, error_, diagnostics_);
      return {};
    }
    if (!may_enter(folder_, shown_, diagnostics_)) return {};
    for (const auto& name : all_) {
      if (!is_ignored_name(name)) look_at(name);
    }
    same_but_for_case();
    return std::move(read_);
  }

 private:
  std::string path(const std::string& name) const { return shown_ + '/' + escaped(name); }
  bool exists(const std::string& name) const { return std::binary_search(all_.begin(), all_.end(), name); }

  void look_at(const std::string& name) {
    const auto low = lower(name);
    std::error_code error;
    if (!is_yaml(low)) {
      if (has_yaml_inside(low)) return hidden_ending(name);
      if (fs::is_directory(folder_ / name, error)) folder_within(name);
      return;
    }
    const auto original = original_of(name);
    if (!original.empty() && exists(original)) return copy(name, original);
    if (low.ends_with(".yml")) yml(name);
    if (low.ends_with(".yaml") && !name.ends_with(".yaml")) capitals(name);
    read_.push_back(name);
  }

  void hidden_ending(const std::string& name) {
    const auto low = lower(name);
    const auto end = std::min(low.find(".yaml."), low.find(".yml."));
    const auto meant = name.substr(0, end) + ".yaml";
    const auto message = msg("the file is not read: its name does not end in .yaml");
    auto& made = exists(meant) ? diagnostics_.file_warning("not-yaml-name", path(name), message)
                               : diagnostics_.file_error("not-yaml-name", path(name), message);
    made.would(msg("nothing of it plays"))
        .mend(exists(meant) ? msg("move it out of the folder; {0} is the one that is read", path(meant))
                            : msg("rename it to {0}; Windows hides the ending .txt", path(meant)));
  }

  void folder_within(const std::string& name) {
    std::error_code error;
    for (const auto& inner : names_in(folder_ / name)) {
      if (!is_yaml(lower(inner))) continue;
      diagnostics_.file_warning("folder-in-schedule", path(name), msg("folders within {0} are not read", shown_))
          .would(msg("nothing of it plays"))
          .mend(msg("move its files to {0}", shown_));
      return;
    }
  }

  void copy(const std::string& name, const std::string& original) {
    diagnostics_.file_warning("copied-file", path(name), msg("this is a copy of {0} and is not read", path(original)))
        .would(msg("only {0} plays; edits of the copy have no effect", path(original)))
        .mend(msg("delete the copy or move it out of the folder"));
  }

  void yml(const std::string& name) {
    diagnostics_.file_warning("yml-name", path(name), msg("the name ends in .yml; schedule files end in .yaml"))
        .would(msg("it is read all the same"))
        .mend(msg("rename it to {0}", path(name.substr(0, name.size() - 4) + ".yaml")));
  }

  void capitals(const std::string& name) {
    diagnostics_.file_warning("yaml-name-capitals", path(name), msg("the ending of the name has capital letters"))
        .would(msg("it is read all the same"))
        .mend(msg("rename it to {0}", path(name.substr(0, name.size() - 5) + ".yaml")));
  }

  // The second of such a pair is not read: each of its names would be there twice.
  void same_but_for_case() {
    std::map<std::string, std::string> seen;
    for (const auto& name : std::exchange(read_, {})) {
      const auto [first, fresh] = seen.emplace(case_folded(name), name);
      if (fresh) {
        read_.push_back(name);
        continue;
      }
      diagnostics_
          .file_error("names-differ-by-case", path(name),
                      msg("the name differs from {0} only by capital letters or by how its marks are stored",
                          path(first->second)))
          .would(msg("on Windows and on USB sticks one of the two overwrites the other"))
          .mend(msg("rename or delete one of them"));
    }
  }

  fs::path folder_;
  std::string shown_;
  Diagnostics& diagnostics_;
  std::error_code error_;         // why the folder could not be listed
  std::vector<std::string> all_;  // sorted
  std::vector<std::string> read_;
};

}  // namespace

std::vector<std::string> schedule_names(const fs::path& folder, const std::string& shown, Diagnostics& diagnostics) {
  return Listing(folder, shown, diagnostics).run();
}

bool may_enter(const fs::path& folder, const std::string& shown, Diagnostics& diagnostics) {
  // The dot asks the folder, not the name: of a file it is ENOTDIR.
  if (::faccessat(AT_FDCWD, (folder / ".").c_str(), X_OK, AT_EACCESS) == 0 || errno != EACCES) return true;
  report_no_right(shown, diagnostics);
  return false;
}

std::string look_alike(const fs::path& folder, const std::string& name) {
  const auto stem = name.substr(0, name.rfind('.'));
  for (const auto& entry : names_in(folder)) {
    const auto low = lower(entry);
    if (entry == name) continue;
    if (low == name || low == stem + ".yml" || low == name + ".txt" || low == stem + ".txt") return entry;
  }
  return {};
}

std::string_view unfinished_ending(std::string_view name) {
  const auto low = lower(name);
  for (const std::string_view ending : {".tmp", ".temp", ".part", ".partial", ".crdownload", ".download"}) {
    if (low.ends_with(ending)) return name.substr(name.size() - ending.size());
  }
  return {};
}

bool is_ignored_name(std::string_view name) {
  if (name.empty() || name[0] == '.' || name.ends_with('~')) return true;
  const bool emacs = name.starts_with('#') && name.ends_with('#');
  const bool office = name.starts_with("~$");
  const auto low = lower(name);
  for (const std::string_view ending : {".swp", ".swx", ".swo"}) {
    if (low.ends_with(ending)) return true;
  }
  if (!unfinished_ending(name).empty()) return true;
  const bool vim_probe = name == "4913";
  return emacs || office || vim_probe;
}

}  // namespace loa::config
