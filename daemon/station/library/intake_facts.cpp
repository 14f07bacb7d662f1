#include "daemon/station/library/intake_facts.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/library/flaws_json.hpp"

namespace loa::station {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using playlists::Facts;
using std::chrono::sys_seconds;

/// Raised whenever loa-media measures something differently: older facts are measured again then.
constexpr std::int64_t kVersion = 3;
/// A week without a note that a file was there is a week less that it is remembered for.
constexpr std::chrono::days kNotesAfter{7};

bool same_state(const FileIdentity& one, const FileIdentity& other) {
  return one.inode == other.inode && one.size == other.size && one.mtime_ns == other.mtime_ns;
}

bool may_pass(const Facts& facts) {
  return facts.problem == "too-slow" || facts.problem == "decoder-crashed" || facts.problem == "unreadable";
}

sys_seconds next_after(int tries, sys_seconds now) {
  std::chrono::minutes wait = KnownFacts::kFirstRetry;
  for (int each = 1; each < tries && wait < KnownFacts::kLastRetry; ++each) wait *= 2;
  return now + std::min<std::chrono::minutes>(wait, KnownFacts::kLastRetry);
}

/// Also when it lies further ahead than any wait: the clock was set back since.
bool is_due(sys_seconds again, sys_seconds now) {
  return again != sys_seconds() && (again <= now || again > now + KnownFacts::kLastRetry);
}

/// "path\ninode\nsize\nmtime"; a path may hold a line's end itself.
std::string key_of(std::string_view path, const FileIdentity& identity) {
  std::string key(path);
  for (const auto number : {static_cast<std::int64_t>(identity.inode), identity.size, identity.mtime_ns}) {
    key += '\n';
    key += std::to_string(number);
  }
  return key;
}

std::int64_t cut_number(std::string& key) {
  const auto end = key.rfind('\n');
  if (end == std::string::npos) return 0;
  std::int64_t number = 0;
  std::from_chars(key.data() + end + 1, key.data() + key.size(), number);
  key.resize(end);
  return number;
}

FileIdentity cut_identity(std::string& key) {
  FileIdentity identity;
  identity.mtime_ns = cut_number(key);
  identity.size = cut_number(key);
  identity.inode = static_cast<std::uint64_t>(cut_number(key));
  return identity;
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
  facts.places = text_in(line, "places");
  facts.refused = line.contains("refused");
  facts.length = playlists::Frames(whole_in(line, "length"));
  if (const auto* flaws = line.if_contains("flaws")) facts.flaws = flaws_from(*flaws);
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

sys_seconds wall_seconds() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

KnownFacts KnownFacts::read(const fs::path& station, sys_seconds now) {
  KnownFacts known;
  std::ifstream in(StationPaths{station}.facts(), std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  std::string_view rest = bytes;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    known.take(rest.substr(0, end), now);
    rest.remove_prefix(end + 1);
  }
  known.rewrite_ = !rest.empty();
  return known;
}

void KnownFacts::take(std::string_view line, sys_seconds now) {
  ++lines_;
  std::array<unsigned char, 4096> room{};
  json::monotonic_resource memory(room.data(), room.size());
  json::error_code error;
  const json::value value = json::parse({line.data(), line.size()}, error, &memory);
  if (error || !value.is_object()) return;
  const json::object& object = value.get_object();
  if (whole_in(object, "v") != kVersion) return;
  std::string path = text_in(object, "key");
  Known known;
  known.identity = cut_identity(path);
  known.identity.ctime_ns = whole_in(object, "ctime");
  known.facts = facts_in(object);
  known.again = sys_seconds(std::chrono::seconds(whole_in(object, "again")));
  known.tries = static_cast<int>(whole_in(object, "tries"));
  const auto today = std::chrono::floor<std::chrono::days>(now);
  known.seen = object.contains("seen") ? std::chrono::sys_days(std::chrono::days(whole_in(object, "seen"))) : today;
  known.believed = !is_due(known.again, now);
  put(path, std::move(known));
}

const KnownFacts::Known* KnownFacts::state_of(const std::string& path, const FileIdentity& identity) const {
  const auto states = by_path_.find(path);
  if (states == by_path_.end()) return nullptr;
  for (const auto& state : states->second) {
    if (same_state(state.identity, identity)) return &state;
  }
  return nullptr;
}

KnownFacts::Known* KnownFacts::state_of(const std::string& path, const FileIdentity& identity) {
  return const_cast<Known*>(std::as_const(*this).state_of(path, identity));
}

const Facts* KnownFacts::find(const Recording& recording) const {
  const Known* known = state_of(recording.path, recording.identity);
  return known != nullptr && known->believed ? &known->facts : nullptr;
}

bool KnownFacts::wants_measuring(const Recording& recording, sys_seconds now) const {
  const Known* known = state_of(recording.path, recording.identity);
  if (known == nullptr || !known->believed || is_due(known->again, now)) return true;
  const auto then = known->identity.ctime_ns, today = recording.identity.ctime_ns;
  return then != 0 && today != 0 && then != today;
}

std::optional<sys_seconds> KnownFacts::next_try(const Listing& listing) const {
  std::optional<sys_seconds> first;
  for (const auto& recording : listing.recordings) {
    const Known* known = state_of(recording.path, recording.identity);
    if (known == nullptr || known->again == sys_seconds()) continue;
    first = first ? std::min(*first, known->again) : known->again;
  }
  return first;
}

KnownFacts::Known& KnownFacts::put(const std::string& path, Known known) {
  auto& states = by_path_[path];
  const auto before = states.size();
  std::erase_if(states, [&](const Known& each) { return same_state(each.identity, known.identity); });
  if (states.size() >= kMostStates) states.erase(states.begin());
  states.push_back(std::move(known));
  size_ += states.size() - before;
  return states.back();
}

void KnownFacts::add(const Recording& recording, Facts facts, sys_seconds now) {
  const Known* before = state_of(recording.path, recording.identity);
  Known known;
  known.identity = recording.identity;
  known.seen = std::chrono::floor<std::chrono::days>(now);
  if (may_pass(facts)) {
    const bool same = before != nullptr && before->identity.ctime_ns == recording.identity.ctime_ns;
    known.tries = (same ? before->tries : 0) + 1;
    known.again = next_after(known.tries, now);
  }
  known.facts = std::move(facts);
  put(recording.path, std::move(known));
  fresh_.emplace_back(recording.path, recording.identity);
}

void KnownFacts::keep_those_of(const Listing& listing, sys_seconds now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  for (const auto& recording : listing.recordings) {
    Known* known = state_of(recording.path, recording.identity);
    if (known == nullptr) continue;
    rewrite_ = rewrite_ || known->seen + kNotesAfter <= today;
    known->seen = today;
  }
  for (auto states = by_path_.begin(); states != by_path_.end();) {
    size_ -= std::erase_if(states->second, [&](Known& each) {
      each.seen = std::min(each.seen, today);  // the clock was ahead for a while
      return each.seen + kForgets < today;
    });
    states = states->second.empty() ? by_path_.erase(states) : std::next(states);
  }
}

bool KnownFacts::save(const fs::path& station, bool lock_is_held) {
  if (fresh_.empty() && !rewrite_) return true;
  std::optional<StateLock> lock;
  LockFault fault{};
  if (!lock_is_held && !(lock = StateLock::acquire(station, fault))) return false;
  return write(StationPaths{station}.facts());
}

bool KnownFacts::save_whole(const fs::path& station) {
  rewrite_ = true;
  return write(StationPaths{station}.facts());
}

bool KnownFacts::write(const fs::path& file) {
  const bool mostly_old = lines_ > 2 * size_ + 1000;
  if (rewrite_ || mostly_old) {
    if (!replace_file(file, all_lines())) return false;
    lines_ = size_;
  } else {
    std::string lines;
    for (const auto& [path, identity] : fresh_) {
      const Known* known = state_of(path, identity);
      if (known != nullptr) lines += line_of(path, *known);
    }
    if (!append_to(file, lines)) return false;
    lines_ += fresh_.size();
  }
  rewrite_ = false;
  fresh_.clear();
  return true;
}

std::string KnownFacts::line_of(const std::string& path, const Known& known) {
  const Facts& facts = known.facts;
  json::object line{{"v", kVersion},
                    {"key", key_of(path, known.identity)},
                    {"sha256", facts.sha256},
                    {"frames", facts.frames},
                    {"rate", facts.sample_rate},
                    {"channels", facts.channels},
                    {"codec", facts.codec},
                    {"length", facts.length.count()},
                    {"ctime", known.identity.ctime_ns},
                    {"seen", known.seen.time_since_epoch().count()}};
  if (facts.loudness) line["loudness"] = *facts.loudness;
  if (facts.true_peak) line["true_peak"] = *facts.true_peak;
  if (!facts.problem.empty()) line["problem"] = facts.problem;
  if (!facts.problem_detail.empty()) line["detail"] = facts.problem_detail;
  if (!facts.places.empty()) line["places"] = facts.places;
  if (facts.refused) line["refused"] = true;
  if (!facts.flaws.empty()) line["flaws"] = flaws_json(facts.flaws);
  if (known.tries > 0) line["tries"] = known.tries;
  if (known.again != sys_seconds()) line["again"] = known.again.time_since_epoch().count();
  return json::serialize(line) + "\n";
}

std::string KnownFacts::all_lines() const {
  std::string lines;
  for (const auto& [path, states] : by_path_) {
    for (const auto& known : states) lines += line_of(path, known);
  }
  return lines;
}

}  // namespace loa::station
