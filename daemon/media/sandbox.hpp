// What loa-media forbids itself before it touches bytes that anyone may have made. Knows nothing of sound.
#pragma once

namespace loa::media {

/// Bounds memory, processor time and the size of files written; no core dumps; gives way to everything that plays.
/// Beyond the bounds allocation fails, writing fails, or the process is killed by SIGXCPU.
void limit_process();

/// Sends what the decoding libraries print to nowhere.
void silence_stderr();

}  // namespace loa::media
