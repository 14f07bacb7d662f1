// What FFmpeg's parts complain of: several decoders hide damage behind made-up sound and tell nobody but the log.
#pragma once

#include <cstdint>

namespace loa::media {

/// From now on nothing of FFmpeg's log is printed; errors are counted. Of the process; any thread.
void hear_complaints();
/// How many there were so far.
std::int64_t complaints();

}  // namespace loa::media
