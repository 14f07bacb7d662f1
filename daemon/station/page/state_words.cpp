#include "daemon/station/page/state_words.hpp"

#include "daemon/station/page/log_words.hpp"
#include "daemon/wire/player_messages.hpp"

namespace loa::station {

using config::msg;

config::Text clock_words(const std::string& state) {
  if (state == "trusted") return msg("clock synchronised");
  if (state == "holdover") return msg("clock not synchronised");
  return msg("clock {0}", state);
}

config::Text device_words(const std::string& state, const std::string& name, const std::string& note, bool second,
                          bool silent) {
  if (state == "open" && silent) return msg("SOUND DEVICE {0}: SILENT although something is on air", name);
  if (state == "open" && second) return msg("SECOND SOUND DEVICE in use: {0}; the first is lost or absent", name);
  if (state == "open") {
    return name == "none" ? msg("no sound device: only keeps time") : msg("sound device {0}", name);
  }
  if (state == "starting") return msg("the sound device {0} is being opened", name);
  if (note.starts_with(wire::kKeepsNoTime)) return msg("SOUND DEVICE {0}: {1}", name, words_of_note(note));
  const auto why = note.empty() || note == name ? "" : " (" + note + ")";
  if (state == "lost") return msg("SOUND DEVICE LOST: {0}{1}", name, why);
  if (state == "gone") return msg("SOUND DEVICE: its program ended and is started again{0}", why);
  return msg("NO SOUND DEVICE: {0} is not there{1}", name, why);
}

}  // namespace loa::station
