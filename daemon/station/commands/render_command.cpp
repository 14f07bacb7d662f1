#include "daemon/station/commands/render_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>

#include "audio/wav_writer.hpp"
#include "daemon/station/commands/load_measured.hpp"
#include "daemon/station/commands/render_run.hpp"
#include "daemon/station/conductor/conductor_wanted.hpp"
#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/host/temporary_folder.hpp"
#include "daemon/station/library/library_problems.hpp"
#include "daemon/station/library/masters.hpp"

namespace loa::station {

using config::msg;
using config::Text;

namespace {

/// What began this long before the stretch may still sound in it.
constexpr std::chrono::hours kRenderReach{24};
/// So long that the masters of all of it are known ahead.
constexpr auto kLongest = kMastersAhead - kRenderReach;
/// The years in which nanoseconds since 1970 can be counted, and somewhat fewer.
constexpr Instant kFirst{std::chrono::sys_days{std::chrono::year{1700} / 1 / 1}};
constexpr Instant kLast{std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}};

struct RenderSpan {
  Instant from, until;
};

/// Empty when it can be rendered.
Text refusal_of(const RenderSpan& stretch) {
  if (stretch.from >= stretch.until) return msg("--to must be later than --from");
  if (stretch.from < kFirst || stretch.until > kLast) return msg("--from and --to must lie in the years 1700 to 2199");
  if (stretch.until - stretch.from > kLongest) return msg("at most 30 days can be rendered at once");
  return {};
}

std::optional<RenderSpan> read_stretch(const Invocation& invocation, const calendar::Zone& zone) {
  bool wrong = false;
  const auto from = instant_option(invocation, "from", zone, wrong);
  const auto until = instant_option(invocation, "to", zone, wrong);
  if (wrong || !from || !until) return std::nullopt;
  const RenderSpan stretch{*from, *until};
  const auto refusal = refusal_of(stretch);
  if (refusal.empty()) return stretch;
  say(invocation.language, refusal);
  return std::nullopt;
}

/// Rows in the place of the sound would be the end of the sound.
bool same_file(const Invocation& invocation) {
  const auto log = invocation.option("log");
  if (!log) return false;
  std::error_code error;
  const auto place = [&](const std::string& name) { return std::filesystem::weakly_canonical(name, error); };
  const bool same = place(*log) == place(invocation.option("out").value_or("")) && !error;
  if (same) say(invocation.language, msg("--out and --log name the same file"));
  return same;
}

std::vector<WantedMaster> wanted_masters_of(const Snapshot& snapshot, const RenderSpan& stretch) {
  std::vector<WantedMaster> list;
  for (const auto& wanted : wanted_masters(snapshot, stretch.from - kRenderReach)) {
    if (wanted.first >= stretch.until) continue;
    const auto* facts = snapshot.catalogue.facts(wanted.clip);
    list.push_back({wanted.sha256, wanted.clip, wanted.gain, facts == nullptr ? Frames(0) : facts->length});
  }
  return list;
}

/// The recording as it was listed and measured; an empty one when it has changed since.
Descriptor open_listed(const std::vector<std::filesystem::path>& libraries, const Listing& listing,
                       const std::string& clip) {
  const auto& recordings = listing.recordings;
  const auto listed =
      std::find_if(recordings.begin(), recordings.end(), [&](const Recording& each) { return each.clip == clip; });
  if (listed == recordings.end()) return {};
  std::error_code error;
  auto opened = open_recording(libraries, *listed, error);
  return !error && opened.identity == listed->identity ? std::move(opened.file) : Descriptor();
}

/// The station's shelf while nobody else writes its state, else one that goes away.
class Shelf {
 public:
  Shelf(const Invocation& invocation, const LoadedStation& loaded, const config::AudioSettings& audio) {
    LockFault fault{};
    lock_ = StateLock::acquire(invocation.station, fault);
    MastersOptions options;
    options.folder = lock_ ? StationPaths{invocation.station}.masters() : temporary_.emplace().path();
    options.program = sibling_program("loa-media").value_or("loa-media");
    options.profile = {audio.loudness, audio.true_peak, audio.channels};
    options.spare_bytes = ledger_reserve(options.folder);
    const auto listing = std::make_shared<const Listing>(loaded.listing);
    options.open = [listing, libraries = loaded.files.libraries](const WantedMaster& wanted) {
      return [=, clip = wanted.clip] { return open_listed(libraries, *listing, clip); };
    };
    masters_.emplace(std::move(options));
  }
  Masters& masters() { return *masters_; }

