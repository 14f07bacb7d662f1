// PortAudio as a library: begun quietly, ended, and what it finds. Knows no stream.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace loa::audio {

struct DeviceInfo {
  int index = -1;  // of this process' PortAudio
  std::string name;
  std::string host_api;
  int outputs = 0;
  int inputs = 0;
  bool is_default = false;  // of the system, for output
  bool is_default_input = false;
};

/// One at a time in a process. The device list is that of its beginning: a new process sees new cards. Beginning and
/// ending may hang when a sound server is ill.
class PortAudioLibrary {
 public:
  /// Nothing when PortAudio cannot begin; `error` says why.
  static std::unique_ptr<PortAudioLibrary> begin(std::string& error);
  ~PortAudioLibrary();
  PortAudioLibrary(const PortAudioLibrary&) = delete;
  PortAudioLibrary& operator=(const PortAudioLibrary&) = delete;

  std::vector<DeviceInfo> devices() const;

 private:
  PortAudioLibrary() = default;
};

/// The output device that an operator means by `wanted`: "default", else the exact name, else part of it (letters of
/// either case, ASCII). Null when there is none.
const DeviceInfo* choose_output(const std::vector<DeviceInfo>& devices, const std::string& wanted);

/// Why there is none, in English: names those that there are.
std::string no_output(const std::vector<DeviceInfo>& devices, const std::string& wanted);

/// The same for inputs.
const DeviceInfo* choose_input(const std::vector<DeviceInfo>& devices, const std::string& wanted);
std::string no_input(const std::vector<DeviceInfo>& devices, const std::string& wanted);

/// While it lives, nothing that this process writes to standard error is seen: ALSA and JACK print dozens of lines for
/// every device that is not there.
class QuietStderr {
 public:
  QuietStderr();
  ~QuietStderr();
  QuietStderr(const QuietStderr&) = delete;
  QuietStderr& operator=(const QuietStderr&) = delete;

 private:
  int kept_ = -1;
};

}  // namespace loa::audio
