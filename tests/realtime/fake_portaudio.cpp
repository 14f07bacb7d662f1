// The functions that audio/ calls, no more.
#include "tests/realtime/fake_portaudio.hpp"

#include <portaudio.h>

namespace {

PaStreamCallback* g_callback = nullptr;
void* g_self = nullptr;
int g_channels = 0;
const PaDeviceInfo kCard{.structVersion = 2,
                         .name = "made-up card",
                         .hostApi = 0,
                         .maxInputChannels = 0,
                         .maxOutputChannels = 2,
                         .defaultLowInputLatency = 0,
                         .defaultLowOutputLatency = 0.01,
                         .defaultHighInputLatency = 0,
                         .defaultHighOutputLatency = 0.02,
                         .defaultSampleRate = 48000};
const PaHostApiInfo kApi{.structVersion = 1,
                         .type = paInDevelopment,
                         .name = "made-up",
                         .deviceCount = 1,
                         .defaultInputDevice = paNoDevice,
                         .defaultOutputDevice = 0};

}  // namespace

extern "C" {

PaError Pa_Initialize(void) {
  return paNoError;
}
PaError Pa_Terminate(void) {
  return paNoError;
}
const char* Pa_GetErrorText(PaError) {
  return "made-up error";
}
PaDeviceIndex Pa_GetDeviceCount(void) {
  return 1;
}
PaDeviceIndex Pa_GetDefaultOutputDevice(void) {
  return 0;
}
const PaDeviceInfo* Pa_GetDeviceInfo(PaDeviceIndex) {
  return &kCard;
}
const PaHostApiInfo* Pa_GetHostApiInfo(PaHostApiIndex) {
  return &kApi;
}
PaError Pa_OpenStream(PaStream** stream, const PaStreamParameters*, const PaStreamParameters* output, double,
                      unsigned long, PaStreamFlags, PaStreamCallback* callback, void* self) {
  g_callback = callback;
  g_self = self;
  g_channels = output->channelCount;
  *stream = &g_self;
  return paNoError;
}
PaError Pa_StartStream(PaStream*) {
  return paNoError;
}
PaError Pa_IsStreamActive(PaStream*) {
  return g_callback != nullptr ? 1 : 0;
}
PaError Pa_AbortStream(PaStream*) {
  return paNoError;
}
PaError Pa_CloseStream(PaStream*) {
  g_callback = nullptr;
  g_channels = 0;
  return paNoError;
}

}  // extern "C"

namespace loa::test {

void call_back(std::span<float> stereo, double lead) noexcept {
  const PaStreamCallbackTimeInfo time{.inputBufferAdcTime = 0, .currentTime = 1000, .outputBufferDacTime = 1000 + lead};
  g_callback(nullptr, stereo.data(), stereo.size() / 2, &time, 0, g_self);
}

int stream_channels() {
  return g_channels;
}

}  // namespace loa::test
