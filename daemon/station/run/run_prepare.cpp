#include "daemon/station/run/run_prepare.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <type_traits>

#include "daemon/station/conductor/approvals.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "playlists/resolve.hpp"

namespace loa::station {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// Sessions that may be running, or start soon: their recordings are measured before the plan is made.
constexpr auto kBack = 24h;
constexpr auto kSoon = 20min;
constexpr auto kMadeGoodNotBefore = 5min;  // what is nearer may be on its way to air by the files before
constexpr auto kSettle = 3s;               // until a file that was still being written is looked at again
constexpr auto kRetryNotBefore = 60s;      // whatever is due and was not tried now

class Needs {
 public:
  Needs(const scheduler::Schedule& schedule, const playlists::Catalogue& catalogue)
      : schedule_(schedule), catalogue_(catalogue) {}

  void add(const scheduler::ItemRule& rule, config::Date day) {
    std::visit([&](const auto& what) { add_what(what, day); }, rule.what);
  }
  std::vector<std::string> take() { return {clips_.begin(), clips_.end()}; }

 private:
  void add_what(const scheduler::ArticleItem& item, config::Date day) { add_id(item.id, day, item.days_ago); }
  void add_what(const scheduler::PlaylistItem& item, config::Date day) { add_id(item.id, day, item.days_ago); }
  void add_what(const scheduler::PauseItem&, config::Date) {}
  void add_what(const scheduler::FillItem& item, config::Date day) {
    if (!item.playlist.empty()) add_id(item.playlist, day, 0);
    for (const auto& entry : item.entries) add_id(entry.id, day, 0);
  }
  void add_what(const scheduler::CampaignItem& item, config::Date day) {
    const auto* campaign = schedule_.campaign(item.id);
    if (campaign == nullptr) return;
    if (!campaign->playlist.empty()) add_id(campaign->playlist, day, 0);
    for (const auto& entry : campaign->entries) add_id(entry.id, day, 0);
  }
  void add_what(const scheduler::RelayItem& item, config::Date day) {
    const auto* relay = schedule_.relay(item.id);
    if (relay != nullptr && !relay->fallback.empty()) add_id(relay->fallback, day, 0);
  }
  void add_id(const std::string& id, config::Date day, int days_ago) {
    const config::Date recorded = std::chrono::sys_days(day) - std::chrono::days(days_ago);
    for (const auto& clip : playlists::resolve(schedule_.repertoire, catalogue_, id, day, recorded)) {
      add_clip(clip.path);
      if (!clip.missing.empty() && clip.missing != id) add_id(clip.missing, day, days_ago);
    }
  }
  void add_clip(const std::string& clip) {
    if (catalogue_.exists(clip) && catalogue_.facts(clip) == nullptr) clips_.insert(clip);
  }

  const scheduler::Schedule& schedule_;
  const playlists::Catalogue& catalogue_;
  std::set<std::string> clips_;
};

std::vector<fs::path> watched_folders(const fs::path& station, const config::StationFiles& files) {
  std::vector<fs::path> folders{station};
  for (const auto& library : files.libraries) folders.push_back(library.parent_path() / "schedule");
  if (files.settings.holidays) folders.push_back((station / *files.settings.holidays).parent_path());
  return folders;
}

std::chrono::sys_seconds seconds_of(calendar::Instant now) {
  return std::chrono::floor<std::chrono::seconds>(now);
}

}  // namespace

std::vector<std::string> clips_needed(const scheduler::Schedule& schedule, const playlists::Catalogue& catalogue,
                                      calendar::Instant from, calendar::Instant until) {
  Needs needs(schedule, catalogue);
  const auto last = std::chrono::sys_days(schedule.zone.day(until));
  const scheduler::Timetable timetable(schedule);
  const std::chrono::days reach(timetable.shifts_days() ? 1 : 0);
  for (auto day = std::chrono::sys_days(schedule.zone.day(from)) - reach; day <= last + reach;
       day += std::chrono::days(1)) {
    for (const auto& slot : timetable.on(day)) {
      const auto start = schedule.zone.instant(slot.start);
      if (start < from || start >= until) continue;
      for (const auto& rule : slot.programme->items) needs.add(rule, day);
    }
  }
  return needs.take();
}

Preparer::Preparer(fs::path station, IntakeOptions intake, bool holds_lock)
    : station_(std::move(station)),
      intake_(std::move(intake)),
      holds_lock_(holds_lock),
      known_(KnownFacts::read(station_)) {}

void Preparer::keep_facts() {
  known_.save_whole(station_);
  standing_rows();
}

/// As the ledger stands now; what cannot be read costs nothing but what it says.
const std::vector<boost::json::object>& Preparer::standing_rows() {
  std::error_code error;
  const auto disk = RealDisk::open_directory(StationPaths{station_}.state(), error);
  if (!disk) return standing_.rows();
  standing_.refresh(*disk);
  if (holds_lock_) standing_.keep(*disk);
  return standing_.rows();
}

