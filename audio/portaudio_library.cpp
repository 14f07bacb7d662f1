// Pa_Initialize and what it enumerates.
#include "audio/portaudio_library.hpp"

#include <fcntl.h>
#include <portaudio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace loa::audio {
namespace {

std::string lower_case(std::string text) {
  for (auto& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

enum class Way { output, input };

bool has(const DeviceInfo& device, Way way) {
  return (way == Way::output ? device.outputs : device.inputs) > 0;
}

template <class Matches>
const DeviceInfo* first_device(const std::vector<DeviceInfo>& devices, Way way, Matches matches) {
  const auto found = std::find_if(devices.begin(), devices.end(),
                                  [&](const DeviceInfo& device) { return has(device, way) && matches(device); });
  return found == devices.end() ? nullptr : &*found;
}

const DeviceInfo* choose(const std::vector<DeviceInfo>& devices, Way way, const std::string& wanted) {
  if (wanted == "default") {
    const auto* chosen = first_device(devices, way, [&](const DeviceInfo& device) {
      return way == Way::output ? device.is_default : device.is_default_input;
    });
    return chosen != nullptr ? chosen : first_device(devices, way, [](const DeviceInfo&) { return true; });
  }
  const auto* exact = first_device(devices, way, [&](const DeviceInfo& device) { return device.name == wanted; });
  if (exact != nullptr) return exact;
  const auto part = lower_case(wanted);
  return first_device(
      devices, way, [&](const DeviceInfo& device) { return lower_case(device.name).find(part) != std::string::npos; });
}

/// Nothing when there is no device at all.
std::string names_of(const std::vector<DeviceInfo>& devices, Way way) {
  std::string names;
  for (const auto& device : devices) {
    if (has(device, way)) names += (names.empty() ? "" : ", ") + device.name;
  }
  return names;
}

}  // namespace

QuietStderr::QuietStderr() : kept_(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)) {
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (kept_ >= 0 && nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  if (nowhere >= 0) ::close(nowhere);
}

QuietStderr::~QuietStderr() {
  if (kept_ < 0) return;
  ::dup2(kept_, STDERR_FILENO);
  ::close(kept_);
}

std::unique_ptr<PortAudioLibrary> PortAudioLibrary::begin(std::string& error) {
  ::setenv("JACK_NO_START_SERVER", "1", 1);  // else libjack tries to start a server of its own
  const QuietStderr quiet;
  const auto result = Pa_Initialize();
  if (result != paNoError) {
    error = Pa_GetErrorText(result);
    return nullptr;
  }
  return std::unique_ptr<PortAudioLibrary>(new PortAudioLibrary);
}

PortAudioLibrary::~PortAudioLibrary() {
  const QuietStderr quiet;
  Pa_Terminate();
}

std::vector<DeviceInfo> PortAudioLibrary::devices() const {
  std::vector<DeviceInfo> found;
  for (int i = 0; i < Pa_GetDeviceCount(); ++i) {
    const auto* info = Pa_GetDeviceInfo(i);
    const auto* api = info == nullptr ? nullptr : Pa_GetHostApiInfo(info->hostApi);
    if (api == nullptr) continue;
    found.push_back({i, info->name, api->name, info->maxOutputChannels, info->maxInputChannels,
                     i == Pa_GetDefaultOutputDevice(), i == Pa_GetDefaultInputDevice()});
  }
  return found;
}

const DeviceInfo* choose_output(const std::vector<DeviceInfo>& devices, const std::string& wanted) {
  return choose(devices, Way::output, wanted);
}

const DeviceInfo* choose_input(const std::vector<DeviceInfo>& devices, const std::string& wanted) {
  return choose(devices, Way::input, wanted);
}

std::string no_output(const std::vector<DeviceInfo>& devices, const std::string& wanted) {
  const auto names = names_of(devices, Way::output);
  if (names.empty()) return "no output device on this machine";
  return "no output device has \"" + wanted + "\" in its name; there are: " + names;
}

std::string no_input(const std::vector<DeviceInfo>& devices, const std::string& wanted) {
  const auto names = names_of(devices, Way::input);
  if (names.empty()) return "no input device on this machine";
  return "no input device has \"" + wanted + "\" in its name; there are: " + names;
}

}  // namespace loa::audio
