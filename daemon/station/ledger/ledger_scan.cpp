// Finds by reading where the ledger stands. Knows lines and numbering; must not know keys.
#include "daemon/station/ledger/ledger_scan.hpp"

#include <algorithm>

#include "daemon/station/ledger/ledger_read.hpp"

namespace loa::station {

namespace {

constexpr std::size_t kLinesAtOnce = 256;  // a few milliseconds

std::string_view take_line(std::string_view& text) {
  const auto newline = text.find('\n');
  const auto line = text.substr(0, newline);
  text.remove_prefix(newline == text.npos ? text.size() : newline + 1);
  return line;
}

bool begins_with_good_row(std::string_view text) {
  return text.find('\n') != text.npos && wire::read_row(take_line(text)).fault == wire::RowFault::none;
}

/// A destroyed newline makes one line of two rows: both have used their numbers.
std::uint64_t seqs_used_by(std::string_view bad_line) {
  constexpr std::string_view kSeq = "\"seq\":";
  std::uint64_t count = 0;
  for (auto at = bad_line.find(kSeq); at != bad_line.npos; at = bad_line.find(kSeq, at + 1)) ++count;
  return std::max<std::uint64_t>(count, 1);
}

/// `range` without what `answer` covers.
std::vector<LostRange> without(const LostRange& range, const LostRange& answer) {
  if (answer.to < range.from || answer.from > range.to) return {range};
  std::vector<LostRange> rest;
  if (range.from < answer.from) rest.push_back({range.from, answer.from - 1});
  if (range.to > answer.to) rest.push_back({answer.to + 1, range.to});
  return rest;
}

}  // namespace

/// Follows the numbering through the lines, oldest file first.
class LineFollower {
 public:
  /// `from_one`: what stands before the first good row is the ledger's very beginning; else numbering begins with that
  /// row (old months may have been moved away).
  explicit LineFollower(bool from_one) : started_(from_one) {}

  void lines(std::string_view text) {
    while (!text.empty()) line(take_line(text));
  }

  /// At most `count` of the lines from `at` on, which it moves.
  void lines(std::string_view text, std::size_t& at, std::size_t count) {
    auto rest = text.substr(at);
    for (; count > 0 && !rest.empty(); --count) line(take_line(rest));
    at = text.size() - rest.size();
  }

  void finish(LedgerScan& scan) {
    if (unnumbered_ > 0 && started_) {
      lost_.push_back({next_, next_ + unnumbered_ - 1});
      next_ += unnumbered_;
    }
    for (const auto& answer : answers_) answer_with(answer);
    scan.next_seq = next_;
    scan.prev = prev_;
    scan.damaged_lines = damaged_;
    scan.lost = std::move(lost_);
  }

 private:
  void line(std::string_view text) {
    const auto read = wire::read_row(text);
    if (read.fault != wire::RowFault::none) {
      ++damaged_;
      unnumbered_ += seqs_used_by(text);
    } else if (started_ && read.seq < next_) {
      ++damaged_;  // a row twice, or out of order: uses no number of its own
    } else {
      good(read);
    }
  }

  void good(const wire::ReadRow& read) {
    const auto first = started_ ? next_ : read.seq - std::min(unnumbered_, read.seq - 1);
    if (read.seq > first) lost_.push_back({first, read.seq - 1});
    started_ = true;
    unnumbered_ = 0;
    next_ = read.seq + 1;
    prev_ = read.hash;
    if (wire::text_of(read.row, "kind") == "lost") {
      answers_.push_back({wire::number_of(read.row, "from"), wire::number_of(read.row, "to")});
    }
  }

  void answer_with(const LostRange& answer) {
    std::vector<LostRange> rest;
    for (const auto& range : lost_) {
      const auto pieces = without(range, answer);
      rest.insert(rest.end(), pieces.begin(), pieces.end());
    }
    lost_ = std::move(rest);
  }

  bool started_;
  std::uint64_t next_ = 1;
  std::string prev_{wire::kNoHash};
  std::uint64_t unnumbered_ = 0;  // seqs of the bad lines since the last good row
  std::uint64_t damaged_ = 0;
  std::vector<LostRange> lost_, answers_;
};

std::size_t size_without_torn_tail(std::string_view text) {
  const auto newline = text.rfind('\n');
  auto size = newline == text.npos ? 0 : newline + 1;
  while (size > 0) {
    const auto before = size == 1 ? text.npos : text.rfind('\n', size - 2);
    const auto begin = before == text.npos ? 0 : before + 1;
    const auto line = text.substr(begin, size - 1 - begin);
    if (line.empty() || line.find_first_not_of('\0') != line.npos) break;
    size = begin;
  }
  return size;
}

LedgerScan scan_ledger(const Disk& disk, std::error_code& error) {
  error.clear();
  LedgerScan scan;
  const auto files = ledger_files(disk);
  std::vector<std::string> texts;  // newest first
  auto next = files.rbegin();
  for (; next != files.rend(); ++next) {
    auto text = disk.read(std::string(kLedgerFolder) + "/" + *next, error);
    if (!text) return scan;
    if (texts.empty()) {
      scan.newest = *next;
      scan.good_size = size_without_torn_tail(*text);
      scan.torn_bytes = text->size() - scan.good_size;
      text->resize(scan.good_size);
    }
    texts.push_back(std::move(*text));
    if (begins_with_good_row(texts.back())) break;
  }
  LineFollower follower(next == files.rend());
  for (auto text = texts.rbegin(); text != texts.rend(); ++text) follower.lines(*text);
  follower.finish(scan);
  return scan;
}

LostWalk::LostWalk() : follower_(std::make_unique<LineFollower>(false)) {}
LostWalk::~LostWalk() = default;

bool LostWalk::step(const Disk& disk) {
  if (!follower_) return false;
  if (at_ == text_.size() && !next_file(disk)) {
    follower_.reset();
    return false;
  }
  follower_->lines(text_, at_, kLinesAtOnce);
  return true;
}

bool LostWalk::next_file(const Disk& disk) {
  const auto files = ledger_files(disk);
  const auto next = std::upper_bound(files.begin(), files.end(), name_);
  if (next == files.end()) {
    LedgerScan scan;
    follower_->finish(scan);
    lost_ = std::move(scan.lost);
    return false;
  }
  std::error_code error;
  auto text = disk.read(std::string(kLedgerFolder) + "/" + *next, error);
  if (!text) return false;
  name_ = *next;
  text_ = std::move(*text);
  if (next + 1 == files.end()) text_.resize(size_without_torn_tail(text_));
  at_ = 0;
  return true;
}

}  // namespace loa::station