 private:
  std::optional<StateLock> lock_;
  std::optional<TemporaryFolder> temporary_;
  std::optional<Masters> masters_;
};

/// One line that is written over, on a terminal only.
class RenderProgress {
 public:
  explicit RenderProgress(config::Language language) : language_(language), terminal_(is_terminal(Stream::err)) {}
  ~RenderProgress() {
    if (shown_ >= 0) say_lines("\r\x1b[K");
  }
  RenderProgress(const RenderProgress&) = delete;
  RenderProgress& operator=(const RenderProgress&) = delete;
  void show(double part) {
    const int percent = static_cast<int>(part * 100);
    if (!terminal_ || percent == shown_) return;
    shown_ = percent;
    say_lines("\r\x1b[K" + msg("Rendering: {0} %", percent).in(language_));
  }

 private:
  config::Language language_;
  bool terminal_;
  int shown_ = -1;
};

/// The file for the rows, made before the long work begins.
class RowsFile {
 public:
  explicit RowsFile(const std::optional<std::string>& path) : wanted_(path.has_value()) {
    if (wanted_) out_.open(*path, std::ios::binary | std::ios::trunc);
  }
  bool good() const { return !wanted_ || out_.good(); }
  bool write(const std::string& rows) {
    if (wanted_) out_ << rows << std::flush;
    return good();
  }

 private:
  bool wanted_;
  std::ofstream out_;
};

audio::WavFormat format_of(const Snapshot& snapshot, const RenderSpan& stretch) {
  audio::WavFormat format;
  format.channels = snapshot.settings.audio.channels;
  format.begins = std::chrono::floor<std::chrono::nanoseconds>(stretch.from);
  return format;
}

int fail(const Invocation& invocation, const std::string& path, const std::string& why) {
  say(invocation.language, msg("{0} cannot be written: {1}", path, why));
  return kWorldFailed;
}

/// Makes every master; false when something that is planned will not sound, which is said.
bool fill(Masters& masters, std::vector<WantedMaster> wanted, config::Language language) {
  masters.want(std::move(wanted));
  masters.make_all({}, {});
  const auto failures = masters.take_failures();
  for (const auto& failure : failures) say(language, not_mastered_words(failure));
  return failures.empty();
}

int render(const Invocation& invocation, const LoadedStation& loaded, const RenderSpan& stretch) {
  const auto snapshot = make_snapshot(loaded.files, loaded.catalogue, loaded.schedule->make_goods);
  const auto path = invocation.option("out").value_or("");
  const auto log = invocation.option("log");
  RowsFile rows(log);
  if (!rows.good()) return fail(invocation, *log, std::generic_category().message(errno));
  std::string error;
  const auto wav = audio::WavWriter::create(path, format_of(*snapshot, stretch), error);
  if (!wav) return fail(invocation, path, error);
  Shelf shelf(invocation, loaded, snapshot->settings.audio);
  const bool filled = fill(shelf.masters(), wanted_masters_of(*snapshot, stretch), invocation.language);
  RenderProgress progress(invocation.language);
  RenderTask task{snapshot, stretch.from, stretch.until, &shelf.masters(), {}, {}};
  task.sink = [&](std::span<const float> samples) { return wav->append(samples); };
  task.progress = [&](double part) { progress.show(part); };
  const auto rendered = render_stretch(task);
  const auto closed = wav->close();
  if (!rendered.whole || !closed.empty()) return fail(invocation, path, closed.empty() ? wav->fault() : closed);
  if (!rows.write(rendered.rows)) return fail(invocation, *log, std::generic_category().message(errno));
  return filled ? kDone : kWorldFailed;
}

}  // namespace

int render_command(const Invocation& invocation) {
  auto loaded = load_measured(invocation, Measure::unless_mistakes);
  if (!loaded) return kWorldFailed;
  const auto stretch = read_stretch(invocation, zone_or_default(loaded->files.settings.timezone));
  if (!stretch || same_file(invocation)) return kWrongUsage;
  if (loaded->schedule) {
    scheduler::check(*loaded->schedule, loaded->catalogue, loaded->schedule->zone.day(stretch->from),
                     scheduler::kDaysAhead, loaded->diagnostics);
  }
  say_diagnostics(loaded->diagnostics, invocation.language);
  return loaded->good() ? render(invocation, *loaded, *stretch) : kMistakes;
}

}  // namespace loa::station
