// A player in memory: it sounds nothing, but it takes frames as time goes by, ties anchors, obeys the gate, reports
// like the real one, and can hang, die, lose its device or find none.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/sim_clock.hpp"

namespace loa::sim {

/// A stretch of an item that went out.
struct Heard {
  std::string id;
  std::uint32_t attempt = 1;
  Instant at;              // wall time of its first frame
  Frames from{0};          // place in the master
  Frames played{0};        // with the gate open
  Frames taken{0};         // with the gate open or closed
  bool permitted = false;  // what `on_first_frame` said of it
  Steady since{0};         // its first frame, by a clock that nobody sets
};

class SimPlayer final : public station::PlayerLink {
 public:
  struct Handlers {
    std::function<void(const wire::Event&)> event;
    std::function<void(const std::string&)> gone;
    /// Asked at the first frame: is its start row durable?
    std::function<bool(const std::string& id)> on_first_frame;
  };

  SimPlayer(const SimClock& clock, std::string device) : clock_(clock), device_(std::move(device)) {}

  void send(const wire::Order& order) override;
  void restart() override;

  void power_on(Handlers handlers);
  void power_off();
  /// When something happens next; nothing: never by itself.
  std::optional<Steady> next() const;
  /// Everything that is due now.
  void step();

  void die() { end_process("killed by signal 9"); }
  void hang() { hung_ = true; }
  void lose_device();
  void find_device() { device_present_ = true; }

  const std::vector<Heard>& heard() const { return heard_; }
  int restarts = 0;
  Nanoseconds start_error{0};  // of every start from now on
  bool silent = false;         // what sounds leaves the device as silence
  Nanoseconds idle_beat = std::chrono::seconds(1);

 private:
  enum class Process { off, starting, running };
  struct Sound {
    wire::PlayOrder order;
    std::optional<Steady> starts;  // tied
    bool sounding = false;
    bool cancelled = false;
    std::size_t heard = 0;  // index
    Steady counted_to{0};
  };

  Instant wall_at(Steady steady) const { return clock_.now() + std::chrono::floor<Frames>(steady - clock_.steady()); }
  Steady ends(const Sound& sound) const;
  Steady ties(const Sound& sound) const;
  void open_device();
  void tie(Sound& sound);
  void tie_anew();
  void begin(Sound& sound);
  void count(Sound& sound);
  void finish(Sound& sound, wire::EndCause cause);
  void end_process(const std::string& why);
  void beat();
  void emit(const wire::Event& event);
  Frames open_between(Steady from, Steady to) const;
  void take(const wire::PlayOrder& order);
  void take(const wire::CancelOrder& order);
  void take(const wire::GateOrder& order);
  void take(const wire::QuitOrder&) { end_process("quit"); }

  const SimClock& clock_;
  std::string device_;
  Handlers handlers_;
  Process process_ = Process::off;
  bool device_present_ = true;
  bool hung_ = false;
  int failures_ = 0;
  Steady ready_at_{0}, next_beat_{0}, opened_at_{0};
  std::map<Instant, Steady> anchors_;
  std::set<Instant> begun_;  // anchors of which something sounded
  Steady epoch_ = clock_.when(Instant{});
  std::vector<Sound> sounds_;
  std::vector<std::pair<std::string, std::uint32_t>> known_;
  wire::GateOrder gate_;
  Steady gate_until_{0};
  std::vector<Heard> heard_;
};

}  // namespace loa::sim
