// poll, and deadlines by the steady clock.
#include "daemon/player/player.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <thread>
#include <utility>

#include "audio/paced_device.hpp"
#include "audio/portaudio_device.hpp"
#include "daemon/player/open_guard.hpp"
#include "daemon/wire/descriptors.hpp"

namespace loa::player {
namespace {

using namespace std::chrono_literals;

constexpr auto kBeatSounding = 100ms;  // what a kill may cost the count of heard frames
constexpr auto kBeatSilent = 1s;
constexpr auto kLost = 1s;      // without a callback
constexpr auto kSettling = 5s;  // a Pulse sink was seen to stall for 1.9 s after it was opened (dependencies.md 11)
constexpr auto kLostSettling = 3s;
constexpr auto kLook = 100ms;       // between two looks while nothing is taken
constexpr auto kFreshLook = 300ms;  // from the first doubt to the verdict
constexpr auto kAheadMost = 5s;     // of sound that an honest device may hold
constexpr auto kQuit = 500ms;       // for the fades of a quit
constexpr auto kHush = 50ms;        // the daemon is gone: silence by then
constexpr auto kMostLead = 200ms;   // what of a fade a device may still hold
constexpr auto kClose = 1s;         // closing may hang

}  // namespace

Player::Player(const Options& options, FindDevice find)
    : options_(options),
      find_(std::move(find)),
      link_(options.fd),
      wake_fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      signal_fd_(wire::open_termination()),
      output_(options.channels, Feeder::kWindow),
      feeder_(output_, audio::MasterReader::open, options.channels, options.latency) {}

Player::~Player() {
  ::close(wake_fd_);
  ::close(signal_fd_);
}

Exit Player::run() {
  if (const auto error = open_device(); !error.empty()) return absent(error);
  thread_ = std::make_unique<FeederThread>(feeder_, wake_fd_);
  begun_ = last_moved_ = look_at_ = Steady::now();
  next_beat_ = begun_ + kBeatSounding;
  return loop();
}

std::unique_ptr<audio::Device> Player::find_device(const Options& options, std::string& error) {
  if (options.device != "none") return audio::find_portaudio_device(options.device, options.channels, error);
  return std::make_unique<audio::PacedDevice>(options.channels, options.out, options.resume);
}

std::string Player::open_device() {
  const OpenGuard guard(options_.open_patience, [this] {
    send(wire::DeviceEvent{"absent", options_.device, "it hangs in being opened", 0});
    ::_exit(static_cast<int>(Exit::absent));
  });
  std::string error;
  device_ = find_(options_, error);
  return device_ ? device_->start(output_) : error;
}

Exit Player::absent(const std::string& why) {
  send(wire::DeviceEvent{"absent", device_ ? device_->name() : options_.device, why, 0});
  return Exit::absent;
}

Exit Player::lost() {
  send_events();
  send_beat();  // how much of what sounded went out
  const std::string why = !untimely_.empty() ? untimely_ : device_->alive() ? "takes no frames" : "stopped";
  send(wire::DeviceEvent{"lost", device_->name(), why, 0});
  return Exit::lost;
}

Exit Player::loop() {
  while (true) {
    wait();
    for (const auto& line : link_.receive()) obey(line);
    send_events();
    link_.flush();
    if (link_.closed() || terminated_) break;
    if (!watch_device()) return open_said_ ? lost() : absent(untimely_.empty() ? "it takes no frames" : untimely_);
    if (quit_done(Steady::now())) break;
    if ((open_said_ || options_.prove_rate) && Steady::now() >= next_beat_) send_beat();
  }
  send_events();
  fade_away();
  close_device();
  return Exit::done;
}

void Player::wait() {
  const auto until = std::min({next_beat_, quit_until_, look_at_});
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now());
  const auto patience = std::clamp<std::int64_t>(left.count(), open_said_ ? 0 : 10, open_said_ ? 1000 : 10);
  const short towards = static_cast<short>(link_.unsent() ? POLLIN | POLLOUT : POLLIN);
  std::array<pollfd, 3> watched = {{{link_.fd(), towards, 0}, {wake_fd_, POLLIN, 0}, {signal_fd_, POLLIN, 0}}};
  if (::poll(watched.data(), watched.size(), static_cast<int>(patience)) <= 0) return;
  std::uint64_t count = 0;
  if (::read(wake_fd_, &count, sizeof count) < 0) count = 0;  // nothing to read: somebody else woke us
  signalfd_siginfo info;
  if (::read(signal_fd_, &info, sizeof info) == sizeof info) terminated_ = true;
}

