// How quickly a ledger is verified, and how quickly the daemon finds its place in a full month.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "daemon/station/ledger/disk_memory.hpp"
#include "daemon/station/ledger/ledger_file.hpp"
#include "daemon/wire/item_row.hpp"
#include "daemon/wire/verify.hpp"

namespace {

using namespace loa;

/// Stands still: figures are about rows, not about time.
class StillClock final : public station::Clock {
 public:
  std::chrono::sys_time<std::chrono::nanoseconds> wall() const override {
    return std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
  }
  station::Steady steady() const override { return {}; }
  station::Trust trust() const override { return station::Trust::trusted; }
};

station::FileLedgerOptions options() {
  station::FileLedgerOptions options;
  options.identity = {"xa-vi-du", "5b030f6b11223344", [](station::Instant) { return "2026-11-22T07:00:00.000+07:00"; }};
  options.threaded = false;
  return options;
}

/// Every field that an ordinary item has.
wire::Fields item(std::size_t n) {
  wire::ItemRow row;
  row.session = "xa-vi-du/2026-11-22T0530/sang";
  row.id = row.session + "/" + std::to_string(n);
  row.what = "clip";
  row.article = "khai-sinh";
  row.clip = "dich-vu-cong/khai-sinh.mp3";
  row.sha256 = std::string(64, 'a');
  row.priority = "ordinary";
  row.planned_start = row.start = "2026-11-22T05:30:00.000+07:00";
  row.planned_end = row.end = "2026-11-22T05:30:30.000+07:00";
  row.frames_planned = row.frames_played = 1440000;
  row.start_error_ms = 0.125;
  row.device = "HDA Intel PCH";
  row.verdict = wire::Verdict::aired;
  row.reason = wire::Reason::none;
  return row.fields();
}

station::MemoryDisk month_of(std::size_t rows) {
  station::MemoryDisk disk;
  const StillClock clock;
  station::FileLedger ledger(disk, clock, options());
  for (std::size_t i = 0; i < rows; ++i) {
    ledger.append(item(i));
    if (i % 60 == 59) ledger.checkpoint();
  }
  return disk;
}

void verify_rows(benchmark::State& state) {
  const auto disk = month_of(static_cast<std::size_t>(state.range(0)));
  const auto& text = disk.files.at("ledger/2026-11.jsonl").bytes;
  std::uint64_t rows = 0;
  for (auto _ : state) {
    wire::Verifier verifier;
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
      verifier.line(rest.substr(0, rest.find('\n')), true);
    }
    if (!verifier.result().ok) state.SkipWithError("the ledger is not ok");
    rows += verifier.result().rows;
  }
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kIsRate);
}
BENCHMARK(verify_rows)->Arg(4000)->Unit(benchmark::kMillisecond);

/// 60 items a day, a start and an item row each, for 31 days.
void open_a_month(benchmark::State& state) {
  auto disk = month_of(static_cast<std::size_t>(state.range(0)));
  const StillClock clock;
  for (auto _ : state) {
    const station::FileLedger ledger(disk, clock, options());
    benchmark::DoNotOptimize(ledger.durable_seq());
  }
}
BENCHMARK(open_a_month)->Arg(3720)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
