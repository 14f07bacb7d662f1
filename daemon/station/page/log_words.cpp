// The ledger's words in people's language. Knows the closed lists of contract 4.
#include "daemon/station/page/log_words.hpp"

#include <array>
#include <string>
#include <utility>

#include "daemon/station/page/keying_words.hpp"
#include "daemon/station/page/listening_words.hpp"
#include "daemon/wire/player_messages.hpp"

namespace loa::station {

using config::msg;
using config::Text;

Text words_of(wire::Verdict verdict) {
  switch (verdict) {
    case wire::Verdict::aired:
      return msg("aired");
    case wire::Verdict::late:
      return msg("aired late");
    case wire::Verdict::partial:
      return msg("aired in part");
    case wire::Verdict::missed:
      return msg("not aired");
    case wire::Verdict::withheld:
      return msg("withheld");
    case wire::Verdict::overridden:
      return msg("overridden");
  }
  return {};
}

Text words_of(wire::Reason reason) {
  switch (reason) {
    case wire::Reason::none:
      return {};
    case wire::Reason::power:
      return msg("power cut or PC off");
    case wire::Reason::clock:
      return msg("clock");
    case wire::Reason::device:
      return msg("sound device");
    case wire::Reason::file:
      return msg("recording");
    case wire::Reason::hours:
      return msg("outside permitted hours");
    case wire::Reason::limit:
      return msg("limit reached");
    case wire::Reason::approval:
      return msg("not approved");
    case wire::Reason::expired:
      return msg("expired");
    case wire::Reason::calendar:
      return msg("special calendar");
    case wire::Reason::emergency:
      return msg("emergency");
    case wire::Reason::operator_:
      return msg("operator");
    case wire::Reason::relay:
      return msg("relay source");
    case wire::Reason::overrun:
      return msg("overran its slot");
    case wire::Reason::network:
      return msg("network loss");
  }
  return {};
}

Text words_of_kind(std::string_view kind) {
  static const std::array known{std::pair{"start", msg("begun")},
                                std::pair{"key", msg("key of this ledger")},
                                std::pair{"article", msg("article")},
                                std::pair{"campaign", msg("campaign")},
                                std::pair{"approve", msg("approval")},
                                std::pair{"plan", msg("new schedule in force")},
                                std::pair{"off", msg("PC was off")},
                                std::pair{"make-good", msg("make-up airing")},
                                std::pair{"announce", msg("announcement")},
                                std::pair{"checkpoint", msg("checkpoint")},
                                std::pair{"receipt", msg("parent station's receipt")},
                                std::pair{"lost", msg("rows destroyed by the disk")},
                                std::pair{"remark", msg("remark")},
                                std::pair{"fault", msg("fault")},
                                std::pair{"boot", msg("started up")},
                                std::pair{"shutdown", msg("shut down")},
                                std::pair{"clock", msg("clock")},
                                std::pair{"device", msg("sound device")},
                                std::pair{"keying", msg("amplifier")},
                                std::pair{"hub", msg("parent station")},
                                std::pair{"disk", msg("disk failure")}};
  for (const auto& [name, words] : known) {
    if (name == kind) return words;
  }
  return Text::verbatim(std::string(kind));
}

Text words_of_note(std::string_view note) {
  static const std::array whole{std::pair{"first start", msg("first start")},
                                std::pair{"in order", msg("in order")},
                                std::pair{"starting", msg("being opened")},
                                std::pair{"trusted", msg("clock synchronised")},
                                std::pair{"holdover", msg("clock not synchronised")},
                                std::pair{"open: none", msg("no sound device: only keeps time")},
                                std::pair{"gone: the first sound device is back", msg("the first device is back")}};
  for (const auto& [name, words] : whole) {
    if (note == name) return words;
  }
  if (const auto at = note.find(wire::kKeepsNoTime); at != std::string_view::npos) {
    return msg("it keeps no time: {0} frames a second instead of 48000", note.substr(at + wire::kKeepsNoTime.size()));
  }
  using Named = Text (*)(std::string);
  static constexpr std::array<std::pair<std::string_view, Named>, 8> beginnings{{
      {"last sign of life ", [](std::string rest) { return msg("last sign of life {0}", rest); }},
      {"set by ", [](std::string rest) { return msg("set by {0}", rest); }},
      {"open as the second device: ", [](std::string rest) { return msg("works, the second device: {0}", rest); }},
      {"open: ", [](std::string rest) { return msg("works: {0}", rest); }},
      {wire::kNothingHeard, [](std::string rest) { return msg("SILENT: nothing is heard of {0}", rest); }},
      {"absent: ", [](std::string rest) { return msg("not there: {0}", rest); }},
      {"lost: ", [](std::string rest) { return msg("lost: {0}", rest); }},
      {"gone: ", [](std::string rest) { return msg("the player ended: {0}", rest); }},
  }};
  if (auto words = words_of_keying(note); !words.empty()) return words;
  if (auto words = words_of_listening(note); !words.empty()) return words;
  for (const auto& [beginning, words] : beginnings) {
    if (note.starts_with(beginning)) return words(std::string(note.substr(beginning.size())));
  }
  return Text::verbatim(std::string(note));
}

Text words_of_approval(std::string_view approval) {
  if (approval == "required") return msg("not approved");
  if (approval == "off") return msg("needs no approval");
  const auto instant = approval.rfind(' ');
  if (instant == std::string_view::npos) return Text::verbatim(std::string(approval));
  return msg("approved by {0}", approval.substr(0, instant));
}

Text words_of(wire::Flaw flaw) {
  switch (flaw) {
    case wire::Flaw::none:
      return {};
    case wire::Flaw::unreadable:
      return msg("this line is no row of a ledger");
    case wire::Flaw::hash:
      return msg("the row was changed: its hash does not match");
    case wire::Flaw::torn_inside:
      return msg("a line is torn, and it is not the last one");
    case wire::Flaw::missing_rows:
      return msg("rows are missing before this one");
    case wire::Flaw::out_of_order:
      return msg("the row is out of order or stands here twice");
    case wire::Flaw::chain:
      return msg("the row does not follow the one before it: one of them was exchanged");
    case wire::Flaw::signature:
      return msg("the signature is not by the station's key");
    case wire::Flaw::unsigned_key:
      return msg("the new key is not signed by the old one");
    case wire::Flaw::unknown_key:
      return msg("it is signed, but there is no key to check it with; give one with --key");
    case wire::Flaw::foreign_key:
      return msg("nothing in it is signed with the key of --key");
  }
  return {};
}

}  // namespace loa::station
