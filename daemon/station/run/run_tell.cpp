#include "daemon/station/run/run_tell.hpp"

#include <utility>

#include "daemon/station/conductor/conductor_rows.hpp"
#include "daemon/station/conductor/make_goods.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/page/keying_words.hpp"
#include "daemon/station/page/listening_words.hpp"
#include "daemon/station/page/log_words.hpp"
#include "daemon/wire/player_messages.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

namespace {

using config::msg;
using config::msgn;
using wire::text_of;

/// "05:30:00" of an RFC 3339 instant.
std::string time_in(const wire::Fields& row, std::string_view key) {
  const auto instant = text_of(row, key);
  return instant.size() >= 19 ? instant.substr(11, 8) : instant;
}

/// What a row is about, for people: the article, or the name of a file that nobody planned.
std::string subject_in(const wire::Fields& row) {
  const auto article = text_of(row, "article"), clip = text_of(row, "clip"), relay = text_of(row, "relay");
  if (!relay.empty()) return article.empty() ? relay : relay + " (" + article + ")";
  if (article.empty() && clip.empty()) return text_of(row, "note");
  return article.empty() ? clip.substr(clip.rfind('/') + 1) : article;
}

config::Text item_words(const wire::Fields& row) {
  if (text_of(row, "what") == "pause") return {};
  const auto verdict = text_of(row, "verdict"), reason = text_of(row, "reason");
  const auto outcome = reason == "none" || reason.empty() ? verdict : verdict + "/" + reason;
  return msg("{0} {1}: {2}", time_in(row, "planned_start"), subject_in(row), outcome);
}

config::Text device_words(const std::string& note) {
  if (const auto words = words_of_listening(note); !words.empty()) return msg("LISTENING BACK: {0}", words);
  const auto at = note.find(wire::kKeepsNoTime);
  if (at == std::string::npos) return msg("SOUND DEVICE: {0}", note);
  return msg(
      "SOUND DEVICE: it takes {0} frames a second instead of 48000 and keeps no time; nothing sounds until it "
      "does. It is tried again and again; choose another one (loa devices) or set its sound server to 48000 Hz",
      note.substr(at + wire::kKeepsNoTime.size()));
}

config::Text keying_words(const wire::Fields& row) {
  const auto device = text_of(row, "device"), note = text_of(row, "note");
  return is_keying_fault(note) ? msg("AMPLIFIER {0}: {1}", device, words_of_note(note))
                               : msg("amplifier {0}: {1}", device, words_of_note(note));
}

}  // namespace

config::Text words_for_row(const wire::Fields& row) {
  const auto kind = text_of(row, "kind");
  if (kind == "start") return msg("{0} goes on air: {1}", time_in(row, "planned_start"), subject_in(row));
  if (kind == "item") return item_words(row);
  if (kind == "device") return device_words(text_of(row, "note"));
  if (kind == "clock") return msg("clock: {0}", text_of(row, "note"));
  if (kind == "keying") return keying_words(row);
  if (kind == "disk") return msg("DISK: {0}", text_of(row, "note"));
  if (kind == "make-good") {
    return msg("“{0}”, missed in {1}, will be made good in {2}", text_of(row, "article"), text_of(row, "makes_good"),
               text_of(row, "id"));
  }
  if (kind == "approve") return msg("approved by {0}: {1}", text_of(row, "operator"), text_of(row, "clip"));
  return {};
}

std::vector<config::Text> words_for_damage(const LedgerDamage& found, const LedgerDamage& said) {
  std::vector<config::Text> lines;
  const unsigned long torn = found.torn_bytes - said.torn_bytes;
  const unsigned long damaged = found.damaged_lines - said.damaged_lines;
  const unsigned long lost = found.lost_rows - said.lost_rows;
  if (found.put_back > said.put_back) {
    lines.push_back(
        msg("DISK: somebody took away the ledger's file or key while the station runs; it is put back. Do not "
            "clean up there: it holds the proof of what was aired"));
  }
  if (torn > 0) {
    lines.push_back(
        msgn("ledger: a torn tail of {0} byte is dropped", "ledger: a torn tail of {0} bytes is dropped", torn, torn));
  }
  if (damaged > 0) {
    lines.push_back(msgn("ledger: {0} damaged line in {1}; `loa log verify` says more",
                         "ledger: {0} damaged lines in {1}; `loa log verify` says more", damaged, damaged, found.file));
  }
  if (lost > 0) {
    lines.push_back(msgn("ledger: {0} row is lost in an older month; `loa log verify` says more",
                         "ledger: {0} rows are lost in older months; `loa log verify` says more", lost, lost));
  }
  return lines;
}

void LedgerVoice::say(FileLedger& ledger, bool explained) {
  const auto damage = ledger.damage();
  for (const auto& words : words_for_damage(damage, damage_)) station::say(language_, words);
  damage_ = damage;
  const auto fault = ledger.disk_fault();
  if (fault != fault_ && !fault.empty() && !explained) {
    station::say(language_, msg("DISK: {0}; the ledger's rows wait in memory until they can be written. Before the "
                                "program ends, see to the disk and to the right of the user that runs Loa to write "
                                "into {1}",
                                fault, paths_.state().string()));
  }
  fault_ = fault;
  if (fault.empty()) say_progress_fault(ledger);
}

/// Not while the ledger itself cannot be written: that says it already.
void LedgerVoice::say_progress_fault(FileLedger& ledger) {
  const auto fault = ledger.progress_fault();
  if (std::exchange(progress_fault_, fault) == fault || fault.empty()) return;
  station::say(language_, msg("DISK: the sign of life {0} cannot be written: {1}; after a power cut nobody could tell "
                              "how much of an item had sounded. Give the user that runs Loa the right to, or put right "
                              "what is in its place",
                              (paths_.state() / kProgressFile).string(), fault));
  ledger.append(incident_row("disk", "cannot write the sign of life: " + fault));
}

std::uint64_t TellingLedger::append(wire::Fields fields) {
  if (const auto words = words_for_row(fields); !words.empty()) {
    say(language_, words);
    if (hooks_.told) hooks_.told();
  }
  const bool owed = hooks_.owed && is_missed_play(fields);
  const auto ticket = ledger_.append(std::move(fields));
  if (owed) hooks_.owed(ticket);
  return ticket;
}

}  // namespace loa::station
