#include "playlists/flaw_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace loa::playlists {
namespace {

using config::msg;
using config::Text;

struct Words {
  std::string_view code;
  Text (*what)();
  Text (*on_air)();
  Text (*advice)();
};

constexpr std::array kFlaws = {
    Words{"left-only", [] { return msg("only the left channel sounds"); },
          [] { return msg("where it is so throughout, the channel that sounds is played alone"); },
          [] { return msg("look at the cable and the recorder: one channel does not arrive"); }},
    Words{"right-only", [] { return msg("only the right channel sounds"); },
          [] { return msg("where it is so throughout, the channel that sounds is played alone"); },
          [] { return msg("look at the cable and the recorder: one channel does not arrive"); }},
    Words{"antiphase", [] { return msg("its two channels cancel each other out"); },
          [] { return msg("where it is so throughout, the louder channel is played alone"); },
          [] { return msg("look at the cable: one channel is wired the wrong way round"); }},
    Words{"clipped", [] { return msg("it is recorded too loud and cut off at its peaks"); },
          [] { return msg("it would sound harsh"); },
          [] { return msg("record it again with the recorder's level lower"); }},
    Words{"near-silent", [] { return msg("it is recorded so softly that hardly anything can be heard"); },
          [] { return msg("it is raised by 40 dB at most, its noise too"); },
          [] { return msg("record it again with the recorder's level higher"); }},
    Words{"long-silence", [] { return msg("there is no sound at all in it"); },
          [] { return msg("silence for that time"); },
          [] { return msg("listen to it there, and cut the silence out"); }},
    Words{"dc-offset", [] { return msg("its sound does not lie around zero (a direct current in it)"); },
          [] { return msg("it is taken out of what is played"); },
          [] { return msg("look at the recorder; its sound card may be to blame"); }},
    Words{"too-spiky",
          [] { return msg("its peaks are so high above the rest that it cannot be as loud as the others"); },
          [] { return msg("it would be softer than the other recordings"); },
          [] { return msg("take the loudest clicks out of it, or record it again"); }},
};

const Words* words_of(const Flaw& flaw) {
  const auto found =
      std::find_if(kFlaws.begin(), kFlaws.end(), [&](const Words& each) { return each.code == flaw.code; });
  return found == kFlaws.end() ? nullptr : &*found;
}

/// "1:05", "1:02:05"
std::string place(double seconds) {
  const auto whole = static_cast<long>(std::floor(seconds));
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Text flaw_words(const Flaw& flaw) {
  const auto* words = words_of(flaw);
  const auto what = words != nullptr ? words->what() : Text::verbatim(flaw.code);
  if (flaw.until <= flaw.from) return what;
  return msg("{0}, from {1} to {2}", what, place(flaw.from), place(std::ceil(flaw.until)));
}

Text flaw_words(const std::vector<Flaw>& flaws) {
  Text all;
  for (const auto& flaw : flaws) all = all.empty() ? flaw_words(flaw) : msg("{0}; {1}", all, flaw_words(flaw));
  return all;
}

Text flaw_on_air(const Flaw& flaw) {
  const auto* words = words_of(flaw);
  return words != nullptr ? words->on_air() : Text();
}

Text flaw_advice(const Flaw& flaw) {
  const auto* words = words_of(flaw);
  return words != nullptr ? words->advice() : msg("listen to it");
}

}  // namespace loa::playlists
