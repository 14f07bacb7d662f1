// A frame counts when others of its kind follow it: three letters of 0xFF inside a picture are none.
#include "daemon/media/mp3_index.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "audio/decode_inspect.hpp"
#include "audio/decode_mp3_frame.hpp"

namespace loa::media {
namespace {

using audio::FileBytes;
using audio::Mp3Frame;

constexpr int kSurely = 3;            // frames in a row that are no accident
constexpr std::int64_t kDelay = 529;  // samples by which every decoder is late

/// Whether `frame` at `at` is followed by `more` of its kind, or by a tag or the end.
bool runs_on(FileBytes& bytes, std::int64_t at, const Mp3Frame& frame, int more) {
  for (auto size = frame.size; more > 0; --more) {
    at += size;
    if (at >= bytes.size()) return at == bytes.size();
    const auto next = audio::mp3_frame(bytes, at);
    if (!next || !next->like(frame)) return audio::behind_tag(bytes, at) > at;
    size = next->size;
  }
  return true;
}

class Walk {
 public:
  explicit Walk(FileBytes& bytes) : bytes_(bytes) {}

  Mp3Index run() {
    while (at_ < bytes_.size() && !done_) step();
    end_part();
    return std::move(index_);
  }

 private:
  void step() {
    const auto behind = audio::behind_tag(bytes_, at_);
    if (behind > at_) {
      at_ = behind;
      return;
    }
    const auto frame = audio::mp3_frame(bytes_, at_);
    const bool one_of_ours = frame && model_ && frame->like(*model_);
    const bool first_of_a_run = frame && runs_on(bytes_, at_, *frame, kSurely);
    if (one_of_ours && at_ + frame->size > bytes_.size()) {
      index_.cut = true;
      done_ = true;
    } else if (first_of_a_run || (one_of_ours && runs_on(bytes_, at_, *frame, 1))) {
      take(*frame);
    } else {
      bridge(one_of_ours ? frame : std::nullopt);
    }
  }

  /// A frame stands at at_, and it is whole.
  void take(const Mp3Frame& frame) {
    const auto length = audio::mp3_length(bytes_, at_, frame);
    const bool other = !model_ || !frame.like(*model_);
    const bool full = !index_.parts.empty() && index_.parts.back().announced >= 0 &&
                      counted() >= static_cast<std::size_t>(index_.parts.back().announced);
    if (length || other || full) begin_part(frame, length);
    if (!length) add(at_, frame.size);
    at_ += frame.size;
  }

  /// What stands at at_ does not fit: `frame` if it looks like one, and bytes up to the next run of frames.
  void bridge(const std::optional<Mp3Frame>& frame) {
    const auto next = next_run(at_ + 1);
    if (!next) {
      if (frame) add(at_, frame->size);
      done_ = true;
      return;
    }
    const bool whole = frame && at_ + frame->size <= *next;
    if (whole) {
      add(at_, frame->size);
      at_ += frame->size;
    }
    if (!index_.entries.empty()) damage(*next - at_, frame.has_value() && !whole);
    at_ = *next;
  }

  std::optional<std::int64_t> next_run(std::int64_t from) {
    for (; from + 4 <= bytes_.size(); ++from) {
      if (bytes_.byte(from) != 0xFF) continue;
      const auto frame = audio::mp3_frame(bytes_, from);
      if (frame && runs_on(bytes_, from, *frame, model_ && frame->like(*model_) ? 2 : kSurely)) return from;
    }
    return std::nullopt;
  }

  /// `bytes` that are no frames: as many frames are lost as would fill them, if they would.
  void damage(std::int64_t bytes, bool shortened) {
    if (bytes == 0) return;
    index_.places.push_back(index_.entries.size());
    const auto size = mean_size();
    const auto frames = std::round(static_cast<double>(bytes) / size);
    const bool fills = std::abs(static_cast<double>(bytes) - frames * size) <= frames + 1;
    const auto lost = fills ? static_cast<int>(frames) : shortened ? 1 : 0;
    for (int i = 0; i < lost; ++i) add(at_, 0);
  }

  double mean_size() const { return bytes_of_frames_ / static_cast<double>(std::max<std::size_t>(1, frames_)); }

  std::size_t counted() const { return index_.entries.size() - index_.parts.back().first; }

  void add(std::int64_t at, std::int64_t size) {
    index_.entries.push_back({at, static_cast<std::int32_t>(size)});
    if (size == 0) return;
    ++frames_;
    bytes_of_frames_ += static_cast<double>(size);
  }

  void begin_part(const Mp3Frame& frame, const std::optional<audio::Mp3Length>& length) {
    end_part();
    model_ = frame;
    Mp3Part part;
    part.first = index_.entries.size();
    part.sample_rate = frame.sample_rate;
    part.samples = frame.samples;
    if (length && length->frames) part.announced = *length->frames;
    if (length && length->gapless && part.announced > 0) {
      part.skip = length->delay + kDelay;
      part.keep = part.announced * part.samples - length->delay - length->padding;
    }
    index_.parts.push_back(part);
    index_.missing = 0;
  }

  void end_part() {
    if (index_.parts.empty()) return;
    auto& part = index_.parts.back();
    part.count = counted();
    const auto lacking = part.announced - static_cast<std::int64_t>(part.count);
    if (part.announced < 0 || lacking <= 0) return;
    auto place = std::find_if(index_.places.begin(), index_.places.end(),
                              [&](std::size_t entry) { return entry >= part.first; });
    // A hole of unknown size: the header tells how much is missing, so that what follows keeps its time.
    const bool hole = place != index_.places.end() && !index_.cut && lacking * 10 <= part.announced;
    if (hole) {
      index_.entries.insert(index_.entries.begin() + static_cast<std::ptrdiff_t>(*place),
                            static_cast<std::size_t>(lacking), Mp3Entry{});
      part.count = counted();
      for (auto later = place + 1; later != index_.places.end(); ++later) *later += static_cast<std::size_t>(lacking);
    } else {
      index_.missing = lacking > 1 || index_.cut ? lacking : 0;  // some encoders count their header too
    }
  }

  FileBytes& bytes_;
  std::int64_t at_ = 0;
  std::optional<Mp3Frame> model_;
  std::size_t frames_ = 0;
  double bytes_of_frames_ = 0;
  bool done_ = false;
  Mp3Index index_;
};

}  // namespace

Mp3Index index_mp3(FileBytes& bytes) {
  return Walk(bytes).run();
}

}  // namespace loa::media