void Player::obey(const std::string& line) {
  auto order = wire::order_from(line);
  if (!order) return;
  if (std::holds_alternative<wire::QuitOrder>(*order)) quit_until_ = std::min(quit_until_, Steady::now() + kQuit);
  thread_->obey(std::move(*order));
}

void Player::send_events() {
  for (const auto& event : thread_->take_events()) send(event);
}

void Player::send_beat() {
  const auto status = thread_->status();
  const auto taken = output_.taken();
  wire::BeatEvent beat;
  beat.taken = taken.time_since_epoch().count();
  beat.underruns = output_.underruns();
  if (status.map) beat.heard = audio::to_instant(status.map->wall_at(taken));
  beat.id = status.id;
  beat.attempt = status.attempt;
  beat.played = status.played;
  beat.gate_open = output_.gate_open();
  beat.silent = status.silent;
  send(beat);
  next_beat_ = Steady::now() + (status.id.empty() ? kBeatSilent : kBeatSounding);
}

bool Player::watch_device() {
  const auto now = Steady::now();
  const auto rate_error = thread_->status().rate_error;
  if (!keeps_time(now, rate_error)) return false;
  if (const auto taken = output_.taken(); taken != last_taken_) {
    last_taken_ = taken;
    last_moved_ = now;
    look_at_ = now + kLost;
    doubted_ = false;
    if (!open_said_ && (rate_error || !options_.prove_rate)) say_open();
  }
  return device_->alive() && !takes_nothing(now);
}

/// This process itself may have stood still, and the device's thread with it: the first look that finds nothing taken
/// gives it a moment more, and so does each look that is late, since then this process still does not get its time.
bool Player::takes_nothing(Steady::time_point now) {
  if (now < look_at_) return false;
  const bool in_time = now - look_at_ < kLook;
  const bool doubted = std::exchange(doubted_, now - last_moved_ >= (now - begun_ < kSettling ? kLostSettling : kLost));
  if (doubted && doubted_ && in_time) return true;
  look_at_ = now + (doubted_ ? kFreshLook : kLook);
  return false;
}

bool Player::keeps_time(Steady::time_point now, const std::optional<double>& rate_error) {
  const double taken = std::chrono::duration<double>(output_.taken() - audio::DeviceFrame{}).count();
  const double passed = std::chrono::duration<double>(std::max<Steady::duration>(now - begun_, 1ms)).count();
  double rate = 1;
  if (rate_error && std::abs(*rate_error) > audio::DeviceRate::kMostError) rate = 1 + *rate_error;
  // ALSA's null and file devices: whatever they are given is over at once, and nobody hears it.
  if (taken > passed + std::chrono::duration<double>(kAheadMost).count()) rate = taken / passed;
  if (rate == 1) return true;
  untimely_ = std::string(wire::kKeepsNoTime) + std::to_string(std::llround(48000 * rate));
  return false;
}

void Player::say_open() {
  send(wire::DeviceEvent{"open", device_->name(), device_->host_api(), device_->latency_ms()});
  open_said_ = true;
}

bool Player::quit_done(Steady::time_point now) const {
  const auto status = thread_->status();
  return now >= quit_until_ || (status.quitting && status.idle);
}

void Player::fade_away() {
  const auto since = Steady::now();
  output_.hush();
  while (!output_.hushed() && Steady::now() - since < kHush) std::this_thread::sleep_for(2ms);
  const auto lead = std::chrono::milliseconds{static_cast<std::int64_t>(device_->latency_ms())};
  std::this_thread::sleep_for(std::clamp<std::chrono::milliseconds>(lead, 0ms, kMostLead));
}

void Player::close_device() {
  std::thread([] {
    std::this_thread::sleep_for(kClose);
    ::_exit(static_cast<int>(Exit::done));
  }).detach();
  device_->stop();
}

}  // namespace loa::player
