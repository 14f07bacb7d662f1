// The running station: owner of everything that runs, on one io_context. Decides nothing itself; it carries clocks,
// files, children and operators to the conductor and the conductor's orders back.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "daemon/station/conductor/conductor.hpp"
#include "daemon/station/ledger/ledger_file.hpp"
#include "daemon/station/run/announce_desk.hpp"
#include "daemon/station/run/control.hpp"
#include "daemon/station/run/keyer_process.hpp"
#include "daemon/station/run/listener_process.hpp"
#include "daemon/station/run/live_children.hpp"
#include "daemon/station/run/mailbox.hpp"
#include "daemon/station/run/play_desk.hpp"
#include "daemon/station/run/player_process.hpp"
#include "daemon/station/run/real_clock.hpp"
#include "daemon/station/run/run_approve.hpp"
#include "daemon/station/run/run_loader.hpp"
#include "daemon/station/run/run_page.hpp"
#include "daemon/station/run/run_shelf.hpp"
#include "daemon/station/run/run_state.hpp"
#include "daemon/station/run/run_tell.hpp"
#include "daemon/station/run/watch.hpp"
#include "daemon/station/run/watchdog.hpp"

namespace loa::station {

struct RunOptions {
  std::filesystem::path station;  // absolute
  config::Language language = config::Language::vi;
  std::optional<std::chrono::milliseconds> length;  // --for
  std::string out;                                  // --out; "" = none
};

/// One daemon. Built top to bottom by run(); members are destroyed in reverse order.
class RunLoop {
 public:
  RunLoop(RunOptions options, StateLock lock);
  ~RunLoop();

  /// Until it is told to stop. The exit code of contract 3.
  int run();
  /// After run(): the station stays this process's until the caller lets go.
  StateLock release_lock() { return state_.release_lock(); }

 private:
  // --- start ---
  Prepared first_look();
  bool begin(Prepared& first);
  void open_page();
  void open_ledger(const Snapshot& snapshot);
  PlayerProcess::Settings player_settings(const config::AudioSettings& audio) const;
  void open_player(const config::AudioSettings& audio);
  void open_keyer();
  void open_listener();
  void open_desk();
  void open_live();
  void open_announcements();
  void open_ears();

  // --- while it runs (main thread) ---
  void tick();
  void look_at_state();
  void listen();
  void on_event(const wire::Event& event);
  void on_player_gone(const std::string& why);
  void loaded(Prepared prepared);
  void take(Prepared& prepared, bool initial);
  bool is_known_edit(const Prepared& prepared) const;
  void say_edit(const Prepared& prepared, Taken taken, bool initial);
  void go_on(const Prepared& prepared);
  void look_again(const Prepared& prepared);
  void want_masters();
  void tidy_plans();
  void write_make_goods(const MakingGood& making_good);
  void use_offered();
  void say_hangs(bool hangs);
  void feed_watchdog();
  void use_first_device();
  boost::json::object answer(const boost::json::object& request);

  // --- end ---
  void shut_down();
  void finish();

  RunOptions options_;
  RunState state_;
  LedgerVoice voice_;
  boost::asio::io_context context_{1};  // one thread: nothing the conductor touches needs a lock
  RealClock clock_;
  NoHub hub_;
  std::unique_ptr<RunPage> page_;
  std::unique_ptr<Loader> loader_;
  std::stop_source stop_loading_;

  std::unique_ptr<FileLedger> ledger_;  // has the writer thread
  std::unique_ptr<TellingLedger> telling_;
  std::unique_ptr<AwaitedRows> awaited_;
  std::unique_ptr<ApprovalDesk> approvals_;
  std::map<std::string, std::string> made_good_;  // where, by what was missed: of this start
  std::set<std::pair<std::string, std::string>> without_place_said_;
  std::unique_ptr<RunShelf> shelf_;
  std::unique_ptr<PlayerProcess> player_;
  std::unique_ptr<KeyerProcess> keyer_;
  std::unique_ptr<ListenerProcess> listener_;
  std::unique_ptr<LiveChildren> live_;
  std::unique_ptr<Conductor> conductor_;
  std::unique_ptr<PlayDesk> desk_;  // has the thread that makes ready what `play` brings
  std::unique_ptr<AnnounceDesk> announcements_;
  std::unique_ptr<ControlServer> control_;
  std::unique_ptr<Watch> watch_;
  std::unique_ptr<WallTimer> wall_timer_;  // for the conductor's next wake
  boost::asio::signal_set signals_{context_};
  boost::asio::steady_timer length_timer_{context_};

  SnapshotPtr offered_;                               // the newest that was right, taken or held
  SnapshotPtr newest_;                                // the newest that was taken
  std::shared_ptr<const Recordings> recordings_;      // of offered_
  std::shared_ptr<const config::Sources> not_taken_;  // the files as they are, where the edit is not on air
  std::string findings_said_;                         // of the files
  bool deaf_said_ = false;                            // that nobody is heard
  Steady state_seen_{0};                              // when state/ was looked at last
  std::string station_id_;                            // what the ledger was opened for
  std::chrono::sys_days masters_day_{};               // when the list of masters was last made
  bool hangs_said_ = false;                           // of the station's folders
  Watchdog watchdog_{clock_.steady()};
  bool stopping_ = false;
  Mailbox mailbox_{context_};
};

}  // namespace loa::station