/// `schedule` has them from then on.
MakingGood Preparer::make_good(scheduler::Schedule& schedule, const playlists::Catalogue& catalogue,
                               calendar::Instant now) const {
  schedule.make_goods = make_goods_in(standing_.rows());
  auto made = station::make_good(schedule, catalogue, standing_.rows(), now + kMadeGoodNotBefore);
  for (const auto& chosen : made.chosen) schedule.make_goods[chosen.place] = chosen.missed;
  return made;
}

void Preparer::measure(LoadedStation& loaded, const std::vector<std::string>& clips) {
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < loaded.listing.recordings.size(); ++i) {
    if (std::binary_search(clips.begin(), clips.end(), loaded.listing.recordings[i].clip)) which.push_back(i);
  }
  measure(loaded, which);
}

/// How many were measured.
std::size_t Preparer::measure(LoadedStation& loaded, const std::vector<std::size_t>& which) {
  if (which.empty()) return 0;
  const auto result = take_in(loaded.files.libraries, loaded.listing, which, known_, intake_);
  unsettled_ = unsettled_ || !result.unsettled.empty();
  if (result.measured > 0) known_.save(station_, holds_lock_);
  loaded.catalogue = catalogue_of(loaded.listing, known_, loaded.schedule->repertoire);
  return result.measured;
}

std::optional<std::chrono::milliseconds> Preparer::look_again(const Listing& listing,
                                                              std::chrono::sys_seconds now) const {
  if (unsettled_) return kSettle;
  const auto next = known_.next_try(listing);
  if (!next) return std::nullopt;
  return std::clamp<std::chrono::milliseconds>(*next - now, kRetryNotBefore, KnownFacts::kLastRetry);
}

/// Measures what is needed soon; approvals and make-goods as they are now.
void Preparer::bring_up_to_date(LoadedStation& loaded, calendar::Instant now, Prepared& prepared) {
  if (loaded.good()) measure(loaded, clips_needed(*loaded.schedule, loaded.catalogue, now - kBack, now + kSoon));
  loaded.catalogue.set_approvals(approvals_in(standing_rows()));
  if (loaded.good()) prepared.making_good = make_good(*loaded.schedule, loaded.catalogue, now);
}

/// `loaded` is used up but for its diagnostics.
void Preparer::finish(LoadedStation& loaded, calendar::Instant now, Prepared& prepared) {
  if (loaded.good()) {
    prepared.snapshot = make_snapshot(loaded.files, loaded.catalogue, std::move(loaded.schedule->make_goods));
  }
  prepared.approvals = loaded.catalogue.approvals();
  prepared.unmeasured = to_measure(loaded, known_, seconds_of(now)).size();
  prepared.again = look_again(loaded.listing, seconds_of(now));
  prepared.sources = loaded.files.sources;
  prepared.recordings =
      std::make_shared<Recordings>(Recordings{loaded.files.libraries, std::move(loaded.listing), known_});
}

Prepared Preparer::prepare(calendar::Instant now, const SnapshotPtr& in_force) {
  unsettled_ = false;
  Prepared prepared;
  auto loaded = load_station(station_, known_);
  const bool same_libraries =
      in_force == nullptr || config::library_folders(station_, in_force->settings) == loaded.files.libraries;
  if (same_libraries) known_.keep_those_of(loaded.listing, seconds_of(now));
  known_.save(station_, holds_lock_);
  bring_up_to_date(loaded, now, prepared);
  if (loaded.schedule) {
    scheduler::check(*loaded.schedule, loaded.catalogue, loaded.schedule->zone.day(now), scheduler::kDaysAhead,
                     loaded.diagnostics);
  }
  prepared.folders = watched_folders(station_, loaded.files);
  finish(loaded, now, prepared);
  prepared.diagnostics = std::move(loaded.diagnostics);
  if (in_force && (!prepared.snapshot || !same_texts(*in_force->sources, *prepared.snapshot->sources))) {
    prepared.of_files_in_force = std::make_shared<Prepared>();
    auto before = load_station_of(*in_force, station_, known_);
    bring_up_to_date(before, now, *prepared.of_files_in_force);
    finish(before, now, *prepared.of_files_in_force);
  }
  return prepared;
}

bool Preparer::measure_more(calendar::Instant now, std::size_t most, const SnapshotPtr& in_force) {
  auto loaded = load_station(station_, known_);
  if (!loaded.good() && in_force) loaded = load_station_of(*in_force, station_, known_);
  if (!loaded.good()) return false;
  const auto wanted = to_measure(loaded, known_, seconds_of(now));
  const auto needed =
      clips_needed(*loaded.schedule, loaded.catalogue, now, now + std::chrono::days(scheduler::kDaysAhead));
  const auto rank = [&](std::size_t index) {
    const auto& recording = loaded.listing.recordings[index];
    if (known_.find(recording) != nullptr) return 2;
    return std::binary_search(needed.begin(), needed.end(), recording.clip) ? 0 : 1;
  };
  std::vector<std::size_t> which;
  for (int each = 0; each < 3 && which.empty(); ++each) {
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(which),
                 [&](std::size_t index) { return rank(index) == each; });
  }
  if (which.size() > most) which.resize(most);
  return measure(loaded, which) > 0;
}

}  // namespace loa::station
