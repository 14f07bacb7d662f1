#include "daemon/station/commands/schema_command.hpp"

#include <algorithm>
#include <system_error>

#include "config/schema.hpp"
#include "config/unicode.hpp"
#include "daemon/station/host/new_file.hpp"
#include "daemon/station/host/output.hpp"

namespace loa::station {

namespace {

namespace fs = std::filesystem;
using config::msg;

constexpr std::uintmax_t kLargest = 1 << 20;  // bytes of a file that may be a schema of ours

/// Nothing when it cannot be read.
std::optional<std::string> read_beginning(const fs::path& file) {
  std::string bytes(400, '\0');
  std::FILE* in = std::fopen(file.c_str(), "rb");
  if (in == nullptr) return std::nullopt;
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), in));
  std::fclose(in);
  return bytes;
}

/// Nothing there, or a schema that was written before; never the operator's own file.
bool may_replace(const fs::path& file) {
  std::error_code error;
  const auto status = fs::symlink_status(file, error);
  if (!fs::exists(status)) return true;
  if (!fs::is_regular_file(status) || fs::file_size(file, error) > kLargest) return false;
  const auto begin = read_beginning(file);
  return begin && (begin->empty() || begin->find("json-schema.org/draft-07/schema") != std::string::npos);
}

int write_schema(const fs::path& file, std::string_view kind, config::Language language) {
  const auto shown = config::escaped(file.string());
  if (!may_replace(file)) {
    say(language, msg("{0} is no schema; it is left as it is", shown));
    return kMistakes;
  }
  const auto error = replace_file(file, config::schema_text(kind, language));
  if (!error) return kDone;
  say(language, msg("{0} cannot be written: {1}", shown, error.message()));
  return kWorldFailed;
}

/// All of them into one folder, which is made.
int write_all_schemas(const fs::path& folder, config::Language language) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    say(language, msg("{0} cannot be written: {1}", config::escaped(folder.string()), error.message()));
    return kWorldFailed;
  }
  for (const auto kind : config::kSchemaKinds) {
    const int code = write_schema(folder / config::schema_file_name(kind), kind, language);
    if (code != kDone) return code;
  }
  return kDone;
}

}  // namespace

int schema_command(const Invocation& invocation) {
  const auto& words = invocation.arguments;
  const auto& kinds = config::kSchemaKinds;
  const bool known = words.size() == 1 && std::find(kinds.begin(), kinds.end(), words.front()) != kinds.end();
  const auto out = invocation.option("out");
  if (!words.empty() && !known) {
    say(invocation.language, msg("`loa schema` takes one of station, schedule and holidays, not “{0}”", words.back()));
    return kWrongUsage;
  }
  if (words.empty() && !out) {
    say(invocation.language, msg("which one: station, schedule or holidays? --out DIR writes all of them"));
    return kWrongUsage;
  }
  if (out && out->empty()) {
    say(invocation.language, msg("{0} needs a value", "--out"));
    return kWrongUsage;
  }
  if (!out) return answer(config::schema_text(words.front(), invocation.language)) ? kDone : kWorldFailed;
  const auto path = fs::absolute(*out);
  if (words.empty()) return write_all_schemas(path, invocation.language);
  std::error_code error;
  const bool folder = fs::is_directory(path, error) || !path.has_filename();
  if (folder) fs::create_directories(path, error);
  return write_schema(folder ? path / config::schema_file_name(words.front()) : path, words.front(),
                      invocation.language);
}

}  // namespace loa::station
