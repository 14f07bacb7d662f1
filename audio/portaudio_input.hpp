// A sound card's input through PortAudio: frames as they come, at 48 kHz.
#pragma once

#include <memory>
#include <span>
#include <string>

namespace loa::audio {

class Input {
 public:
  virtual ~Input() = default;
  /// "" or, in English, why it does not begin. May hang when a card or server is ill.
  virtual std::string start() = 0;
  /// Interleaved whole frames that have come since; returns how many samples. One thread.
  virtual std::size_t take(std::span<float> out) = 0;
};

/// `wanted`: "default", the exact name, or a part of it (see choose_output). An input of one channel is given to both
/// sides where two are asked for. Nothing when there is none; `error` says why.
std::unique_ptr<Input> find_portaudio_input(const std::string& wanted, int channels, std::string& error);

}  // namespace loa::audio
