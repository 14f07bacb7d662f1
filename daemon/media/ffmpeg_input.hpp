// One container opened by libavformat, and the packets of its one sound track. From an open descriptor it reads through
// our own calls and can reach no other file or address; a stream of the network can reach addresses, and no file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "audio/sound_stream.hpp"

struct AVCodecParameters;
struct AVPacket;

namespace loa::media {

/// What the container says; none of it is believed.
struct TrackFacts {
  std::string container;           // "mov" "matroska" "asf" …
  int sound_tracks = 0;            // of the whole file
  std::optional<double> duration;  // s, where the container itself says one (not guessed from a bit rate)
  std::int64_t exact_frames = -1;  // of the source, by iTunes' own note; -1: none
  std::int64_t table_frames = -1;  // of the source, by an MP4's table of times; -1: none
};

/// Borrows the descriptor. One thread.
class Input {
 public:
  static std::unique_ptr<Input> open(const audio::FileView& view, audio::Refusal& why);
  /// A stream at an http or https address (Icecast, HLS). `patience`: s that it may give nothing, also at first.
  static std::unique_ptr<Input> open_address(const std::string& address, double patience, audio::Refusal& why);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const AVCodecParameters* parameters() const;
  const TrackFacts& facts() const { return facts_; }

  enum class Read { packet, damage, end };
  /// damage: something was left out, and reading may go on.
  Read next();
  /// Since it was asked last: the container was found damaged, or its packet is not whole.
  bool complained();
  /// The container names more bytes than there are.
  bool cut() const;
  bool disk_failed() const;
  /// It gave nothing for as long as `patience`.
  bool stalled() const;
  /// The packet that next() read, valid until it is called again.
  const AVPacket* packet() const;
  /// s; 0 when it says none.
  double packet_duration() const;
  /// Its content is encrypted.
  bool locked() const;

 private:
  struct State;
  explicit Input(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
  TrackFacts facts_;
  bool complained_ = false;
};

}  // namespace loa::media
