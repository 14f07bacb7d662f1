#include "daemon/station/commands/init_command.hpp"

#include <algorithm>
#include <cctype>
#include <system_error>

#include "config/fields.hpp"
#include "config/station_folder.hpp"
#include "config/unicode.hpp"
#include "daemon/station/commands/new_station.hpp"
#include "daemon/station/host/new_file.hpp"
#include "daemon/station/host/output.hpp"

namespace loa::station {

namespace {

namespace fs = std::filesystem;
using config::msg;
using config::Text;

/// What a name or an id that cannot be used is answered with; nothing when the reader takes station.yaml as it is
/// meant.
std::optional<Text> fault_of(const NewStation& station) {
  const auto name = config::printable(station.name);
  const auto bad_name = msg("“{0}” cannot be a station's name", name);
  if (name != station.name) return bad_name;
  if (!calendar::Zone::find(station.timezone)) {
    return msg("there is no time zone “{0}”", config::printable(station.timezone));
  }
  config::Diagnostics found;
  const auto settings = config::read_station_texts({{"station.yaml", settings_text(station), 0}}, found).settings;
  if (settings.id != station.id) {
    return msg("“{0}” is no id: a-z, 0-9 and “-”, at most 64 letters", config::printable(station.id));
  }
  return found.has_errors() || settings.name != station.name ? std::optional(bad_name) : std::nullopt;
}

/// What was not given is made of the folder's name.
NewStation asked_for(const Invocation& invocation, const fs::path& folder) {
  const auto own = config::nfc(folder.filename().string());
  NewStation station;
  station.name = invocation.option("name").value_or(own);
  station.id = invocation.option("id").value_or(config::id_like(own));
  if (station.id.empty()) station.id = config::id_like(station.name);
  station.timezone = invocation.option("timezone").value_or("Asia/Ho_Chi_Minh");
  station.language = invocation.language;
  return station;
}

/// Files of other programs that begin with a dot, as of git, are nobody's station.
bool is_free(const fs::path& folder, std::error_code& error) {
  if (!fs::exists(fs::symlink_status(folder, error))) return true;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!config::is_ignored_name(entry->path().filename().string())) return false;
  }
  return !error;
}

/// Makes files one after the other; on a failure takes away what it has made.
class Making {
 public:
  explicit Making(const fs::path& folder) : folder_(folder) {}

  std::error_code run(const std::vector<NewFile>& files) {
    auto error = folders(folder_);
    for (const auto& file : files) {
      if (error) break;
      failed_ = folder_ / file.path;
      if (file.path.ends_with('/')) {
        error = folders((folder_ / file.path).parent_path());
      } else {
        error = write_new(failed_, file.bytes);
        if (!error) made_.push_back(failed_);
      }
    }
    if (error) take_back();
    return error;
  }

  const fs::path& failed() const { return failed_; }

 private:
  std::error_code folders(const fs::path& folder) {
    std::error_code error;
    failed_ = folder;
    if (fs::is_directory(folder, error)) return {};
    if (folder.has_parent_path() && folder != folder.parent_path()) {
      if (auto above = folders(folder.parent_path())) return above;
    }
    failed_ = folder;
    if (fs::create_directory(folder, error)) made_.push_back(folder);
    return error;
  }

  void take_back() {
    std::error_code unsaid;
    for (auto each = made_.rbegin(); each != made_.rend(); ++each) fs::remove(*each, unsaid);
  }

  fs::path folder_, failed_;
  std::vector<fs::path> made_;
};

int refused(const Invocation& invocation, int code, const Text& words) {
  say(invocation.language, words);
  return code;
}

/// As a word of a command line.
std::string quoted(const std::string& path) {
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' ||
           c == '-' || c == '.' || c == '_';
  });
  if (plain) return path;
  std::string word = "'";
  for (const char c : path) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + '\'';
}

bool tell(const fs::path& folder, const NewStation& station, config::Language language) {
  const auto shown = config::escaped(folder.string());
  std::string words = msg("“{0}” ({1}) begins in {2}", station.name, station.id, shown).in(language) + "\n";
  words += "  station.yaml        " +
           msg("who and where the station is; change the name and the hours here").in(language) + "\n";
  words += "  schedule/lich.yaml  " + msg("what is played when, with examples to take over").in(language) + "\n";
  words += "  library/            " + msg("the recordings go here; library/README.txt tells how").in(language) + "\n";
  words += msg("Next: {0}", "loa --station " + quoted(shown) + " check").in(language) + "\n";
  return answer(words);
}

}  // namespace

int init_command(const Invocation& invocation) {
  const auto language = invocation.language;
  if (invocation.arguments.size() > 1) {
    return refused(invocation, kWrongUsage, msg("`loa {0}` does not expect “{1}”", "init", invocation.arguments[1]));
  }
  if (invocation.arguments.front().empty()) {
    return refused(invocation, kWrongUsage, msg("`loa {0}` needs {1}", "init", "DIR"));
  }
  auto folder = fs::absolute(invocation.arguments.front()).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  const auto station = asked_for(invocation, folder);
  if (station.id.empty()) {
    return refused(invocation, kWrongUsage, msg("no id can be made of that name: add --id, as in --id xa-vi-du"));
  }
  if (const auto fault = fault_of(station)) return refused(invocation, kWrongUsage, *fault);
  const auto shown = config::escaped(folder.string());
  std::error_code error;
  if (!is_free(folder, error)) {
    if (!error) return refused(invocation, kMistakes, msg("{0} is not empty; nothing was written", shown));
    return refused(invocation, error == std::errc::not_a_directory ? kMistakes : kWorldFailed,
                   msg("{0} cannot be a station's folder: {1}", shown, error.message()));
  }
  Making making(folder);
  if (const auto failed = making.run(files_of(station))) {
    return refused(invocation, failed == std::errc::file_exists ? kMistakes : kWorldFailed,
                   msg("{0} cannot be written: {1}", config::escaped(making.failed().string()), failed.message()));
  }
  return tell(folder, station, language) ? kDone : kWorldFailed;
}

}  // namespace loa::station
