#include "daemon/station/commands/load_measured.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "daemon/station/conductor/approvals.hpp"
#include "daemon/station/conductor/make_goods.hpp"
#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/ledger/standing.hpp"

namespace loa::station {

namespace {

using config::Language;
using config::msg;

constexpr std::size_t kClipCells = 40;

/// One line that is written over on a terminal; one line in all where nobody watches.
class Display {
 public:
  explicit Display(Language language) : language_(language), terminal_(is_terminal(Stream::err)) {}
  Display(const Display&) = delete;
  Display& operator=(const Display&) = delete;
  ~Display() {
    if (shown_ && terminal_) say_lines("\r\x1b[K");
  }

  void show(const IntakeProgress& progress) {
    if (terminal_) {
      say_lines("\r\x1b[K" + msg("Measuring recordings: {0} of {1}", progress.done, progress.total).in(language_) +
                "  " + left(progress.clip, kClipCells));
    } else if (!shown_) {
      say(language_,
          config::msgn("measuring {0} new recording", "measuring {0} new recordings", progress.total, progress.total));
    }
    shown_ = true;
  }

 private:
  Language language_;
  bool terminal_;
  bool shown_ = false;
};

bool is_station(const std::filesystem::path& folder) {
  struct stat status {};
  return ::stat(StationPaths{folder}.settings().c_str(), &status) == 0;
}

/// False when nothing can be measured on this machine.
bool measure(LoadedStation& loaded, KnownFacts& known, const Invocation& invocation) {
  const auto program = sibling_program("loa-media");
  Display display(invocation.language);
  IntakeOptions options;
  options.program = program.value_or("loa-media");
  options.progress = [&](const IntakeProgress& progress) { display.show(progress); };
  options.keep = [&] { known.save(invocation.station, false); };
  return !measure_unknown(loaded, known, options).no_program;
}

}  // namespace

std::vector<boost::json::object> standing_rows(const std::filesystem::path& station) {
  std::error_code error;
  const auto disk = RealDisk::open_directory(StationPaths{station}.state(), error);
  if (!disk) return {};
  Standing standing;
  standing.refresh(*disk);
  LockFault fault;
  // Only where nobody else writes; the next one then need not read the whole ledger.
  if (const auto lock = StateLock::acquire(station, fault)) standing.keep(*disk);
  return standing.rows();
}

playlists::Approvals known_approvals(const std::filesystem::path& station) {
  return approvals_in(standing_rows(station));
}

std::optional<LoadedStation> load_measured(const Invocation& invocation, Measure when) {
  KnownFacts known = KnownFacts::read(invocation.station);
  LoadedStation loaded = load_station(invocation.station, known);
  const bool wanted = when == Measure::always || loaded.good();
  if (wanted && is_station(invocation.station) && !measure(loaded, known, invocation)) {
    say(invocation.language, msg("the program loa-media cannot be started; it belongs beside loa"));
    return std::nullopt;
  }
  if (!loaded.schedule) return loaded;
  if (!loaded.schedule->asks_for_approval() && loaded.schedule->campaigns.empty()) return loaded;
  const auto rows = standing_rows(invocation.station);
  loaded.catalogue.set_approvals(approvals_in(rows));
  loaded.schedule->make_goods = make_goods_in(rows);
  return loaded;
}

void say_diagnostics(const config::Diagnostics& diagnostics, Language language) {
  say_lines(config::to_text(diagnostics, language, wants_colour(Stream::err)));
}

}  // namespace loa::station
