#include "daemon/station/commands/devices_command.hpp"

#include <boost/json.hpp>

#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/host/process.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;
using config::msg;
using namespace std::chrono_literals;

constexpr auto kDevicePatience = 30s;  // PortAudio asks every card and server; some never answer

/// The objects of loa-player's answer; other lines are not ours.
std::vector<json::object> devices_in(std::string_view lines) {
  std::vector<json::object> devices;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    json::error_code error;
    const json::value value = json::parse({lines.data(), end}, error);
    if (!error && value.is_object()) devices.push_back(value.get_object());
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return devices;
}

std::string words_in(const json::object& device, std::string_view key) {
  const auto* value = device.if_contains(key);
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(value->get_string());
  if (value->is_number()) return decimal(value->to_number<double>());
  return value->is_bool() && value->get_bool() ? "*" : "";
}

/// In the manner of every other answer: keys in the contract's order, at most 3 decimals.
std::string json_line(const json::object& device) {
  JsonLine line;
  line.text("name", words_in(device, "name")).text("host_api", words_in(device, "host_api"));
  const auto number = [&](const char* key) {
    const auto* value = device.if_contains(key);
    if (value != nullptr && value->is_number()) line.number(key, value->to_number<double>());
  };
  number("outputs");
  number("inputs");
  line.boolean("default", words_in(device, "default") == "*");
  number("latency_ms");
  number("error_bound_ms");
  return line.line();
}

std::string lines_of(const std::vector<json::object>& devices) {
  std::string lines;
  for (const auto& device : devices) lines += json_line(device);
  return lines;
}

std::string table_of(const std::vector<json::object>& devices, config::Language language) {
  std::vector<std::vector<std::string>> rows{
      {msg("Device").in(language), msg("Through").in(language), msg("Outputs").in(language), msg("Inputs").in(language),
       msg("Default").in(language), msg("Latency, ms").in(language), msg("Error, ms").in(language)}};
  for (const auto& device : devices) {
    std::vector<std::string> row;
    for (const char* key : {"name", "host_api", "outputs", "inputs", "default", "latency_ms", "error_bound_ms"}) {
      row.push_back(words_in(device, key));
    }
    rows.push_back(std::move(row));
  }
  return table(rows);
}

}  // namespace

int devices_command(const Invocation& invocation) {
  ChildOptions options;
  options.program = sibling_program("loa-player").value_or("loa-player");
  options.arguments = {"--list-devices"};
  options.deadline = kDevicePatience;
  auto child = Child::start(options);
  if (!child) {
    say(invocation.language, msg("the program loa-player cannot be started; it belongs beside loa"));
    return kWorldFailed;
  }
  const Ended ended = child->wait();
  if (!ended.good()) {
    say(invocation.language, msg("the sound system gave no answer"));
    return kWorldFailed;
  }
  const auto devices = devices_in(ended.answer);
  if (devices.empty()) say(invocation.language, msg("there is no sound device on this machine"));
  if (invocation.json()) return answer(lines_of(devices)) ? kDone : kWorldFailed;
  return devices.empty() || answer(table_of(devices, invocation.language)) ? kDone : kWorldFailed;
}

}  // namespace loa::station
