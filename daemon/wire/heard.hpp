// What was heard of an item where the amplifier's sound is listened back to: as children say it and rows carry it.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

namespace loa::wire {

struct HeardSound {
  bool found = false;           // its score is high enough (docs/listening.md)
  double score = 0;             // 0 … 1
  double share = 0;             // of it, how much was heard; 0 … 1
  std::optional<double> delay;  // found: s from the sound device to the input
  double level = 0;             // dBFS, RMS between 300 and 3900 Hz of what the input heard meanwhile
  bool operator==(const HeardSound&) const = default;
};

/// `{"delay":0.41,"found":true,"level":-31.2,"score":0.83,"share":1}`, at most 3 decimals.
boost::json::object heard_object(const HeardSound& heard);
/// Nothing for what is no such object.
std::optional<HeardSound> heard_from(const boost::json::object& object);

}  // namespace loa::wire
