#include "audio/portaudio_input.hpp"

#include <portaudio.h>

#include "audio/frames.hpp"
#include "audio/portaudio_library.hpp"
#include "audio/spsc_ring.hpp"

namespace loa::audio {
namespace {

class PortAudioInput final : public Input {
 public:
  PortAudioInput(std::unique_ptr<PortAudioLibrary> library, DeviceInfo info, int channels)
      : library_(std::move(library)), info_(std::move(info)), channels_(channels), doubled_(channels > info_.inputs) {}

  std::string start() override {
    const QuietStderr quiet;
    PaStreamParameters input{};
    input.device = info_.index;
    input.channelCount = doubled_ ? 1 : channels_;
    input.sampleFormat = paFloat32;
    input.suggestedLatency = Pa_GetDeviceInfo(info_.index)->defaultLowInputLatency;
    auto result =
        Pa_OpenStream(&stream_, &input, nullptr, kRate, paFramesPerBufferUnspecified, paDitherOff, callback, this);
    if (result == paNoError) result = Pa_StartStream(stream_);
    if (result == paInvalidSampleRate)
      return "it does not record at 48000 Hz: set the card or its sound server to that rate";
    return result == paNoError ? "" : Pa_GetErrorText(result);
  }

  std::size_t take(std::span<float> out) override {
    const std::size_t width = doubled_ ? 2 : 1;
    std::size_t taken = 0;
    for (float sample = 0; taken + width <= out.size() && ring_.pop(sample);) {
      for (std::size_t i = 0; i < width; ++i) out[taken++] = sample;
    }
    return taken;
  }

 private:
  // Sound card's thread.
  static int callback(const void* in, void*, unsigned long frames, const PaStreamCallbackTimeInfo*,
                      PaStreamCallbackFlags, void* self) {
    auto& input = *static_cast<PortAudioInput*>(self);
    const auto width = static_cast<std::size_t>(input.doubled_ ? 1 : input.channels_);
    const auto* samples = static_cast<const float*>(in);
    // A frame that has no room is left out whole: the reader stands still, and its channels stay apart.
    for (std::size_t frame = 0; samples != nullptr && frame < frames; ++frame) {
      if (input.ring_.room() < width) break;
      for (std::size_t i = 0; i < width; ++i) input.ring_.push(samples[frame * width + i]);
    }
    return paContinue;
  }

  std::unique_ptr<PortAudioLibrary> library_;
  DeviceInfo info_;
  int channels_;
  bool doubled_;
  PaStream* stream_ = nullptr;
  SpscRing<float, 131072> ring_;
};

}  // namespace

std::unique_ptr<Input> find_portaudio_input(const std::string& wanted, int channels, std::string& error) {
  auto library = PortAudioLibrary::begin(error);
  if (!library) return nullptr;
  const auto devices = library->devices();
  const auto* chosen = choose_input(devices, wanted);
  if (chosen != nullptr) return std::make_unique<PortAudioInput>(std::move(library), *chosen, channels);
  error = no_input(devices, wanted);
  return nullptr;
}

}  // namespace loa::audio
