#include "daemon/wire/heard.hpp"

#include <cmath>

namespace loa::wire {
namespace {

double to_decimals(double number, double steps) {
  return std::round(number * steps) / steps;
}

}  // namespace

boost::json::object heard_object(const HeardSound& heard) {
  boost::json::object object{{"found", heard.found},
                             {"level", to_decimals(heard.level, 10)},
                             {"score", to_decimals(heard.score, 1000)},
                             {"share", to_decimals(heard.share, 100)}};
  if (heard.delay) object["delay"] = to_decimals(*heard.delay, 100);
  return object;
}

std::optional<HeardSound> heard_from(const boost::json::object& object) {
  bool good = true;
  const auto number = [&](const char* key) {
    const auto* value = object.if_contains(key);
    good = good && value != nullptr && value->is_number();
    const auto found = good ? value->to_number<double>() : 0.0;
    good = good && std::isfinite(found);
    return found;
  };
  const auto* found = object.if_contains("found");
  if (found == nullptr || !found->is_bool()) return std::nullopt;
  HeardSound heard{found->get_bool(), number("score"), number("share"), {}, number("level")};
  if (object.contains("delay")) heard.delay = number("delay");
  if (!good || heard.score < 0 || heard.score > 1 || heard.share < 0 || heard.share > 1) return std::nullopt;
  return heard;
}

}  // namespace loa::wire
