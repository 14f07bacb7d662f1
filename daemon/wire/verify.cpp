// Numbering, chain and signatures of ledger lines. Knows lines in order; must not know where they come from.
#include "daemon/wire/verify.hpp"

#include <algorithm>
#include <utility>

#include "daemon/wire/crypto.hpp"

namespace loa::wire {

namespace {

std::string_view words_of(Flaw flaw) {
  switch (flaw) {
    case Flaw::none:
      return "";
    case Flaw::unreadable:
      return "this is no row of a ledger";
    case Flaw::hash:
      return "the hash does not match: the row was changed";
    case Flaw::torn_inside:
      return "a torn line that is not the end";
    case Flaw::missing_rows:
      return "rows are missing before this one";
    case Flaw::out_of_order:
      return "the row is out of order";
    case Flaw::chain:
      return "prev is not the hash of the row before";
    case Flaw::signature:
      return "the signature is not by the key in force";
    case Flaw::unsigned_key:
      return "the new key is not signed by the old one";
    case Flaw::unknown_key:
      return "signed, but the key is not known";
    case Flaw::foreign_key:
      return "nothing is signed with the given key";
  }
  return {};
}

std::string described(const Verification& result) {
  std::string text;
  if (!result.problem_file.empty()) text += result.problem_file + ":";
  if (result.problem_line > 0) text += (text.empty() ? "line " : "") + std::to_string(result.problem_line) + ":";
  if (!text.empty()) text += ' ';
  if (result.problem_seq > 0) text += "row " + std::to_string(result.problem_seq) + ": ";
  return text.append(words_of(result.flaw));
}

Flaw flaw_of(RowFault fault) {
  return fault == RowFault::hash ? Flaw::hash : Flaw::unreadable;
}

std::string key_of(const boost::json::object& row) {
  const auto key = from_base64(text_of(row, "public_key"));
  return key && key->size() == kKeyBytes ? *key : std::string();
}

}  // namespace

Verifier::Verifier(std::optional<std::string> public_key) {
  if (!public_key) return;
  trusted_ = from_base64(*public_key).value_or("");
  is_bad_trusted_ = trusted_.size() != kKeyBytes;
}

void Verifier::file(std::string name) {
  place_ = {std::move(name), 0};
}

void Verifier::line(std::string_view text, bool has_newline) {
  if (std::exchange(after_torn_, false)) damaged(Flaw::torn_inside, torn_place_, 0);
  ++place_.line;
  const bool is_zeros = !text.empty() && text.find_first_not_of('\0') == text.npos;
  after_torn_ = !has_newline || is_zeros;
  if (after_torn_) {
    torn_place_ = place_;
    return;
  }
  const auto read = read_row(text);
  if (read.fault == RowFault::none) return good(read);
  damaged(flaw_of(read.fault), place_, read.seq);
}

Verification Verifier::result() const {
  auto result = result_;
  result.torn_tail = after_torn_;
  const bool foreign = is_bad_trusted_ || (!trusted_.empty() && has_signatures_ && !trusted_has_signed_);
  if (foreign && result.ok) {
    result.ok = false;
    result.flaw = Flaw::foreign_key;
    result.problem = described(result);
  }
  const auto& key = key_.empty() ? trusted_ : key_;
  if (!key.empty()) result.fingerprint = fingerprint_of(key);
  return result;
}

void Verifier::damaged(Flaw flaw, const Place& place, std::uint64_t seq) {
  ++result_.damaged;
  report(flaw, place, seq);
  after_damage_ = true;
}

void Verifier::good(const ReadRow& read) {
  check_place(read);
  check_key(read);
  if (result_.rows++ == 0) result_.first = read.seq;
  result_.last = std::max(result_.last, read.seq);
}

void Verifier::check_place(const ReadRow& read) {
  const bool is_first = !std::exchange(started_, true);
  const bool is_free = std::exchange(after_damage_, false);
  if (!is_first && read.seq < next_) return report(Flaw::out_of_order, place_, read.seq);
  const bool jumps = !is_first && read.seq > next_;
  const bool follows = is_first ? read.seq > 1 || read.prev == kNoHash : read.prev == prev_;
  if (!is_free && jumps) report(Flaw::missing_rows, place_, read.seq);
  if (!is_free && !jumps && !follows) report(Flaw::chain, place_, read.seq);
  next_ = read.seq + 1;
  prev_ = read.hash;
}

void Verifier::check_key(const ReadRow& read) {
  const auto kind = text_of(read.row, "kind");
  if (kind != "key") {
    if (kind == "checkpoint" || read.row.contains("sig")) check_signature(read, key_.empty() ? trusted_ : key_);
    return;
  }
  const auto key = key_of(read.row);
  const auto before = std::exchange(key_, key);
  has_signatures_ = true;
  if (key.empty()) return report(Flaw::signature, place_, read.seq);
  if (before.empty()) {  // the first one signs itself; what comes later in a copy may be signed by the one before
    if (is_signed_with(read, key) || is_signed_with(read, trusted_)) return;
    return report(read.seq == 1 ? Flaw::signature : Flaw::unknown_key, place_, read.seq);
  }
  if (!is_signed_with(read, before)) report(Flaw::unsigned_key, place_, read.seq);
}

void Verifier::check_signature(const ReadRow& read, const std::string& key) {
  has_signatures_ = true;
  if (key.empty()) return report(Flaw::unknown_key, place_, read.seq);
  if (!is_signed_with(read, key)) report(Flaw::signature, place_, read.seq);
}

bool Verifier::is_signed_with(const ReadRow& read, const std::string& key) {
  const auto signature = from_base64(text_of(read.row, "sig"));
  const auto text = signed_text(text_of(read.row, "station"), read.seq, read.hash);
  if (!signature || !signature_is_good(key, text, *signature)) return false;
  result_.signed_until = read.seq;
  trusted_has_signed_ = trusted_has_signed_ || key == trusted_;
  return true;
}

void Verifier::report(Flaw flaw, const Place& place, std::uint64_t seq) {
  if (!result_.ok) return;
  result_.ok = false;
  result_.flaw = flaw;
  result_.problem_file = place.file;
  result_.problem_line = place.line;
  result_.problem_seq = seq;
  result_.problem = described(result_);
}

}  // namespace loa::wire
