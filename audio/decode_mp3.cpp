// Walks every frame of an MP3, because its length stands nowhere that can be trusted: not in a header that it may lack,
// not in libmpg123's estimate, and a damaged one stops decoding without an error.
#include <fmt/format.h>

#include <algorithm>

#include "audio/decode_inspect.hpp"
#include "audio/decode_mp3_frame.hpp"

namespace loa::audio {
namespace {

struct Walk {
  std::optional<Mp3Frame> model;       // the first frame
  std::optional<Mp3Length> announced;  // by a header in the first frame
  std::int64_t frames = 0;             // with sound
  std::int64_t second_header = -1;     // where another length header or rate stands: a second file was joined on
  std::int64_t junk_at = -1;           // where the first bytes before a frame stand that are neither frame nor tag
  bool odd_end = false;                // such bytes stand behind the last frame
  bool cut = false;                    // the last frame is not whole
};

/// Padding: zeros, behind the last frame not more than a copy that was given its room but not its bytes would have.
bool is_padding(FileBytes& bytes, std::int64_t at, std::int64_t until) {
  constexpr std::int64_t kMostAtEnd = 4096;
  if (until == bytes.size() && until - at > kMostAtEnd) return false;
  while (at < until && bytes.byte(at) == 0) ++at;
  return at >= until;
}

/// Counts the frame at `at`; returns what follows it.
std::int64_t take(FileBytes& bytes, std::int64_t at, const Mp3Frame& frame, Walk& walk) {
  const bool first = !walk.model.has_value();
  if (first) walk.model = frame;
  if (at + frame.size > bytes.size()) {
    walk.cut = true;
    return bytes.size();
  }
  const auto length = mp3_length(bytes, at, frame);
  if (length && first) walk.announced = length;
  if (length && !first && walk.second_header < 0) walk.second_header = at;
  if (!length) ++walk.frames;
  return at + frame.size;
}

/// Frames of another rate between `at` and `until`: another file joined on or in.
bool foreign_frames(FileBytes& bytes, std::int64_t at, std::int64_t until) {
  for (auto found = find_mp3_frame(bytes, at, until, std::nullopt); found;
       found = find_mp3_frame(bytes, *found + 1, until, std::nullopt)) {
    const auto first = mp3_frame(bytes, *found);
    const auto second = mp3_frame(bytes, *found + first->size);
    if (!second || !second->like(*first)) continue;  // at the end of the file
    const auto third = mp3_frame(bytes, *found + first->size + second->size);
    if (third && third->like(*first)) return true;
  }
  return false;
}

/// What stands at `at` is no frame: a tag, padding, or junk before the next frame.
std::int64_t skip(FileBytes& bytes, std::int64_t at, Walk& walk) {
  const auto behind = behind_tag(bytes, at);
  if (behind > at) return behind;
  const auto next = find_mp3_frame(bytes, at, bytes.size(), walk.model);
  const auto until = next.value_or(bytes.size());
  if (is_padding(bytes, at, until)) return until;
  if (walk.model && walk.second_header < 0 && foreign_frames(bytes, at, until)) walk.second_header = at;
  if (!next) walk.odd_end = true;
  if (next && walk.junk_at < 0) walk.junk_at = at;
  return until;
}

Walk walk_frames(FileBytes& bytes) {
  Walk walk;
  for (std::int64_t at = 0; at < bytes.size();) {
    const auto frame = mp3_frame(bytes, at);
    const bool fits = frame && (!walk.model || frame->like(*walk.model));
    at = fits ? take(bytes, at, *frame, walk) : skip(bytes, at, walk);
  }
  return walk;
}

/// What an ID3v2 tag before the sound says of its length (frame TLEN), ms; 0 when it says nothing.
std::int64_t tagged_length(FileBytes& bytes) {
  using namespace std::string_view_literals;
  constexpr std::int64_t kMost = 100'000'000;
  const auto place = bytes.has(0, "ID3") ? bytes.find(0, "TLEN\0\0\0"sv) : std::nullopt;
  if (!place || *place >= behind_id3(bytes, 0)) return 0;
  std::int64_t length = 0;
  const auto begin = *place + 11;  // behind the frame's head and the letter for its encoding
  const auto end = begin - 1 + bytes.byte(*place + 7);
  for (auto at = begin; at < end && length < kMost; ++at) {
    const auto letter = bytes.byte(at);  // in UTF-16 every second one is zero
    if (letter >= '0' && letter <= '9') length = length * 10 + (letter - '0');
  }
  return length;
}

/// Only where no header counts the frames: editors that shorten a file keep its tags.
Refusal tag_refusal(FileBytes& bytes, const Walk& walk) {
  if (walk.announced && walk.announced->frames) return {};
  const auto said = tagged_length(bytes);
  const auto there = walk.frames * walk.model->samples * 1000 / walk.model->sample_rate;
  const auto rounding = said % 1000 == 0 ? 1000 : 50;
  if (said <= there + rounding) return {};
  return {"truncated", fmt::format("{} ms of sound, the tag says {}", there, said)};
}

Refusal refusal_of(const Walk& walk) {
  if (walk.frames == 0) return {"damaged", "no MPEG frame is whole"};
  if (walk.second_header >= 0) {
    return {"mp3-joined", fmt::format("a second file begins at byte {}", walk.second_header)};
  }
  const auto announced = walk.announced ? walk.announced->frames : std::nullopt;
  const bool complete = announced && walk.frames >= *announced;
  if (announced && walk.frames > *announced + 1) {
    return {"mp3-joined", fmt::format("{} MPEG frames, the header says {}", walk.frames, *announced)};
  }
  if (walk.junk_at >= 0) return {"damaged", fmt::format("bytes that are no MPEG frame at byte {}", walk.junk_at)};
  // Some encoders count their header as a frame of sound.
  if (announced && walk.frames < *announced - 1) {
    return {"truncated", fmt::format("{} MPEG frames, the header says {}", walk.frames, *announced)};
  }
  if ((walk.cut || walk.odd_end) && !complete) return {"truncated", "the last MPEG frame is cut"};
  return {};
}

}  // namespace

std::int64_t behind_tag(FileBytes& bytes, std::int64_t at) {
  if (bytes.has(at, "ID3")) return behind_id3(bytes, at);
  if (bytes.has(at, "TAG+")) return at + 227;
  if (bytes.has(at, "TAG") && at + 128 <= bytes.size()) return at + 128;
  if (bytes.has(at, "APETAGEX")) {
    const bool has_footer = (bytes.little(at + 20, 4) & 0x20000000U) != 0;  // then this is the header
    return at + 32 + (has_footer ? static_cast<std::int64_t>(bytes.little(at + 12, 4)) : 0);
  }
  if (!bytes.has(at, "LYRICSBEGIN")) return at;
  for (auto end = at; end < bytes.size(); ++end) {
    if (bytes.has(end, "LYRICS200") || bytes.has(end, "LYRICSEND")) return end + 9;
  }
  return at;
}

Inspection inspect_mp3(FileBytes& bytes) {
  const auto walk = walk_frames(bytes);
  Inspection found;
  found.refusal = refusal_of(walk);
  if (!found.refusal) found.refusal = tag_refusal(bytes, walk);
  if (found.refusal) return found;
  const auto whole = walk.frames * walk.model->samples;
  const auto trimmed = walk.announced ? walk.announced->delay + walk.announced->padding : 0;
  const auto slack = walk.model->samples / 2;
  found.length = Inspection::Length{std::max<std::int64_t>(1, whole - trimmed - slack), whole + slack, 0};
  if (!walk.announced) found.mismatch = "mp3-no-length";
  return found;
}

}  // namespace loa::audio
