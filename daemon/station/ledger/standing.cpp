// Finds the rows of a few kinds in the month files. Knows lines, not what the rows mean.
#include "daemon/station/ledger/standing.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <utility>

#include "daemon/station/ledger/ledger_read.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "loa-standing-1";
/// As a canonical line has it; inside of a text the quotation marks would be escaped.
constexpr std::string_view kApprove = "\"kind\":\"approve\"";
/// Of `make-good` rows, and of the items that were played for one.
constexpr std::string_view kMadeGood = "\"makes_good\":\"";
/// A play of a campaign that was missed is owed again.
constexpr std::array<std::string_view, 3> kMissedPlay{"\"campaign\":\"", "\"kind\":\"item\"", "\"verdict\":\"missed\""};

bool is_standing(std::string_view line) {
  const auto has = [&](auto words) { return line.find(words) != line.npos; };
  return has(kApprove) || has(kMadeGood) || std::all_of(kMissedPlay.begin(), kMissedPlay.end(), has);
}

std::optional<std::string> month(const Disk& disk, const std::string& name) {
  std::error_code error;
  return disk.read(std::string(kLedgerFolder) + "/" + name, error);
}

std::optional<json::object> object_in(std::string_view line) {
  boost::system::error_code error;
  auto value = json::parse(line, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::string joined(const std::vector<std::string>& lines) {
  std::string body;
  for (const auto& line : lines) body.append(line).push_back('\n');
  return body;
}

}  // namespace

void Standing::refresh(const Disk& disk) {
  if (upto_.seq == 0) {
    std::error_code error;
    auto kept = kept_in(disk.read(std::string(kStandingFile), error).value_or(""));
    if (!are_rows(kept)) kept = {};
    upto_ = std::move(kept.upto);
    whole_ = upto_.seq != 0;
    lines_.clear();
    rows_.clear();
    take(std::move(kept.lines));
  }
  if (whole_ && catch_up(disk)) {
    in_step_ = true;
    return;
  }
  Standing anew;
  anew.rebuild(disk);
  // A ledger that is away at the moment, or of which a month cannot be read, takes nothing back.
  if (in_step_ && (anew.upto_.seq == 0 || !anew.whole_)) return;
  anew.in_step_ = anew.whole_;
  *this = std::move(anew);
}

/// Nothing when the file is torn, rotten, or of another format.
Standing::Kept Standing::kept_in(std::string_view bytes) {
  const auto end = bytes.find('\n');
  const auto head = end == bytes.npos ? std::nullopt : object_in(bytes.substr(0, end));
  if (!head || wire::text_of(*head, "format") != kFormat) return {};
  auto body = bytes.substr(end + 1);
  if (wire::text_of(*head, "sha256") != wire::sha256_hex(body)) return {};
  Kept kept{{wire::number_of(*head, "seq"), wire::text_of(*head, "hash")}, {}};
  for (auto newline = body.find('\n'); newline != body.npos; newline = body.find('\n')) {
    kept.lines.emplace_back(body.substr(0, newline));
    body.remove_prefix(newline + 1);
  }
  return kept;
}

/// Each is a row that its own hash vouches for, in the ledger's order. The chain from one to the next leads over rows
/// that are not in the file: `log verify` follows it.
bool Standing::are_rows(const Kept& kept) {
  std::uint64_t last = 0;
  for (const auto& line : kept.lines) {
    const auto read = wire::read_row(line);
    if (read.fault != wire::RowFault::none || read.seq <= last || read.seq > kept.upto.seq) return false;
    last = read.seq;
  }
  return true;
}

/// What came behind the row up to which all is known. False when that row is not in the ledger: another ledger, an
/// older copy of this one, or the row's number was used again after a power cut.
bool Standing::catch_up(const Disk& disk) {
  std::vector<std::string> fresh;  // newest first
  Position newest;
  bool met = false;
  const auto look = [&](std::string_view line) {
    const auto read = wire::read_row(line);
    if (read.fault != wire::RowFault::none) return true;
    if (newest.seq == 0) newest = {read.seq, read.hash};
    if (read.seq > upto_.seq && is_standing(line)) fresh.emplace_back(line);
    met = read.seq == upto_.seq && read.hash == upto_.hash;
    return read.seq > upto_.seq;
  };
  const auto files = ledger_files(disk);
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    const auto text = month(disk, *file);
    if (!text) return true;  // it may well be there another time
    if (!lines_backwards(*text, look)) break;
  }
  if (!met) return false;
  upto_ = std::move(newest);
  std::reverse(fresh.begin(), fresh.end());
  take(std::move(fresh));
  return true;
}

/// Of one that knows nothing.
void Standing::rebuild(const Disk& disk) {
  whole_ = true;
  std::vector<std::string> found;
  std::uint64_t last = 0;
  for (const auto& file : ledger_files(disk)) {
    const auto text = month(disk, file);
    whole_ = whole_ && text;
    std::string_view rest = text ? std::string_view(*text) : std::string_view();
    for (auto end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
      const auto line = rest.substr(0, end);
      rest.remove_prefix(end + 1);
      if (!is_standing(line)) continue;
      const auto read = wire::read_row(line);
      if (read.fault != wire::RowFault::none || read.seq <= last) continue;
      last = read.seq;
      found.emplace_back(line);
    }
    const auto newest = [&](std::string_view line) {
      auto read = wire::read_row(line);
      if (read.fault == wire::RowFault::none) upto_ = {read.seq, std::move(read.hash)};
      return read.fault != wire::RowFault::none;
    };
    if (text) lines_backwards(*text, newest);
  }
  take(std::move(found));
}

void Standing::take(std::vector<std::string> lines) {
  for (auto& line : lines) {
    auto row = object_in(line);
    if (!row) continue;
    rows_.push_back(std::move(*row));
    lines_.push_back(std::move(line));
  }
}

std::string Standing::bytes() const {
  const auto body = joined(lines_);
  const json::object head{
      {"format", kFormat}, {"seq", upto_.seq}, {"hash", upto_.hash}, {"sha256", wire::sha256_hex(body)}};
  return wire::canonical(head) + "\n" + body;
}

void Standing::keep(Disk& disk) const {
  if (!whole_ || upto_.seq == 0) return;
  std::error_code error;
  const auto there = disk.read(std::string(kStandingFile), error);
  const auto known = there ? kept_in(*there) : Kept();
  // A file that is only a little behind costs less than writing it each time.
  constexpr std::uint64_t kBehind = 500;
  if (known.lines == lines_ && known.upto.seq <= upto_.seq && known.upto.seq + kBehind > upto_.seq &&
      known.upto.seq != 0) {
    return;
  }
  [[maybe_unused]] const auto failed = disk.replace(std::string(kStandingFile), bytes());
}

}  // namespace loa::station
