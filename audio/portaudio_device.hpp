// A sound card or sound server through PortAudio: one stream in callback mode.
#pragma once

#include <memory>
#include <string>

#include "audio/device.hpp"

namespace loa::audio {

/// `wanted`: see choose_output. `channels` 1 is given to both sides of a device that has two. Nothing when there is no
/// such device or PortAudio cannot begin; `error` says why. Every call of the device may hang when its server is gone.
std::unique_ptr<Device> find_portaudio_device(const std::string& wanted, int channels, std::string& error);

}  // namespace loa::audio
