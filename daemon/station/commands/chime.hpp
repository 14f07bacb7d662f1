// A signature tune that belongs to nobody: three bells, computed.
#pragma once

#include <string>

namespace loa::station {

/// The bytes of a WAV file of 3 s (48 kHz, 16 bits, one channel), the same every time.
std::string chime_wav();

}  // namespace loa::station
