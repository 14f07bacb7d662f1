// The stream and its callback. What is asked of PortAudio 19.6 is only what was measured to be honest (dependencies.md
// 11): the difference of two times within one callback, never outputLatency or the stream's own clock.
#include "audio/portaudio_device.hpp"

#include <portaudio.h>

#include <atomic>
#include <cmath>

#include "audio/frames.hpp"
#include "audio/portaudio_library.hpp"

namespace loa::audio {
namespace {

using std::chrono::nanoseconds;

constexpr double kMostLead = 10;  // seconds; beyond it a device's word is nonsense

class PortAudioDevice final : public Device {
 public:
  PortAudioDevice(std::unique_ptr<PortAudioLibrary> library, DeviceInfo info, int channels)
      : library_(std::move(library)), info_(std::move(info)), channels_(channels) {}
  ~PortAudioDevice() override { PortAudioDevice::stop(); }

  std::string start(FrameSink& sink) override;
  void stop() override;
  bool alive() const override { return stream_ != nullptr && Pa_IsStreamActive(stream_) == 1; }
  std::string name() const override { return info_.name; }
  std::string host_api() const override { return info_.host_api; }
  double latency_ms() const override { return lead_.load(std::memory_order_relaxed) * 1e3; }

 private:
  static int callback(const void* in, void* out, unsigned long frames, const PaStreamCallbackTimeInfo* time,
                      PaStreamCallbackFlags flags, void* self);
  void take(std::span<float> out, Moment asked, double lead) noexcept;

  std::unique_ptr<PortAudioLibrary> library_;
  DeviceInfo info_;
  int channels_;
  bool doubled_ = false;  // mono to both sides
  FrameSink* sink_ = nullptr;
  PaStream* stream_ = nullptr;
  std::atomic<double> lead_{0};
};

/// In place, from the end, so that nothing is overwritten before it is read.
void double_mono(std::span<float> out) noexcept {
  for (std::size_t i = out.size() / 2; i-- > 0;) out[2 * i] = out[2 * i + 1] = out[i];
}

// Sound card's thread.
int PortAudioDevice::callback(const void*, void* out, unsigned long frames, const PaStreamCallbackTimeInfo* time,
                              PaStreamCallbackFlags, void* self) {
  const auto asked = moment_now();
  auto& device = *static_cast<PortAudioDevice*>(self);
  const auto width = static_cast<std::size_t>(device.doubled_ ? 2 : device.channels_);
  device.take({static_cast<float*>(out), frames * width}, asked, time->outputBufferDacTime - time->currentTime);
  return paContinue;
}

void PortAudioDevice::take(std::span<float> out, Moment asked, double lead) noexcept {
  if (!(lead > -kMostLead && lead < kMostLead)) lead = 0;
  lead_.store(lead, std::memory_order_relaxed);
  asked.lead = nanoseconds{std::llround(lead * 1e9)};
  if (!doubled_) return sink_->take(out, asked);
  sink_->take(out.first(out.size() / 2), asked);
  double_mono(out);
}

std::string PortAudioDevice::start(FrameSink& sink) {
  const QuietStderr quiet;
  sink_ = &sink;
  doubled_ = channels_ == 1 && info_.outputs >= 2;
  PaStreamParameters output{};
  output.device = info_.index;
  output.channelCount = doubled_ ? 2 : channels_;
  output.sampleFormat = paFloat32;
  output.suggestedLatency = Pa_GetDeviceInfo(info_.index)->defaultHighOutputLatency;
  auto result =
      Pa_OpenStream(&stream_, nullptr, &output, kRate, paFramesPerBufferUnspecified, paDitherOff, callback, this);
  if (result == paNoError) result = Pa_StartStream(stream_);
  if (result == paInvalidSampleRate)
    return "it does not play at 48000 Hz: set the card or its sound server to that rate";
  return result == paNoError ? "" : Pa_GetErrorText(result);
}

void PortAudioDevice::stop() {
  if (stream_ == nullptr) return;
  const QuietStderr quiet;
  Pa_AbortStream(stream_);
  Pa_CloseStream(stream_);
  stream_ = nullptr;
}

}  // namespace

std::unique_ptr<Device> find_portaudio_device(const std::string& wanted, int channels, std::string& error) {
  auto library = PortAudioLibrary::begin(error);
  if (!library) return nullptr;
  const auto devices = library->devices();
  const auto* chosen = choose_output(devices, wanted);
  if (chosen == nullptr) {
    error = no_output(devices, wanted);
    return nullptr;
  }
  return std::make_unique<PortAudioDevice>(std::move(library), *chosen, channels);
}

}  // namespace loa::audio
