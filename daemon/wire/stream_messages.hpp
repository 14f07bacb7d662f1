// What a live source tells while its sound goes into a named pipe: one JSON object a line on its standard output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loa::wire {

/// `loa-media stream` and `loa-player --capture`. One `ready` line before any sound, or `ended` at once with the
/// problem; `ended` when nothing more comes.
struct StreamNews {
  enum class What { ready, ended };
  What what = What::ended;
  std::string problem;  // as Measured::problem; of an input: absent | lost; "" = whole
  std::string detail;   // English, for the log
  std::int64_t frames =
      0;  // ended: at 48 kHz, from the recording's first on; ready: as announced by the file, 0 unknown
  std::optional<double> loudness;  // ready: LUFS at which it will play, as far as it is known ahead
  bool operator==(const StreamNews&) const = default;
};

std::string to_line(const StreamNews& news);  // with its newline
/// Nothing for what is no such message.
std::optional<StreamNews> stream_news_from(std::string_view line);

}  // namespace loa::wire
