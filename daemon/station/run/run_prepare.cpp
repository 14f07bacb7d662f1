#include "daemon/station/run/run_prepare.hpp"

#include <algorithm>
#include <set>
#include <type_traits>

#include "playlists/resolve.hpp"

namespace loa::station {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr int kDaysChecked = 31;
/// Sessions that may be running, or start soon: their recordings are measured before the plan is made.
constexpr auto kBack = 24h;
constexpr auto kSoon = 20min;

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

std::vector<fs::path> watched_folders(const fs::path& station, const std::vector<fs::path>& libraries) {
  std::vector<fs::path> folders{station};
  for (const auto& library : libraries) folders.push_back(library.parent_path() / "schedule");
  return folders;
}

std::size_t count_unmeasured(const playlists::Catalogue& catalogue) {
  const auto& all = catalogue.all();
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& clip) { return !clip.second; }));
}

}  // namespace

std::vector<std::string> clips_needed(const scheduler::Schedule& schedule, const playlists::Catalogue& catalogue,
                                      calendar::Instant from, calendar::Instant until) {
  Needs needs(schedule, catalogue);
  const auto last = std::chrono::sys_days(schedule.zone.day(until));
  for (auto day = std::chrono::sys_days(schedule.zone.day(from)); day <= last; day += std::chrono::days(1)) {
    for (const auto& programme : schedule.programmes) {
      if (!programme.plays_on(day)) continue;
      const auto in_time = [&](const config::TimeOfDay& at) {
        const auto start = schedule.zone.instant(std::chrono::local_days(day.time_since_epoch()) + at.since_midnight);
        return start >= from && start < until;
      };
      if (std::none_of(programme.at.begin(), programme.at.end(), in_time)) continue;
      for (const auto& rule : programme.items) needs.add(rule, day);
    }
  }
  return needs.take();
}

Preparer::Preparer(fs::path station, IntakeOptions intake, bool holds_lock)
    : station_(std::move(station)),
      intake_(std::move(intake)),
      holds_lock_(holds_lock),
      known_(KnownFacts::read(station_)) {}

void Preparer::measure(LoadedStation& loaded, const std::vector<std::string>& clips) {
  if (clips.empty()) return;
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < loaded.listing.recordings.size(); ++i) {
    if (std::binary_search(clips.begin(), clips.end(), loaded.listing.recordings[i].clip)) which.push_back(i);
  }
  const auto result = take_in(loaded.files.libraries, loaded.listing, which, known_, intake_);
  unsettled_ = unsettled_ || !result.unsettled.empty();
  if (result.measured > 0) known_.save(station_, holds_lock_);
  loaded.catalogue = catalogue_of(loaded.listing, known_, loaded.schedule->repertoire);
}

Prepared Preparer::prepare(calendar::Instant now) {
  unsettled_ = false;
  auto loaded = load_station(station_, known_);
  if (loaded.good()) measure(loaded, clips_needed(*loaded.schedule, loaded.catalogue, now - kBack, now + kSoon));
  if (loaded.schedule) {
    scheduler::check(*loaded.schedule, loaded.catalogue, loaded.schedule->zone.day(now), kDaysChecked,
                     loaded.diagnostics);
  }
  Prepared prepared;
  if (loaded.good()) prepared.snapshot = make_snapshot(loaded.files, loaded.catalogue);
  prepared.diagnostics = std::move(loaded.diagnostics);
  prepared.sources = loaded.files.sources;
  prepared.folders = watched_folders(station_, loaded.files.libraries);
  prepared.unmeasured = count_unmeasured(loaded.catalogue);
  prepared.unsettled = unsettled_;
  prepared.recordings =
      std::make_shared<Recordings>(Recordings{loaded.files.libraries, std::move(loaded.listing), known_});
  return prepared;
}

bool Preparer::measure_more(calendar::Instant now, std::size_t most) {
  auto loaded = load_station(station_, known_);
  if (!loaded.good()) return false;
  auto clips = clips_needed(*loaded.schedule, loaded.catalogue, now, now + std::chrono::days(kDaysChecked));
  if (clips.empty()) {
    for (const auto& [clip, facts] : loaded.catalogue.all()) {
      if (!facts) clips.push_back(clip);
    }
  }
  if (clips.size() > most) clips.resize(most);
  const auto before = known_.size();
  measure(loaded, clips);
  return known_.size() > before;
}

}  // namespace loa::station
