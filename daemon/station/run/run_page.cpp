#include "daemon/station/run/run_page.hpp"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <utility>

#include "daemon/station/host/aside.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/library/check_beside.hpp"
#include "daemon/station/page/page_lacks.hpp"
#include "daemon/station/page/page_text.hpp"
#include "daemon/station/run/run_reload.hpp"

namespace loa::station {

using config::msg;

namespace {

std::vector<DayVerdicts> verdicts_for(const PageFacts& facts, const std::filesystem::path& state) {
  std::error_code error;
  const auto disk = RealDisk::open_directory(state, error);
  if (!disk) return {};
  const auto zone = zone_of(facts);
  return verdicts_since(*disk, zone, told_since(facts, zone));
}

PageWritten make_page(const PageFacts& facts, const StationPaths& paths) {
  std::error_code error;
  const auto space = std::filesystem::space(paths.state(), error);
  const auto room = error ? std::nullopt : std::optional<std::uint64_t>(space.available);
  return write_page(paths.station, facts.language, page_bytes(facts, verdicts_for(facts, paths.state()), room));
}

}  // namespace

/// Whether a page is being written, for who waits for it at the end.
struct RunPage::Work {
  std::mutex mutex;
  std::condition_variable changed;
  bool busy = false;

  void begin() {
    const std::lock_guard lock(mutex);
    busy = true;
  }
  void end() {
    const std::lock_guard lock(mutex);
    busy = false;
    changed.notify_all();
  }
  bool ends(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, patience, [this] { return !busy; });
  }
};

RunPage::RunPage(boost::asio::io_context& context, const StationPaths& paths, config::Language language, Hooks hooks)
    : paths_(paths),
      language_(language),
      hooks_(std::move(hooks)),
      work_(std::make_shared<Work>()),
      mailbox_(context) {}

void RunPage::began(std::optional<Instant> last_life) {
  before_ = {hooks_.now(), last_life};
  began_ = true;
  begun_ = hooks_.steady();
  due_ = hooks_.steady();
}

namespace {

/// Something stands there that whoever saved the files has to mend.
bool stands_out(EditState state) {
  return state == EditState::refused || state == EditState::held || state == EditState::other_id;
}

}  // namespace

void RunPage::edited(EditState state, const config::Diagnostics& findings, std::string changes) {
  edit_.findings = page_findings(findings);
  if (state == EditState::none && stands_out(edit_.state)) state = EditState::taken_back;
  if (state != EditState::none) {
    edit_.state = state;
    edit_.at = hooks_.now();
    edit_.changes = std::move(changes);
    edit_.recordings_at.reset();
  }
  looks_beside_ = true;  // the id may be another
  due_ = hooks_.steady();
}

void RunPage::recordings(const config::Diagnostics& findings, std::string changes) {
  edit_.findings = page_findings(findings);
  if (stands_out(edit_.state)) {  // the files are again what is in force
    edit_.state = EditState::taken_back;
    edit_.at = hooks_.now();
    edit_.changes.clear();
  }
  edit_.recordings_at = hooks_.now();
  edit_.recordings_change = std::move(changes);
  due_ = hooks_.steady();
}

void RunPage::renewed(std::string changes) {
  edit_.recordings_at = hooks_.now();
  edit_.recordings_change = std::move(changes);
  due_ = hooks_.steady();
}

void RunPage::accepted() {
  edit_.state = EditState::accepted;
  edit_.at = hooks_.now();
  due_ = hooks_.steady();
}

void RunPage::folders_hang(bool hang) {
  folders_hang_ = hang;
  stir();
}

void RunPage::stir() {
  const auto soonest = std::max(hooks_.steady() + Steady(kGather), written_ + Steady(kPause));
  due_ = due_ ? std::min(*due_, soonest) : soonest;
}

void RunPage::tick() {
  if (!began_) return;
  const auto now = hooks_.steady();
  const auto plan = hooks_.plan();
  if (plan && plan->settings.preflight && now - begun_ >= Steady(kMeasured)) preflight(plan);
  const bool next_day = plan && plan->schedule.zone.day(hooks_.now()) != day_;
  if (plan && (looks_beside_ || next_day)) look_beside(plan->settings.id);
  if ((due_ && *due_ <= now) || now - written_ >= Steady(kAnew) || next_day) write();
}

/// Once a day, at its hour or as soon as possible afterwards. A page that hangs does not keep it from being said.
void RunPage::preflight(const SnapshotPtr& plan) {
  const auto local = plan->schedule.zone.local(hooks_.now());
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const config::Date today(day);
  if (local - day < plan->settings.preflight->since_midnight || std::exchange(preflight_day_, today) == today) return;
  due_ = hooks_.steady();
  const config::Date tomorrow = std::chrono::sys_days(today) + std::chrono::days(1);
  mailbox_.ask([plan, tomorrow, language = language_] { return preflight_text(*plan, tomorrow, language); },
               [](const std::string& words) { say_lines("loa: " + words); });
}

/// By a thread of its own: one of those folders may hang, and is nothing to the programme.
void RunPage::look_beside(const std::string& id) {
  looks_beside_ = false;
  if (std::exchange(looking_beside_, true)) return;
  mailbox_.ask(
      [station = paths_.station, id] {
        config::Diagnostics found;
        check_beside(station, id, found);
        return found;
      },
      [this](const config::Diagnostics& found) {
        looking_beside_ = false;
        const auto before = beside_said_;
        say_findings(found, language_, beside_said_);
        beside_ = page_findings(found);
        if (beside_said_ != before) due_ = hooks_.steady();
      });
}

PageFacts RunPage::facts() {
  PageFacts facts;
  facts.language = language_;
  facts.now = hooks_.now();
  facts.plan = hooks_.plan();
  facts.status = hooks_.status();
  facts.edit = edit_;
  facts.edit.findings.insert(facts.edit.findings.end(), beside_.begin(), beside_.end());
  facts.before = before_;
  facts.folders_hang = folders_hang_;
  return facts;
}

bool RunPage::is_writing() const {
  return !work_->ends(std::chrono::milliseconds(0));
}

void RunPage::write() {
  if (is_writing()) return;  // what is due stays due
  auto made = facts();
  due_.reset();
  written_ = hooks_.steady();
  day_ = zone_of(made).day(made.now);
  work_->begin();
  mailbox_.ask(
      [made = std::move(made), paths = paths_, work = work_] {
        auto written = make_page(made, paths);
        work->end();
        return written;
      },
      [this](const PageWritten& written) { say(written); });
}

/// Each fault once, until it is another or gone.
void RunPage::say(const PageWritten& written) {
  const auto path = (paths_.station / page_name(language_)).string();
  if (!written.kept_as.empty()) {
    station::say(language_, msg("{0} was not written by Loa; it is kept as {1}", path, written.kept_as));
  }
  const auto fault = written.error ? written.error.message() : std::string();
  if (std::exchange(fault_said_, fault) == fault || fault.empty()) return;
  station::say(language_,
               msg("{0} cannot be written: {1}; the programme goes on, but nobody sees there what becomes of "
                   "an edit. Give the user that runs Loa the right to, or put right what is in its place",
                   path, fault));
}

void RunPage::ended(std::chrono::milliseconds patience) {
  if (!work_->ends(patience)) return;
  auto made = facts();
  made.ended = began_;
  work_->begin();
  run_aside([made = std::move(made), paths = paths_, work = work_] {
    make_page(made, paths);
    work->end();
  });
  work_->ends(patience);
}

}  // namespace loa::station
