// Sealing a row and reading one back. Knows one row at a time.
#include "daemon/wire/row.hpp"

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "daemon/wire/clean.hpp"

namespace loa::wire {

namespace {

constexpr std::array kVerdicts{std::pair{Verdict::aired, "aired"},       std::pair{Verdict::late, "late"},
                               std::pair{Verdict::partial, "partial"},   std::pair{Verdict::missed, "missed"},
                               std::pair{Verdict::withheld, "withheld"}, std::pair{Verdict::overridden, "overridden"}};

constexpr std::array kReasons{std::pair{Reason::none, "none"},           std::pair{Reason::power, "power"},
                              std::pair{Reason::clock, "clock"},         std::pair{Reason::device, "device"},
                              std::pair{Reason::file, "file"},           std::pair{Reason::hours, "hours"},
                              std::pair{Reason::limit, "limit"},         std::pair{Reason::approval, "approval"},
                              std::pair{Reason::expired, "expired"},     std::pair{Reason::calendar, "calendar"},
                              std::pair{Reason::emergency, "emergency"}, std::pair{Reason::operator_, "operator"},
                              std::pair{Reason::relay, "relay"},         std::pair{Reason::overrun, "overrun"},
                              std::pair{Reason::network, "network"}};

template <class Table, class Word>
std::string_view name_in(const Table& table, Word word) {
  for (const auto& [value, name] : table) {
    if (value == word) return name;
  }
  return {};
}

template <class Word, class Table>
std::optional<Word> named_in(const Table& table, std::string_view wanted) {
  for (const auto& [value, name] : table) {
    if (name == wanted) return value;
  }
  return {};
}

bool has_texts(const boost::json::object& row) {
  for (const auto* key : {"at", "boot", "station", "kind", "clock"}) {
    if (text_of(row, key).empty()) return false;
  }
  return true;
}

bool is_hash(std::string_view text) {
  return text.size() == kNoHash.size() && text.find_first_not_of("0123456789abcdef") == text.npos;
}

RowFault fault_of(const ReadRow& read, std::string_view line) {
  const auto texts = row_texts(read.row);
  if (texts.whole != line) return RowFault::not_canonical;
  if (read.seq == 0 || !is_hash(read.prev) || !is_hash(read.hash) || !has_texts(read.row)) return RowFault::incomplete;
  return sha256_hex(texts.bare) == read.hash ? RowFault::none : RowFault::hash;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  return name_in(kVerdicts, verdict);
}
std::string_view name_of(Reason reason) {
  return name_in(kReasons, reason);
}
std::optional<Verdict> verdict_named(std::string_view name) {
  return named_in<Verdict>(kVerdicts, name);
}
std::optional<Reason> reason_named(std::string_view name) {
  return named_in<Reason>(kReasons, name);
}

std::string text_of(const boost::json::object& row, std::string_view key) {
  const auto* value = row.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

std::uint64_t number_of(const boost::json::object& row, std::string_view key) {
  const auto* value = row.if_contains(key);
  if (value == nullptr) return 0;
  boost::system::error_code error;
  const auto number = value->to_number<std::uint64_t>(error);
  return error ? 0 : number;
}

std::string signed_text(std::string_view station, std::uint64_t seq, std::string_view hash) {
  std::string text = "loa-ledger-1\n";
  text.append(station).append("\n").append(std::to_string(seq)).append("\n").append(hash);
  return text;
}

std::string row_hash(const boost::json::object& row) {
  return sha256_hex(row_texts(row).bare);
}

SealedRow seal(Fields fields, std::uint64_t seq, std::string_view prev, const Signer& signer) {
  auto row = cleaned(std::move(fields));
  row.erase("sig");
  row["seq"] = seq;
  row["prev"] = prev;
  SealedRow sealed;
  sealed.seq = seq;
  sealed.hash = row_hash(row);
  row["hash"] = sealed.hash;
  if (signer) row["sig"] = signer(signed_text(text_of(row, "station"), seq, sealed.hash));
  sealed.line = canonical(row);
  return sealed;
}

ReadRow read_row(std::string_view line) {
  // All of a row's small texts in one piece of memory: verifying is a fifth quicker.
  auto memory = boost::json::make_shared_resource<boost::json::monotonic_resource>(4 * line.size() + 256);
  boost::json::error_code error;
  auto value = boost::json::parse(line, error, std::move(memory));
  if (error || !value.is_object()) return {{}, RowFault::not_json, 0, {}, {}};
  ReadRow read{std::move(value.get_object()), RowFault::none, 0, {}, {}};
  read.seq = number_of(read.row, "seq");
  read.prev = text_of(read.row, "prev");
  read.hash = text_of(read.row, "hash");
  read.fault = fault_of(read, line);
  return read;
}

}  // namespace loa::wire
