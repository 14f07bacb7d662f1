// Any bytes as a month's file: reading, opening and verifying never crash; the ledger goes on, and what it writes
// verifies; a good row is its own canonical text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "daemon/station/ledger/disk_memory.hpp"
#include "daemon/station/ledger/ledger_file.hpp"
#include "daemon/station/ledger/ledger_read.hpp"
#include "daemon/wire/verify.hpp"

namespace {

using namespace loa;

class StillClock final : public station::Clock {
 public:
  std::chrono::sys_time<std::chrono::nanoseconds> wall() const override {
    return std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
  }
  station::Steady steady() const override { return {}; }
  station::Trust trust() const override { return station::Trust::trusted; }
};

void require(bool holds) {
  if (!holds) std::abort();
}

void check_line(std::string_view line) {
  const auto read = wire::read_row(line);
  if (read.fault != wire::RowFault::none) return;
  require(wire::canonical(read.row) == line);
  require(wire::row_hash(read.row) == read.hash);
}

void open_and_append(const std::string& text) {
  station::MemoryDisk disk;
  disk.files["ledger/2026-11.jsonl"] = {text, text};
  const StillClock clock;
  station::FileLedgerOptions options;
  options.identity = {"x", "b", [](station::Instant) { return "2026-11-22T07:00:00.000+07:00"; }};
  options.threaded = false;
  station::FileLedger ledger(disk, clock, std::move(options));
  const auto before = ledger.durable_seq();
  const auto ticket = ledger.append({{"kind", "item"}, {"note", text}});
  require(ledger.durable() == ticket && ledger.durable_seq() > before);
  std::uint64_t newest = 0;
  station::newest_first(disk, [&](const boost::json::object& row) {
    newest = wire::number_of(row, "seq");
    return false;
  });
  require(newest == ledger.durable_seq());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  check_line(text);
  wire::Verifier verifier;
  verifier.line(text, size % 2 == 0);
  verifier.result();
  open_and_append(text);
  return 0;
}
