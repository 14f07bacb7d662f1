#include "daemon/station/library/intake_facts.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>

#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/paths.hpp"

namespace loa::station {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using playlists::Facts;

/// Raised whenever loa-media measures something differently: older facts are measured again then.
constexpr std::int64_t kVersion = 2;
/// What may be the machine's fault and not the recording's is believed only for so long.
constexpr std::int64_t kTooSlowSeconds = 10 * 60;
constexpr std::int64_t kCrashedSeconds = 24 * 60 * 60;

std::string key_of(std::string_view path, const FileIdentity& identity) {
  std::string key(path);
  for (const auto number : {static_cast<std::int64_t>(identity.inode), identity.size, identity.mtime_ns}) {
    key += '\n';
    key += std::to_string(number);
  }
  return key;
}

std::int64_t seconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

std::int64_t retry_after(const Facts& facts) {
  if (facts.problem == "too-slow") return seconds_now() + kTooSlowSeconds;
  if (facts.problem == "decoder-crashed") return seconds_now() + kCrashedSeconds;
  return 0;
}

std::string line_of(const std::string& key, const Facts& facts) {
  json::object line{{"v", kVersion},
                    {"key", key},
                    {"sha256", facts.sha256},
                    {"frames", facts.frames},
                    {"rate", facts.sample_rate},
                    {"channels", facts.channels},
                    {"codec", facts.codec},
                    {"length", facts.length.count()}};
  if (facts.loudness) line["loudness"] = *facts.loudness;
  if (facts.true_peak) line["true_peak"] = *facts.true_peak;
  if (!facts.problem.empty()) line["problem"] = facts.problem;
  if (!facts.problem_detail.empty()) line["detail"] = facts.problem_detail;
  if (facts.refused) line["refused"] = true;
  if (const auto again = retry_after(facts); again > 0) line["again"] = again;
  return json::serialize(line) + "\n";
}

std::string text_in(const json::object& line, std::string_view key) {
  const auto* value = line.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t whole_in(const json::object& line, std::string_view key) {
  const auto* value = line.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::optional<double> number_in(const json::object& line, std::string_view key) {
  const auto* value = line.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

Facts facts_in(const json::object& line) {
  Facts facts;
  facts.sha256 = text_in(line, "sha256");
  facts.frames = whole_in(line, "frames");
  facts.sample_rate = static_cast<int>(whole_in(line, "rate"));
  facts.channels = static_cast<int>(whole_in(line, "channels"));
  facts.codec = text_in(line, "codec");
  facts.loudness = number_in(line, "loudness");
  facts.true_peak = number_in(line, "true_peak");
  facts.problem = text_in(line, "problem");
  facts.problem_detail = text_in(line, "detail");
  facts.refused = line.contains("refused");
  facts.length = playlists::Frames(whole_in(line, "length"));
  return facts;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(fd, bytes.data(), bytes.size());
    if (size <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

/// Not synced: facts that a power cut takes are measured again.
bool replace_file(const fs::path& file, std::string_view bytes) {
  const fs::path part = file.string() + ".part";
  {
    const Descriptor out(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!out || !write_all(out.get(), bytes)) return false;
  }
  return ::rename(part.c_str(), file.c_str()) == 0;
}

bool append_to(const fs::path& file, std::string_view bytes) {
  const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666));
  return out && write_all(out.get(), bytes);
}

}  // namespace

KnownFacts KnownFacts::read(const fs::path& station) {
  KnownFacts known;
  std::ifstream in(StationPaths{station}.facts(), std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  const std::int64_t now = seconds_now();
  std::string_view rest = bytes;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    known.take(rest.substr(0, end), now);
    rest.remove_prefix(end + 1);
  }
  known.rewrite_ = !rest.empty();
  return known;
}

void KnownFacts::take(std::string_view line, std::int64_t now) {
  ++lines_;
  std::array<unsigned char, 4096> room{};
  json::monotonic_resource memory(room.data(), room.size());
  json::error_code error;
  const json::value value = json::parse({line.data(), line.size()}, error, &memory);
  if (error || !value.is_object()) return;
  const json::object& object = value.get_object();
  if (whole_in(object, "v") != kVersion) return;
  const std::int64_t again = whole_in(object, "again");
  if (again != 0 && again <= now) return;
  facts_.insert_or_assign(text_in(object, "key"), facts_in(object));
}

const Facts* KnownFacts::find(const Recording& recording) const {
  const auto found = facts_.find(key_of(recording.path, recording.identity));
  return found == facts_.end() ? nullptr : &found->second;
}

void KnownFacts::add(const Recording& recording, Facts facts) {
  std::string key = key_of(recording.path, recording.identity);
  facts_.insert_or_assign(key, std::move(facts));
  fresh_.push_back(std::move(key));
}

bool KnownFacts::save(const fs::path& station, bool lock_is_held) {
  if (fresh_.empty()) return true;
  std::optional<StateLock> lock;
  LockFault fault{};
  if (!lock_is_held && !(lock = StateLock::acquire(station, fault))) return false;
  return write(StationPaths{station}.facts());
}

bool KnownFacts::write(const fs::path& file) {
  const bool mostly_old = lines_ > 2 * facts_.size() + 1000;
  if (rewrite_ || mostly_old) {
    if (!replace_file(file, all_lines())) return false;
    lines_ = facts_.size();
  } else {
    std::string lines;
    for (const auto& key : fresh_) lines += line_of(key, facts_.at(key));
    if (!append_to(file, lines)) return false;
    lines_ += fresh_.size();
  }
  rewrite_ = false;
  fresh_.clear();
  return true;
}

std::string KnownFacts::all_lines() const {
  std::string lines;
  for (const auto& [key, facts] : facts_) lines += line_of(key, facts);
  return lines;
}

}  // namespace loa::station
