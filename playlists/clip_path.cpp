// Each way of writing a path that cannot lie below library/ gets its own answer.
#include "playlists/clip_path.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "config/value_shape.hpp"
#include "playlists/article.hpp"
#include "playlists/read.hpp"

namespace loa::playlists {

using config::msg;
using config::shown;
using config::Text;

namespace {

constexpr std::string_view kLibrary = "library/";

bool has_control(std::string_view path) {
  return std::any_of(path.begin(), path.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_absolute(std::string_view path) {
  const bool drive = path.size() >= 2 && path[1] == ':' && std::isalpha(static_cast<unsigned char>(path[0])) != 0;
  return drive || path.starts_with('/') || path.starts_with("\\\\") || path.starts_with("~/");
}

std::string with_slashes(std::string_view path) {
  std::string mended(path);
  std::replace(mended.begin(), mended.end(), '\\', '/');
  return mended;
}

std::string below_library(std::string path) {
  return path.starts_with(kLibrary) ? path.substr(kLibrary.size()) : path;
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    parts.push_back(path.substr(0, slash));
    path.remove_prefix(slash + 1);
  }
  parts.push_back(path);
  return parts;
}

bool is_redundant(std::string_view part) {
  return part.empty() || part == ".";
}

std::string without_redundant_parts(std::string_view path) {
  std::string mended;
  for (const auto part : parts_of(path)) {
    if (is_redundant(part)) continue;
    if (!mended.empty()) mended += '/';
    mended += part;
  }
  return mended;
}

bool is_hidden(std::string_view part) {
  return part.starts_with('.') || part.ends_with('~');
}

template <class Test>
bool any_part(std::string_view path, Test test) {
  const auto parts = parts_of(path);
  return std::any_of(parts.begin(), parts.end(), test);
}

Text write_instead(const std::string& mended) {
  return msg("write “{0}”", shown(mended));
}
Text copy_it() {
  return msg("copy it into library/ and write its path from there, as in “dvc/khai-sinh.mp3”");
}

/// What lies elsewhere than below library/.
PathFault outside_fault(std::string_view path) {
  if (path.find("://") != std::string_view::npos) {
    return {msg("“{0}” is an address, not a file of library/", shown(path)), copy_it()};
  }
  if (is_absolute(path)) return {msg("“{0}” is a path of this computer, not of library/", shown(path)), copy_it()};
  if (path.find('\\') != std::string_view::npos) {
    return {msg("“{0}” holds a backslash", shown(path)), write_instead(below_library(with_slashes(path)))};
  }
  if (any_part(path, [](std::string_view part) { return part == ".."; })) {
    return {msg("“{0}” leaves library/", shown(path)), copy_it()};
  }
  return {};
}

/// What lies below library/ but is not written as this program writes it.
PathFault form_fault(std::string_view path) {
  if (path.starts_with(kLibrary) && path.size() > kLibrary.size()) {
    return {msg("paths begin below library/: “{0}” would mean library/{0}", shown(path)),
            write_instead(below_library(std::string(path)))};
  }
  if (any_part(path, is_redundant)) {
    auto mended = without_redundant_parts(path);
    return {msg("“{0}” has a part that is empty or only a dot", shown(path)),
            mended.empty() ? Text() : write_instead(mended)};
  }
  if (any_part(path, is_hidden)) {
    return {msg("“{0}” would never be found: names that begin with “.” or end in “~” are not read", shown(path)),
            msg("rename the file")};
  }
  const auto mark = unknown_mark(path);
  if (!mark.empty())
    return {msg("“{0}” is no date mark", shown(mark)), msg("the marks are <date>, <yyyy>, <mm> and <dd>")};
  return {};
}

PathFault common_fault(std::string_view path) {
  if (has_control(path)) return {msg("the path holds an invisible character"), msg("write it again by hand")};
  auto fault = outside_fault(path);
  return fault.what.empty() ? form_fault(path) : fault;
}

bool has_ending(std::string_view path) {
  const auto name = parts_of(path).back();
  const auto dot = name.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < name.size();
}

}  // namespace

PathFault clip_fault(std::string_view path) {
  if (path.empty()) return {msg("the path of the recording is empty"), copy_it()};
  if (path.size() > 1 && path.ends_with('/') && !path.starts_with('/')) {
    return {msg("“{0}” is a folder, not a recording", shown(path)),
            msg("for every recording of a folder write a playlist: {{folder: {0}}}",
                shown(path.substr(0, path.size() - 1)))};
  }
  auto fault = common_fault(path);
  if (fault.what.empty() && !has_ending(path)) {
    return {msg("“{0}” has no ending", shown(path)),
            msg("write the whole name of the file, as in “{0}.mp3”", shown(path))};
  }
  return fault;
}

PathFault folder_fault(std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) return {msg("the name of the folder is empty"), msg("write a folder below library/")};
  if (holds_mark(path)) {
    return {msg("date marks are not read in the name of a folder"),
            msg("a sub-folder named 2026-11-25 or 2026-11-25..2026-12-02 is played on those days only")};
  }
  return common_fault(path);
}

config::Text clip_path_fault(std::string_view path) {
  return clip_fault(path).what;
}

}  // namespace loa::playlists
