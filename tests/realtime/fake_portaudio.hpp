// PortAudio with one sound card of two channels, whose callback the test calls itself: the whole library is replaced in
// this program.
#pragma once

#include <cstddef>
#include <span>

namespace loa::test {

/// As PortAudio calls it for a buffer of interleaved stereo; the first frame is heard `lead` seconds later. A stream
/// must be started.
void call_back(std::span<float> stereo, double lead) noexcept;
/// The channels of the stream; 0 when none is started.
int stream_channels();

}  // namespace loa::test
