#include "daemon/station/run/run_loop.hpp"

#include <systemd/sd-daemon.h>

#include <boost/asio/post.hpp>
#include <boost/version.hpp>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "daemon/station/conductor/status.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/ledger/ledger_plans.hpp"
#include "daemon/station/library/library_problems.hpp"
#include "daemon/station/run/run_reload.hpp"

namespace loa::station {

static_assert(BOOST_VERSION >= 108100, "Debian's default Boost 1.74 does not do; install libboost1.81-dev");

using config::msg;
using namespace std::chrono_literals;

namespace {

constexpr auto kLastRows = 5s;  // how long the end waits for the disk
constexpr auto kPlayerQuits = 2s;
constexpr auto kKeyerQuits = 2s;
constexpr auto kLastResort = 20s;  // more than all of the above and below together
constexpr auto kEndPatience = 3s;  // for what sounds to be faded and told
constexpr auto kFirstLook = 30s;   // at the folders, before the last accepted plan goes on air without them
constexpr auto kPageWaits = 1s;    // what is said last to who looks at the folder
constexpr auto kStateLook = 1s;    // somebody who takes state/ away is noticed so soon

IntakeOptions intake_options(std::stop_token stop) {
  IntakeOptions options;
  options.program = sibling_program("loa-media").value_or("loa-media");
  options.settle = 1500ms;
  options.patience = 3s;
  options.stop = std::move(stop);
  return options;
}

/// Whatever holds the end up (a file on a network drive that hangs, being closed): told to stop, the process stops.
void end_at_last() {
  std::thread([] {
    std::this_thread::sleep_for(kLastResort);
    std::_Exit(3);
  }).detach();
}

}  // namespace

RunLoop::RunLoop(RunOptions options, StateLock lock)
    : options_(std::move(options)),
      state_(options_.station, std::move(lock), options_.language),
      voice_(state_.paths(), options_.language) {}

RunLoop::~RunLoop() {
  stop_loading_.request_stop();
}

int RunLoop::run() {
  if (!state_.open()) return 3;
  open_page();
  loader_ = std::make_unique<Loader>(
      context_, preparing(options_.station, intake_options(stop_loading_.get_token())),
      Loader::Hooks{[this] { return clock_.now(); }, [this](Prepared prepared) { loaded(std::move(prepared)); },
                    [this] { return newest_; }});
  Prepared first = first_look();
  if (!begin(first)) {
    page_->ended(kPageWaits);
    return 1;
  }
  open_ears();
  tidy_plans();
  sd_notify(0, "READY=1");
  context_.run();
  finish();
  return 0;
}

/// Where the folders give no answer, what was accepted last goes on air meanwhile; its masters lie on this disk.
Prepared RunLoop::first_look() {
  if (auto first = loader_->first(kFirstLook)) return std::move(*first);
  if (!state_.last_accepted(clock_.now())) return *loader_->first(std::chrono::hours(24 * 365));
  say_hangs(true);
  Prepared nothing;
  nothing.folders = {options_.station};
  nothing.recordings = std::make_shared<Recordings>();
  return nothing;
}

bool RunLoop::begin(Prepared& first) {
  say_findings(first.diagnostics, options_.language, findings_said_);
  const auto base = first.snapshot ? first.snapshot : state_.last_accepted(clock_.now());
  if (!base) {
    say(options_.language, msg("nothing goes on air: the files have mistakes and there is no earlier plan"));
    page_->edited(EditState::refused, first.diagnostics);
    return false;
  }
  if (first.diagnostics.has_errors())
    say(options_.language, msg("the files have mistakes; the last good plan stays on air"));
  const auto history = state_.history(clock_.now());
  open_ledger(*base);
  newest_ = base;
  shelf_ = std::make_unique<RunShelf>(
      context_, state_.paths().masters(), [this] { tick(); },
      [this](const NotMastered& failure) { say(options_.language, not_mastered_words(failure)); });
  shelf_->use(base->settings.audio, first.recordings);
  open_player(base->settings.audio);
  open_keyer();
  open_listener();
  if (!options_.out.empty() && base->settings.audio.device != "none") {
    say(options_.language,
        msg("--out is for a station with `device: none`; nothing is written into {0}", options_.out));
  }
  ConductorOptions options;
  options.device = base->settings.audio.device;
  options.keyer = keyer_.get();
  options.listener = listener_.get();
  options.load = [this, read = first.snapshot](const std::string& hash) -> SnapshotPtr {
    if (read && read->hash == hash) return read;  // the files are as they were: no need to read them twice
    return state_.plan(hash);
  };
  options.keep = [this](const Snapshot& snapshot) { state_.keep(snapshot); };
  options.played = [this](std::uint64_t number, const Played& played) {
    if (desk_) desk_->on_played(number, played);
  };
  open_live();
  options.sources = live_.get();
  options.orders = state_.orders();
  options.keep_orders = [this](const std::string& text) { state_.keep_orders(text); };
  options.announced = [this](std::uint64_t number, const AnnounceNews& news) {
    if (announcements_) announcements_->on_news(number, news);
  };
  conductor_ = std::make_unique<Conductor>(clock_, *telling_, *player_, hub_, *shelf_, std::move(options));
  // A player that cannot be started says so at once, and nothing may come before the boot's rows and verdicts. What one
  // that starts says waits in its socket until the loop runs.
  conductor_->boot(history);
  page_->began(history.last_life);
  player_->start();
  take(first, true);
  return true;
}

void RunLoop::open_ledger(const Snapshot& snapshot) {
  station_id_ = snapshot.settings.id;
  FileLedgerOptions options;
  options.identity.station = station_id_;
  options.identity.format = [zone = snapshot.schedule.zone](Instant instant) {
    return calendar::rfc3339(instant, zone);
  };
  options.progress = &state_.disk();
  options.on_change = [this] {
    boost::asio::post(context_, [this] {
      if (conductor_ && !ledger_->disk_fault().empty()) look_at_state();
      voice_.say(*ledger_, !state_.is_ours());
      if (conductor_) conductor_->on_durable();
      if (awaited_) awaited_->on_durable();
      tick();
    });
  };
  ledger_ = std::make_unique<FileLedger>(state_.disk(), clock_, std::move(options));
  TellingLedger::Hooks heard;
  heard.told = [this] { page_->stir(); };
  heard.owed = [this](std::uint64_t ticket) {
    if (awaited_) awaited_->await(ticket);
  };
  telling_ = std::make_unique<TellingLedger>(*ledger_, options_.language, std::move(heard));
  awaited_ = std::make_unique<AwaitedRows>(*ledger_, [this] { loader_->load(); });
  approvals_ = std::make_unique<ApprovalDesk>(*telling_, *ledger_, *awaited_);
  voice_.say(*ledger_, false);
}

void RunLoop::open_desk() {
  PlayDesk::Hooks hooks;
  hooks.channels = [this] { return newest_->settings.audio.channels; };
  hooks.play = [this](std::uint64_t number, const std::vector<PlayableItem>& items, const std::string& by) {
    const auto outcome = conductor_->play(number, items, by);
    tick();
    return outcome;
  };
  hooks.withdraw = [this](std::uint64_t number, const std::string& by) {
    conductor_->withdraw(number, by);
    tick();
  };
  desk_ = std::make_unique<PlayDesk>(context_, state_.paths().state() / "play", std::move(hooks));
}

void RunLoop::open_ears() {
  open_desk();
  open_announcements();
  control_ = std::make_unique<ControlServer>(
      context_, state_.paths().socket(), [this](const boost::json::object& request) { return answer(request); },
      [this](const boost::json::object& request, const std::shared_ptr<Listener>& listener) {
        const auto command = wire::text_of(request, "command");
        if ((command != "play" && command != "announce") || stopping_) return false;
        if (command == "play") desk_->ask(request, listener);
        if (command == "announce") announcements_->ask(request, listener);
        return true;
      });
  if (!control_->is_in_place()) listen();
  wall_timer_ = std::make_unique<WallTimer>(context_, [this] { tick(); });
  signals_.add(SIGTERM);
  signals_.add(SIGINT);
  signals_.async_wait([this](const boost::system::error_code& error, int) {
    if (!error) shut_down();
  });
  if (options_.length) {
    length_timer_.expires_after(*options_.length);
    length_timer_.async_wait([this](const boost::system::error_code& error) {
      if (!error) shut_down();
    });
  }
  tick();
}

void RunLoop::tick() {
  if (!conductor_) return;
  if (clock_.steady() - state_seen_ >= kStateLook) look_at_state();
  conductor_->tick();
  ledger_->tick();
  if (!stopping_) use_first_device();
  if (stopping_ && conductor_->finished()) return context_.stop();
  if (wall_timer_) {
    const auto ahead = std::clamp<std::chrono::nanoseconds>(conductor_->next_wake() - clock_.steady(), 0ns, 1s);
    wall_timer_->arm(clock_.now() + std::chrono::ceil<Frames>(ahead));
  }
  if (std::chrono::floor<std::chrono::days>(clock_.wall()) != masters_day_) want_masters();
  page_->tick();
  feed_watchdog();
}

void RunLoop::listen() {
  const auto error = control_->listen();
  if (std::exchange(deaf_said_, bool(error)) || !error) return;
  say(options_.language,
      msg("nobody can ask the station or give it orders, because {0} cannot be made: {1}; the programme goes on",
          state_.paths().socket().string(), error.message()));
}

/// Somebody "cleaned up": what this process knows is put back, and what it writes from now on has a place.
void RunLoop::look_at_state() {
  state_seen_ = clock_.steady();
  const bool renewed = state_.look();
  if (state_.is_ours() && control_ && !control_->is_in_place()) listen();
  if (!renewed) return;
  voice_.say(*ledger_, true);  // what it met with meanwhile is explained
  ledger_->distrust("state/ was taken away or replaced, and is made again");
  conductor_->repeat_plans();
  conductor_->keep_orders();
  loader_->keep_facts();
  want_masters();
}

void RunLoop::on_event(const wire::Event& event) {
  if (const auto* beat = std::get_if<wire::BeatEvent>(&event); beat != nullptr && desk_) {
    desk_->on_underruns(beat->underruns);
  }
  watchdog_.on(event, clock_.steady());
  if (conductor_) conductor_->on(event);
  tick();
}

void RunLoop::on_player_gone(const std::string& why) {
  if (conductor_) conductor_->on_player_gone(why);
  tick();
}

void RunLoop::loaded(Prepared prepared) {
  if (stopping_) return;
  say_hangs(false);
  if (!is_known_edit(prepared)) say_findings(prepared.diagnostics, options_.language, findings_said_);
  take(prepared, false);
}

void RunLoop::take(Prepared& prepared, bool initial) {
  approvals_->use(prepared.approvals);
  if (!watch_) {
    watch_ = std::make_unique<Watch>(
        context_, Watch::Hooks{[this] { loader_->load(); }, [this](bool hangs) { say_hangs(hangs); }});
  }
  watch_->set({prepared.folders, prepared.recordings->libraries});
  const bool known = is_known_edit(prepared);
  not_taken_ = prepared.sources;
  if (!prepared.snapshot) {
    if (known) return go_on(prepared);
    page_->edited(prepared.diagnostics.has_errors() ? EditState::refused : EditState::none, prepared.diagnostics);
    if (!initial) say(options_.language, msg("the edit is not taken; the last good plan stays on air"));
    return go_on(prepared);
  }
  if (prepared.snapshot->settings.id != station_id_) {
    if (known) return go_on(prepared);
    page_->edited(EditState::other_id, prepared.diagnostics);
    say(options_.language, msg("the station's id has changed; the edit is taken at the next start"));
    return go_on(prepared);
  }
  const auto taken = conductor_->take(prepared.snapshot, initial);
  offered_ = prepared.snapshot;
  recordings_ = prepared.recordings;
  if (taken != Taken::held) {
    not_taken_ = nullptr;
    write_make_goods(prepared.making_good);
  }
  if (initial && taken == Taken::unchanged && !state_.is_kept(*prepared.snapshot)) {
    state_.keep(*prepared.snapshot);
  }
  ledger_->flush(kSaidRows);
  if (taken != Taken::held || !known) say_edit(prepared, taken, initial);
  if (taken == Taken::held) return go_on(prepared);
  use_offered();
  look_again(prepared);
}

/// The audio settings and recordings of what was just taken.
void RunLoop::use_offered() {
  newest_ = offered_;
  shelf_->use(newest_->settings.audio, recordings_);
  player_->use(player_settings(newest_->settings.audio));
  want_masters();
}

void RunLoop::want_masters() {
  if (!newest_) return;
  masters_day_ = std::chrono::floor<std::chrono::days>(clock_.wall());
  shelf_->want(conductor_->wanted(), *newest_);
}

/// Plans that were kept and never came into force: a power cut between the two, a half-written file.
void RunLoop::tidy_plans() {
  auto kept = state_.kept();
  std::erase_if(kept, [this](const std::string& hash) { return conductor_->may_put_in_force(hash); });
  if (kept.empty()) return;
  const auto look = [folder = state_.paths().state(), kept = std::move(kept)] {
    std::error_code error;
    const auto disk = RealDisk::open_directory(folder, error);
    return disk ? never_in_force(*disk, kept) : std::set<std::string>();
  };
  mailbox_.ask(look, [this](const std::set<std::string>& idle) {
    for (const auto& hash : idle) {
      if (!conductor_->may_put_in_force(hash)) state_.drop(hash);
    }
  });
}

boost::json::object RunLoop::answer(const boost::json::object& request) {
  const auto words = [&](const char* key) {
    const auto* value = request.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  const auto command = words("command"), by = words("by");
  if (command == "now") return to_json(conductor_->status());
  if (command == "approve") return approvals_->answer(request);
  Outcome outcome{false, msg("the daemon does not know this command")};
  if (command == "accept") outcome = conductor_->accept(by);
  if (command == "stop") outcome = conductor_->stop(by);
  if (command == "skip") outcome = conductor_->skip(by);
  if (command == "announce-stop") outcome = conductor_->end_announcements(by);
  if (command == "accept" && outcome.done) {
    use_offered();
    page_->accepted();
    loader_->load();  // what it makes good has no rows yet
  }
  tick();
  if (outcome.done) ledger_->flush(kSaidRows);
  const auto language = config::language_named(words("lang")).value_or(options_.language);
  return {{"done", outcome.done}, {"message", outcome.message.in(language)}};
}

void RunLoop::shut_down() {
  if (stopping_) return;
  stopping_ = true;
  end_at_last();
  sd_notify(0, "STOPPING=1");
  stop_loading_.request_stop();
  loader_->stop();
  desk_->close();
  conductor_->shutdown();
  length_timer_.expires_after(kEndPatience);
  length_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) context_.stop();
  });
  tick();
}

void RunLoop::finish() {
  control_.reset();
  player_->quit(kPlayerQuits);
  keyer_->quit(kKeyerQuits);
  look_at_state();
  if (!ledger_->flush(kLastRows))
    say(options_.language, msg("DISK: the last rows could not be written: {0}", ledger_->disk_fault()));
  page_->ended(kPageWaits);
}

}  // namespace loa::station
