// How often listening back is wrong, over simulated rooms: items that were played and heard, others by the same voice
// in their place, and amplifiers that are off. And what it costs.
//   heard_bench [ROOMS [FIRST]]       exit 1 when a rate is missed
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

#include "audio/heard_match.hpp"
#include "tests/support/made_up_voice.hpp"
#include "tests/support/simulated_room.hpp"

namespace loa {
namespace {

using Samples = std::vector<float>;
using Bands = std::vector<audio::HeardFrame>;
using audio::HeardMatch;

constexpr std::size_t kSpoken = 16, kMusic = 8;
constexpr double kMostMissed = 0.02, kMostWrong = 0.002;

Bands bands_of(const Samples& samples, float floor) {
  audio::HeardBands bands(floor);
  Bands made;
  bands.add(samples, made);
  return made;
}

audio::Heard compare(const Bands& played, const Bands& heard, double ppm) {
  HeardMatch match;
  for (std::size_t at = 0; at < played.size(); at += HeardMatch::kPiece) {
    const auto count = std::min(HeardMatch::kPiece, played.size() - at);
    const auto from = static_cast<std::size_t>(double(at) * (1 + ppm * 1e-6) + 0.5);
    const auto until = from + count + HeardMatch::kLags - 1;
    if (until > heard.size()) break;
    match.add(std::span(played).subspan(at, count), std::span(heard).subspan(from, until - from));
  }
  return match.result().value_or(audio::Heard{});
}

struct Rates {
  int rooms = 0, missed = 0, others = 0, off = 0;
  double least = 1, most = 0;  // scores: of what was heard, of what was not
};

Samples cut(const Samples& sound, double seconds, std::mt19937& random) {
  const auto length = std::min(sound.size(), static_cast<std::size_t>(seconds * 48'000));
  const auto from = static_cast<std::ptrdiff_t>(random() % (sound.size() - length + 1));
  return {sound.begin() + from, sound.begin() + from + static_cast<std::ptrdiff_t>(length)};
}

Rates rates_of(const std::vector<Samples>& items, double seconds, int rooms, int first_room) {
  Rates rates;
  std::mt19937 random(static_cast<std::uint32_t>(first_room));
  for (int seed = first_room; seed < first_room + rooms; ++seed) {
    auto room = test::made_up_room(static_cast<std::uint32_t>(seed));
    room.delay += 0.3;  // the search begins so much before
    const std::size_t mine = random() % items.size(), kind = mine < kSpoken ? kSpoken : kMusic;
    const std::size_t first = mine < kSpoken ? 0 : kSpoken,
                      other = first + (mine - first + 1 + random() % (kind - 1)) % kind;
    const auto item = cut(items[mine], seconds, random), instead = cut(items[other], seconds, random);
    const auto played = bands_of(item, audio::kPlayedFloor);
    const auto heard = [&](const Samples& sounds, bool silent) {
      room.silent = silent;
      const auto& talk = items[(mine + 5) % kSpoken];
      const auto air = test::through(room, sounds, talk, 6.5, static_cast<std::uint32_t>(seed));
      return compare(played, bands_of(air, audio::kHeardFloor), room.drift);
    };
    const auto right = heard(item, false), wrong = heard(instead, false), nothing = heard(item, true);
    ++rates.rooms;
    rates.missed += right.found ? 0 : 1;
    rates.others += wrong.found ? 1 : 0;
    rates.off += nothing.found ? 1 : 0;
    rates.least = std::min(rates.least, right.score);
    rates.most = std::max({rates.most, wrong.score, nothing.score});
  }
  return rates;
}

bool report(const std::vector<Samples>& items, double seconds, int rooms, int first_room) {
  const auto rates = rates_of(items, seconds, rooms, first_room);
  std::printf(
      "%5.0f s, %d rooms: not found %d (least score %.3f); another recording found %d, amplifier off %d (most %.3f)\n",
      seconds, rates.rooms, rates.missed, rates.least, rates.others, rates.off, rates.most);
  return rates.missed <= kMostMissed * rates.rooms && rates.others + rates.off <= 2 * kMostWrong * rates.rooms;
}

void report_cost(const Samples& item) {
  const auto begin = std::clock();
  const auto played = bands_of(item, audio::kPlayedFloor), heard = bands_of(item, audio::kHeardFloor);
  compare(played, heard, 0);
  const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("bands of both and comparing: %.2f %% of a core while it sounds\n",
              100 * seconds / (double(item.size()) / 48'000));
}

}  // namespace
}  // namespace loa

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 4096);  // a long run is read while it goes
  const int rooms = argc > 1 ? std::atoi(argv[1]) : 300, first_room = argc > 2 ? std::atoi(argv[2]) : 0;
  loa::test::MadeUpVoice voice;
  std::vector<loa::Samples> items;
  for (std::size_t i = 0; i < loa::kSpoken; ++i) items.push_back(voice.says(int(i), 60));
  for (std::size_t i = 0; i < loa::kMusic; ++i) items.push_back(loa::test::made_up_music(60, std::uint32_t(i) + 100));
  bool good = true;
  for (const double seconds : {3.0, 10.0, 30.0}) good = loa::report(items, seconds, rooms, first_room) && good;
  loa::report_cost(items.back());
  return good ? 0 : 1;
}
