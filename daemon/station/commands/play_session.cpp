#include "daemon/station/commands/play_session.hpp"

#include <csignal>

#include "daemon/station/run/real_clock.hpp"

namespace loa::station {

using namespace std::chrono_literals;

namespace {

/// From the order to the first frame of what is to sound at once: the player opens the master and ties the anchor.
constexpr auto kAtOnce = 500ms;
constexpr auto kGateEvery = 2s;
constexpr auto kGateReach = std::chrono::hours(1);

}  // namespace

PlaySession::PlaySession(PlayerProcess::Settings settings, std::vector<PlayableItem> items,
                         std::function<void(const Played&)> played)
    : items_(std::move(items)),
      played_(std::move(played)),
      player_(context_, std::move(settings),
              {[this](const wire::Event& event) { on_event(event); }, [this](const std::string& why) { stop(why); }}) {}

std::string PlaySession::run() {
  signals_.add(SIGINT);
  signals_.add(SIGTERM);
  signals_.async_wait([this](const boost::system::error_code& error, int) {
    if (!error) stop("stopped");
  });
  player_.start();
  context_.run();
  player_.quit(2s);
  // What the device or the person took away: as far as it was heard.
  for (auto& [id, played] : waiting_) {
    if (played.start) played_(played);
  }
  return fault_;
}

void PlaySession::on_event(const wire::Event& event) {
  std::visit([this](const auto& each) { on(each); }, event);
}

void PlaySession::on(const wire::DeviceEvent& event) {
  if (event.state != "open") return stop(event.note.empty() ? event.state : event.note);
  if (!std::exchange(ordered_, true)) order_all();
}

void PlaySession::on(const wire::BeatEvent& event) {
  underruns_ = event.underruns;
  const auto found = waiting_.find(event.id);
  if (found == waiting_.end() || !found->second.start) return;
  found->second.frames = event.played;
  found->second.end = *found->second.start + event.played;
}

void PlaySession::on(const wire::StartedEvent& event) {
  const auto found = waiting_.find(event.id);
  if (found != waiting_.end()) found->second.start = event.at;
}

void PlaySession::on(const wire::EndedEvent& event) {
  const auto found = waiting_.find(event.id);
  if (found == waiting_.end()) return;
  auto& played = found->second;
  played.end = event.at;
  played.frames = event.played;
  played.note = event.note;
  played.underruns = underruns_ - std::exchange(underruns_before_, underruns_);
  played_(played);
  waiting_.erase(found);
  if (waiting_.empty()) stop("");
}

void PlaySession::order_all() {
  keep_gate_open();
  for (const auto& planned : play_orders(items_, RealClock().now() + kAtOnce)) {
    Played played;
    played.index = planned.index;
    played.planned = planned.planned;
    waiting_.emplace(planned.order.id, played);
    player_.send(planned.order);
  }
  if (waiting_.empty()) stop("");
}

/// No station, no permitted hours; the gate itself stays in the way of sound that nobody answers for any more.
void PlaySession::keep_gate_open() {
  const auto now = RealClock().now();
  player_.send(wire::GateOrder{{{now - kGateReach, now + kGateReach}}, wire::GateOrder{}.good_for});
  gate_timer_.expires_after(kGateEvery);
  gate_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) keep_gate_open();
  });
}

void PlaySession::stop(std::string fault) {
  if (fault_.empty()) fault_ = std::move(fault);
  context_.stop();
}

}  // namespace loa::station
