// The callback of libavutil's log.
#include "daemon/media/ffmpeg_log.hpp"

extern "C" {
#include <libavutil/log.h>
}

#include <atomic>
#include <cstdarg>

namespace loa::media {
namespace {

std::atomic<std::int64_t> g_complaints{0};

void count(void*, int level, const char*, va_list) {
  if (level >= 0 && level <= AV_LOG_ERROR) g_complaints.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

void hear_complaints() {
  av_log_set_callback(&count);
}

std::int64_t complaints() {
  return g_complaints.load(std::memory_order_relaxed);
}

}  // namespace loa::media
