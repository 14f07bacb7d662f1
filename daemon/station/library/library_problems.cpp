#include "daemon/station/library/library_problems.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "playlists/flaw_words.hpp"

namespace loa::station {

namespace {

using config::msg;
using config::Text;

struct Words {
  const char* code;
  Text (*text)();
};

constexpr std::array kWords = {
    Words{"mp3-no-length",
          [] { return msg("an MP3 that does not say how long it is; save it anew from an audio editor"); }},
    Words{"mp3-joined", [] { return msg("several MP3 files joined into one; join them in an audio editor instead"); }},
    Words{"flac-joined",
          [] { return msg("several FLAC files joined into one; join them in an audio editor instead"); }},
    Words{"damaged", [] { return msg("damaged; copy it anew from where it came"); }},
    Words{"truncated", [] { return msg("its end is missing; copy it anew from where it came"); }},
    Words{"chained-ogg", [] { return msg("several Ogg recordings in one file; save it anew from an audio editor"); }},
    Words{"wav-lying-size",
          [] { return msg("a WAV whose header says a wrong length; save it anew from an audio editor"); }},
    Words{"not-audio", [] { return msg("no sound file"); }},
    Words{"unsupported-format",
          [] { return msg("a format that is not played; save it as WAV, FLAC, MP3, Ogg or Opus"); }},
    Words{"empty", [] { return msg("holds no sound at all"); }},
    Words{"encrypted",
          [] { return msg("protected: only the buyer's own player can open it; ask for a copy without protection"); }},
    Words{"playlist", [] { return msg("a list of recordings, none itself; copy the recordings that it names"); }},
    Words{"no-sound-track", [] { return msg("a video without sound"); }},
    Words{"several-tracks", [] { return msg("it has several sound tracks; the default one plays"); }},
    Words{"too-long", [] { return msg("longer than 4 hours"); }},
    Words{"too-large", [] { return msg("larger than 2 GiB"); }},
    Words{"unreadable", [] { return msg("cannot be read from the disk"); }},
    Words{"bad-samples", [] { return msg("holds values that are no sound; save it anew from an audio editor"); }},
    Words{"rate-unsupported", [] { return msg("a sample rate outside 8000 to 192000 Hz"); }},
    Words{"silent", [] { return msg("nothing can be heard in it"); }},
    Words{"changed-while-reading", [] { return msg("still being written"); }},
    Words{"recording-changed", [] { return msg("changed since it was measured"); }},
    Words{"hangs", [] { return msg("the disk or network drive that it lies on gives no answer"); }},
    Words{"disk-full", [] { return msg("no room on the disk; some is kept free for the ledger"); }},
    Words{"disk", [] { return msg("the disk failed or is full"); }},
    Words{"no-program", [] { return msg("the program loa-media cannot be started; it belongs beside loa"); }},
    Words{"too-slow", [] { return msg("reading it took too long"); }},
    Words{"decoder-crashed", [] { return msg("the decoder crashed on it"); }},
};

}  // namespace

Text problem_words(std::string_view code, bool refused) {
  if (code.empty()) return {};
  const auto found = std::find_if(kWords.begin(), kWords.end(), [&](const Words& each) { return code == each.code; });
  const Text words = found != kWords.end() ? found->text() : Text::verbatim(std::string(code));
  return refused ? msg("not played: {0}", words) : words;
}

namespace {

Text words_without_flaws(const playlists::Facts& facts) {
  if (!facts.refused && facts.problem == "damaged") return msg("damaged at {0}, and plays; listen to it", facts.places);
  if (!facts.refused && facts.problem == "truncated") return msg("its end is missing, and it plays; listen to it");
  const auto words = problem_words(facts.problem, facts.refused);
  return facts.places.empty() ? words : msg("{0} (at {1})", words, facts.places);
}

}  // namespace

Text problem_words(const playlists::Facts& facts) {
  if (facts.refused || facts.flaws.empty()) return words_without_flaws(facts);
  const auto flaws = playlists::flaw_words(facts.flaws);
  return facts.problem == facts.flaws.front().code ? flaws : msg("{0}; {1}", words_without_flaws(facts), flaws);
}

Text not_mastered_words(const NotMastered& failure) {
  return msg("{0} cannot be played for now: {1}", failure.clip, problem_words(failure.problem, false));
}

}  // namespace loa::station
