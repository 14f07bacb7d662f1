// Probing in children, because opening a device may hang for ever.
#include "daemon/player/device_list.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <cstdio>
#include <functional>
#include <thread>

#include "audio/clock_map.hpp"
#include "audio/output.hpp"
#include "audio/paced_device.hpp"
#include "audio/portaudio_device.hpp"
#include "audio/portaudio_library.hpp"

namespace loa::player {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto kProbe = 500ms;
constexpr auto kPatience = 2s;
constexpr auto kWhole = 20s;

/// Runs `work` in a child and returns what it wrote; nothing when it did not end well by then.
std::optional<std::string> in_child(const std::function<std::string()>& work, Steady::time_point until) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  const pid_t child = ::fork();
  if (child == 0) {
    const auto text = work();
    const bool written = ::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
    ::_exit(written ? 0 : 1);
  }
  ::close(ends[1]);
  std::string text;
  std::array<char, 4096> bytes{};
  while (child > 0) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now()).count();
    pollfd watched{ends[0], POLLIN, 0};
    if (left <= 0 || ::poll(&watched, 1, static_cast<int>(left)) <= 0) break;
    const auto count = ::read(ends[0], bytes.data(), bytes.size());
    if (count <= 0) break;
    text.append(bytes.data(), static_cast<std::size_t>(count));
  }
  ::close(ends[0]);
  if (child < 0) return std::nullopt;
  int status = 0;
  const bool over = ::waitpid(child, &status, WNOHANG) == child;
  if (!over) {
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? std::optional{text} : std::nullopt;
}

std::vector<audio::Stamp> run_for_a_moment(audio::Device& device) {
  audio::Output output(1, audio::Frames{4096});
  std::vector<audio::Stamp> stamps;
  if (!device.start(output).empty()) return stamps;
  for (const auto until = Steady::now() + kProbe; Steady::now() < until; std::this_thread::sleep_for(10ms)) {
    for (audio::Stamp stamp; output.next_stamp(stamp);) stamps.push_back(stamp);
  }
  device.stop();
  return stamps;
}

json::object object_of(const audio::DeviceInfo& info) {
  return {{"name", info.name},
          {"host_api", info.host_api},
          {"outputs", info.outputs},
          {"inputs", info.inputs},
          {"default", info.is_default}};
}

void add(json::object& object, const std::optional<Timekeeping>& timekeeping) {
  if (!timekeeping) return;
  object["latency_ms"] = timekeeping->latency_ms;
  object["error_bound_ms"] = timekeeping->error_bound_ms;
}

std::string find_all() {
  std::string error;
  const auto library = audio::PortAudioLibrary::begin(error);
  json::array found;
  if (library) {
    for (const auto& info : library->devices()) found.push_back(object_of(info));
  }
  return json::serialize(found);
}

std::string probe(const std::string& name) {
  std::string error;
  const auto device = audio::find_portaudio_device(name, 1, error);
  json::object figures;
  if (device) add(figures, timekeeping_of(run_for_a_moment(*device)));
  return json::serialize(figures);
}

json::object paced() {
  audio::PacedDevice device(1, "");
  auto object = object_of({-1, device.name(), device.host_api(), 2, 0, false});
  add(object, timekeeping_of(run_for_a_moment(device)));
  return object;
}

void print(const json::object& object) {
  std::printf("%s\n", json::serialize(object).c_str());
  std::fflush(stdout);
}

json::object with_figures(json::object device, Steady::time_point whole) {
  if (device.at("outputs").to_number<int>() == 0) return device;
  const std::string name(device.at("name").as_string());
  const auto until = std::min(whole, Steady::now() + kPatience);
  const auto answer = in_child([&] { return probe(name); }, until);
  const auto figures = answer ? json::parse(*answer) : json::value(json::object{});
  for (const auto& [key, value] : figures.as_object()) device[key] = value;
  return device;
}

double rounded(double ms) {
  return std::round(ms * 1e3) / 1e3;
}

}  // namespace

std::optional<Timekeeping> timekeeping_of(const std::vector<audio::Stamp>& stamps) {
  constexpr double kMostRateError = 0.02;
  if (stamps.size() < 3) return std::nullopt;
  const auto ran = std::chrono::duration<double>(stamps.back().asked.steady - stamps.front().asked.steady).count();
  const auto taken = std::chrono::duration<double>(stamps.back().first - stamps.front().first).count();
  const auto period = std::chrono::duration<double>(stamps.front().count).count();
  if (std::abs(ran - taken) > kMostRateError * taken + 4 * period) return std::nullopt;
  audio::ClockMap clock(std::chrono::nanoseconds{0});
  for (const auto& stamp : stamps) clock.add(stamp);
  std::vector<double> errors, leads;
  for (const auto& stamp : stamps) {
    const auto error = stamp.asked.wall + stamp.asked.lead - clock.map()->wall_at(stamp.first);
    errors.push_back(std::abs(std::chrono::duration<double, std::milli>(error).count()));
    leads.push_back(std::chrono::duration<double, std::milli>(stamp.asked.lead).count());
  }
  std::sort(errors.begin(), errors.end());
  std::sort(leads.begin(), leads.end());
  return Timekeeping{rounded(std::max(leads[leads.size() / 2], 0.0)), rounded(errors[errors.size() * 95 / 100])};
}

int list_devices() {
  const auto whole = Steady::now() + kWhole;
  const auto answer = in_child(find_all, Steady::now() + 2 * kPatience);
  const auto found = answer ? json::parse(*answer) : json::value(json::array{});
  for (const auto& device : found.as_array()) print(with_figures(device.as_object(), whole));
  print(paced());
  return 0;
}

}  // namespace loa::player
