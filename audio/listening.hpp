// Listens to the amplifier while items sound, and says of each whether it was heard. Keeps no sound: only how its bands
// moved, of the last half minute. Knows masters and samples; must not know where samples come from.
#pragma once

#include <chrono>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audio/heard_bands.hpp"
#include "audio/heard_clock.hpp"
#include "audio/heard_match.hpp"
#include "audio/master.hpp"

namespace loa::audio {

/// One thread. All instants by the steady clock.
class Listening {
 public:
  using Time = std::chrono::nanoseconds;

  /// What sounds: `frames` of `master` from `offset` on, the first of them heard at `at`.
  struct Sound {
    std::string id;
    std::unique_ptr<MasterReader> master;
    Frames offset{0}, frames{0};
    Time at{0};
  };
  struct Answer {
    std::string id;
    std::optional<Heard> heard;  // nothing: the input was away, or it has nothing to be recognised by
  };
  /// How long after an item's last frame the last word on it may come.
  static constexpr std::chrono::milliseconds kLastWord{5'800};
  static constexpr std::size_t kMostItems = 16;

  void hear(std::span<const float> mono, Time arrived);
  /// The input is gone; what comes next is another stream.
  void deaf();

  /// An item begins, or goes on after a loss: another part of the same id.
  void sounds(Sound sound);
  /// What sounded last of it is over after `played` frames.
  void over(const std::string& id, Frames played);
  /// All of it is over, and somebody waits for the answer: as soon as it is found, at the latest kLastWord later.
  void ask(const std::string& id);
  std::vector<Answer> step(Time now);

 private:
  struct Part {
    std::unique_ptr<MasterReader> master;
    std::int64_t offset = 0, length = 0;  // frames; where it lies in the master
    Time at{0};
    bool over = false;
    HeardBands bands{kPlayedFloor};
    std::int64_t read = 0;          // frames
    std::int64_t done = 0;          // hops that were compared or missed
    std::vector<HeardFrame> ahead;  // from hop `done` on
  };
  struct Item {
    std::string id;
    std::list<Part> parts;
    HeardMatch match;
    std::int64_t compared = 0, missed = 0;  // hops
    bool asked = false;
    Time tried{0};
  };

  static std::int64_t hops_of(std::int64_t length);
  Item* item_of(const std::string& id);
  bool extend(Part& part, std::size_t hops);
  std::int64_t heard_at(const Part& part) const;
  bool is_kept(std::int64_t from) const;
  std::vector<HeardFrame> heard_from(std::int64_t from, std::size_t count) const;
  bool take_piece(Item& item, Part& part, Time now);
  void leave_out(Item& item, Part& part, std::int64_t hops);
  std::optional<Heard> judge(const HeardMatch& match) const;
  std::optional<Heard> try_early(Item& item);
  void learn(const HeardMatch& match, const Heard& heard);
  std::optional<Answer> answer(Item& item, Time now);

  HeardBands bands_{kHeardFloor};
  HeardClock clock_;
  std::int64_t samples_ = 0;      // of this stream
  std::deque<HeardFrame> heard_;  // of the last half minute
  std::int64_t first_ = 0;        // hop of heard_.front()
  std::list<Item> items_;
  std::optional<Frames> delay_;  // of what was found surely
};

}  // namespace loa::audio
