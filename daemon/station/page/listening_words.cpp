#include "daemon/station/page/listening_words.hpp"

#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "daemon/station/conductor/hearing.hpp"

namespace loa::station {

namespace {

using config::msg;
using config::Text;

Text input_words(std::string_view state, const std::string& why) {
  if (state == "open") return msg("the input that hears the amplifier works");
  if (state == "starting") return msg("the input that hears the amplifier is being opened");
  if (state == "absent") return msg("NOT LISTENING: the input that hears the amplifier is not there: {0}", why);
  if (state == "lost") return msg("NOT LISTENING: the input that hears the amplifier gives no sound: {0}", why);
  return msg("NOT LISTENING: the program that listens ended and is started again: {0}", why);
}

}  // namespace

Text words_of_listening(std::string_view note) {
  if (note.starts_with(kNotHeard)) {
    return msg("NOT HEARD at the amplifier: {0}; look after amplifier, cable and loudspeakers",
               note.substr(kNotHeard.size()));
  }
  if (note.starts_with(kHeardAgain)) return msg("heard again at the amplifier: {0}", note.substr(kHeardAgain.size()));
  if (!note.starts_with(kListens)) return {};
  const auto rest = note.substr(kListens.size()), state = rest.substr(0, rest.find(": "));
  return input_words(state, std::string(rest.substr(std::min(rest.size(), state.size() + 2))));
}

Text listening_words(const Status::Listening& listening) {
  if (listening.state == "open" && !listening.not_heard.empty())
    return msg("NOT HEARD at the amplifier since {0}; look after amplifier, cable and loudspeakers",
               listening.not_heard);
  return input_words(listening.state, listening.note);
}

Text heard_words(const wire::HeardSound& heard) {
  if (!heard.found) return msg("NOT HEARD at the amplifier");
  return msg("heard at the amplifier, {0} %", static_cast<long long>(std::lround(heard.share * 100)));
}

}  // namespace loa::station
