// The media program's problem codes in words, and what to do about each.
#include <string_view>
#include <vector>

#include "playlists/flaw_words.hpp"
#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Text;

struct Problem {
  std::string_view code;
  Text words, advice;
};

const std::vector<Problem>& problems() {
  static const Text again = msg("save it again as WAV, FLAC or MP3 with a constant bit rate");
  static const Text copy = msg("copy it again from where it was made, or record it again");
  static const std::vector<Problem> known = {
      {"mp3-no-length", msg("this MP3 does not say its length and would end early"), again},
      {"mp3-joined", msg("several MP3 files were joined into one; only the first would sound"), again},
      {"flac-joined", msg("several FLAC files were joined into one; only the first would sound"), again},
      {"damaged", msg("the file is damaged"), copy},
      {"truncated", msg("the file ends before its sound does"), copy},
      {"chained-ogg", msg("several Ogg files were joined into one; only the first would sound"), again},
      {"wav-no-size", msg("this WAV does not say its size"), again},
      {"wav-lying-size", msg("this WAV says a size that is not its own"), again},
      {"not-audio", msg("this is no sound recording"), msg("look whether it is the right file")},
      {"unsupported-format", msg("this format cannot be played"), again},
      {"rate-unsupported", msg("this sample rate cannot be played"), again},
      {"bad-samples", msg("it holds values that are no sound"), again},
      {"encrypted", msg("it is protected: only the buyer's own player can open it"),
       msg("ask for a copy without protection")},
      {"playlist", msg("this is a list of recordings, none itself"), msg("copy the recordings that it names")},
      {"no-sound-track", msg("it is a video without sound"), msg("look whether it is the right file")},
      {"several-tracks", msg("it has several sound tracks; the default one plays"),
       msg("listen whether it is the right one")},
      {"empty", msg("there is no sound in it"), copy},
      {"silent", msg("it is silent from end to end"), copy},
      {"too-long", msg("it is too long"), msg("cut it into parts")},
      {"too-large", msg("the file is too large"), msg("save it as FLAC or MP3, or cut it into parts")},
      {"too-slow", msg("it takes too long to read"), again},
      {"changed-while-reading", msg("it was being changed while it was read"), msg("check again when it is saved")},
      {"recording-changed", msg("it was being changed while it was read"), msg("check again when it is saved")},
      {"unreadable", msg("the file cannot be read"), msg("look whether the program may read it")},
      {"decoder-crashed", msg("the program that reads recordings failed on it"), again},
  };
  return known;
}

const Problem* find(const std::string& code) {
  for (const auto& problem : problems()) {
    if (problem.code == code) return &problem;
  }
  return nullptr;
}

}  // namespace

Text problem_words(const std::string& problem) {
  const auto* known = find(problem);
  return known != nullptr ? known->words : Text::verbatim(problem);
}

namespace {

Text words_without_flaws(const playlists::Facts& facts) {
  if (!facts.refused && facts.problem == "damaged") return msg("it is damaged at {0}, and plays", facts.places);
  const auto words = problem_words(facts.problem);
  return facts.places.empty() ? words : msg("{0} (at {1})", words, facts.places);
}

}  // namespace

Text problem_words(const playlists::Facts& facts) {
  if (facts.refused || facts.flaws.empty()) return words_without_flaws(facts);
  const auto flaws = playlists::flaw_words(facts.flaws);
  return facts.problem == facts.flaws.front().code ? flaws : msg("{0}; {1}", words_without_flaws(facts), flaws);
}

Text problem_advice(const std::string& problem) {
  const auto* known = find(problem);
  return known != nullptr ? known->advice : msg("save it again as WAV, FLAC or MP3 with a constant bit rate");
}

}  // namespace loa::scheduler
