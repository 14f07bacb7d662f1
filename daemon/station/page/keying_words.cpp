#include "daemon/station/page/keying_words.hpp"

#include <array>
#include <utility>

namespace loa::station {

namespace {

using config::msg;
using config::Text;

using OfRest = Text (*)(std::string rest);

/// Beginnings of notes, the longer before those that they begin with; each with its words for what follows.
constexpr std::array<std::pair<std::string_view, OfRest>, 12> kBeginnings{{
    {"on: for nothing", [](std::string) { return msg("switched on"); }},
    {"on: for ", [](std::string rest) { return msg("switched on for {0}", rest); }},
    {"off: until nothing", [](std::string) { return msg("switched off, nothing follows"); }},
    {"off: until ", [](std::string rest) { return msg("switched off until {0}", rest); }},
    {"off: other settings", [](std::string) { return msg("switched off, the settings are others now"); }},
    {"cannot be switched on: ", [](std::string rest) { return msg("cannot be switched on: {0}", rest); }},
    {"cannot be switched off: ", [](std::string rest) { return msg("cannot be switched off: {0}", rest); }},
    {"released", [](std::string) { return msg("switched off, because the program stood still"); }},
    {"is not on", [](std::string rest) { return msg("was switched on, but is not on{0}", rest); }},
    {"is not off", [](std::string rest) { return msg("was switched off, but is still on{0}", rest); }},
    {"is on again", [](std::string) { return msg("is on after all"); }},
    {"is off again", [](std::string) { return msg("is off after all"); }},
}};

}  // namespace

Text words_of_keying(std::string_view note) {
  for (const auto& [beginning, words] : kBeginnings) {
    if (note.starts_with(beginning)) return words(std::string(note.substr(beginning.size())));
  }
  constexpr std::string_view ended = "its switching program ended: ";
  if (!note.starts_with(ended)) return {};
  return msg("the program that switches it ended and is started again: {0}", note.substr(ended.size()));
}

bool is_keying_fault(std::string_view note) {
  return !note.starts_with("on: ") && !note.starts_with("off: ") && !note.ends_with(" again");
}

Text amplifier_words(const Status::Amplifier& amplifier) {
  if (!amplifier.fault.empty()) {
    const auto known = words_of_keying(amplifier.fault);
    return msg("AMPLIFIER {0}: {1}", amplifier.name, known.empty() ? Text::verbatim(amplifier.fault) : known);
  }
  if (amplifier.on != amplifier.wanted) {
    return amplifier.wanted ? msg("amplifier {0}: being switched on", amplifier.name)
                            : msg("amplifier {0}: being switched off", amplifier.name);
  }
  return amplifier.on ? msg("amplifier {0}: on", amplifier.name) : msg("amplifier {0}: off", amplifier.name);
}

}  // namespace loa::station
