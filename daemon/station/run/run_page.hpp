// Keeps TINH-HINH.txt true while the station runs: after each edit, each item, at midnight, and at the end.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/host/paths.hpp"
#include "daemon/station/page/page_facts.hpp"
#include "daemon/station/page/page_file.hpp"
#include "daemon/station/run/mailbox.hpp"

namespace loa::station {

/// Main thread only, and never waits for a disk but in ended(): each page is made and written beside (decision 6), one
/// at a time. A disk that cannot be written is said once.
class RunPage {
 public:
  struct Hooks {
    std::function<Instant()> now;
    std::function<Steady()> steady;
    /// Null and empty before anything is on air.
    std::function<SnapshotPtr()> plan;
    std::function<Status()> status;
  };

  /// A row gives a page so much later, with whatever came meanwhile; at the most one in kPause.
  static constexpr std::chrono::seconds kGather{1}, kPause{10};
  /// The preflight's hour may have passed at the start: first the recordings that came meanwhile are measured.
  static constexpr std::chrono::minutes kMeasured{2};
  /// Without any news: whoever reads an older page knows that the program does not run.
  static constexpr std::chrono::minutes kAnew{30};

  RunPage(boost::asio::io_context& context, const StationPaths& paths, config::Language language, Hooks hooks);

  /// The conductor has booted; `last_life`: of the program before.
  void began(std::optional<Instant> last_life);
  /// The files were read; `none`: they say what they said. `changes`: on air, in words.
  void edited(EditState state, const config::Diagnostics& findings, std::string changes = {});
  /// Recordings came or changed while the files stayed as they were.
  void recordings(const config::Diagnostics& findings, std::string changes);
  /// The edit stays as it is, not taken; what came to the recordings or approvals of the files in force is.
  void renewed(std::string changes);
  /// Somebody took the held edit.
  void accepted();
  void folders_hang(bool hang);
  /// A row was written.
  void stir();
  /// Once a second, at least.
  void tick();
  /// The last page; waits up to `patience` for it.
  void ended(std::chrono::milliseconds patience);

 private:
  struct Work;

  bool is_writing() const;
  PageFacts facts();
  void preflight(const SnapshotPtr& plan);
  void look_beside(const std::string& id);
  void write();
  void say(const PageWritten& written);

  StationPaths paths_;
  config::Language language_;
  Hooks hooks_;
  LastEdit edit_;
  BeforeStart before_;
  bool folders_hang_ = false;
  bool began_ = false;
  Steady begun_{0};
  config::Date preflight_day_{};  // of the last preflight
  std::optional<Steady> due_;     // the next page
  Steady written_{0};             // when the last one was begun
  config::Date day_{};            // of the last one
  std::shared_ptr<Work> work_;    // shared with the thread beside
  std::string fault_said_;
  std::vector<PageFinding> beside_;  // stations in folders beside this one that have its id
  std::string beside_said_;
  bool looks_beside_ = true;  // at the next tick
  bool looking_beside_ = false;
  Mailbox mailbox_;
};

}  // namespace loa::station
