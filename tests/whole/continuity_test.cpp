// Items of a session abut to the frame, whatever their format: a sweep cut in 40 pieces, each its own file, is heard as
// if it had never been cut. Measured on the phase at each join, since every piece has its own gain.
#include <complex>
#include <cstring>
#include <fstream>
#include <numbers>

#include "tests/whole/run_fixture.hpp"

namespace loa::test {
namespace {

constexpr int kPieces = 40;
constexpr std::int64_t kPiece = 24'117;    // frames: no multiple of any codec's block
constexpr double kFrom = 300, kTo = 3000;  // Hz, over all pieces

/// Radians of the sweep at frame `at` of the whole.
double phase_at(double at) {
  const double whole = static_cast<double>(kPieces * kPiece) / 48000, seconds = at / 48000;
  const double ratio = std::log(kTo / kFrom);
  return 2 * std::numbers::pi * kFrom * whole / ratio * (std::exp(seconds / whole * ratio) - 1);
}

/// How late, in frames, the sweep is around frame `at` of the whole: its phase there against the uncut one's.
double lateness(const std::vector<double>& heard, std::int64_t at, std::int64_t width) {
  std::complex<double> sum;
  for (auto i = at; i < at + width; ++i) {
    const double window =
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i - at) / static_cast<double>(width));
    sum += window * heard[static_cast<std::size_t>(i)] * std::polar(1.0, -phase_at(static_cast<double>(i)));
  }
  const auto middle = static_cast<double>(at) + static_cast<double>(width) / 2;
  const double per_frame = phase_at(middle + 0.5) - phase_at(middle - 0.5);
  return -(std::arg(sum) + std::numbers::pi / 2) / per_frame;
}

struct Format {
  const char* ending;
  std::vector<std::string> encoder;  // before the names of the WAV and of the made file
  double most_late;                  // frames, on either side of a join
};

class Continuity : public ::testing::TestWithParam<Format> {};

void write_piece(const std::filesystem::path& raw, int piece) {
  std::string bytes;
  for (std::int64_t i = 0; i < kPiece; ++i) {
    const auto value =
        static_cast<std::int16_t>(std::lround(8000 * std::sin(phase_at(static_cast<double>(piece * kPiece + i)))));
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  std::ofstream(raw, std::ios::binary) << bytes;
}

TEST_P(Continuity, ASweepCutInPiecesIsHeardAsOne) {
  const auto& format = GetParam();
  const StationFolder station{kRunSettings};
  std::filesystem::create_directories(station.path() / "library");
  std::string articles, items;
  for (int piece = 0; piece < kPieces; ++piece) {
    const auto name = "manh-" + std::to_string(piece);
    const auto raw = station.outside("piece.raw"), wav = station.outside("piece.wav");
    write_piece(raw, piece);
    run_program({"sox", "-t", "raw", "-r", "48000", "-e", "signed", "-b", "16", "-c", "1", raw.string(), wav.string()});
    auto words = format.encoder;
    words.insert(words.end(), {wav.string(), (station.path() / "library" / (name + format.ending)).string()});
    run_program(words);
    articles += "  " + name + ": {title: M, clip: " + name + format.ending + "}\n";
    items += (piece > 0 ? ", " : "") + name;
  }
  station.write("schedule/lich.yaml",
                "articles:\n" + articles + "programmes:\n  sang: {at: \"05:00\", items: [" + items + "]}\n");
  ASSERT_EQ(station.loa({"library"}).code, 0);
  const auto out = station.outside("air.wav");
  const auto done =
      station.loa({"render", "--from", "2026-11-23T05:00", "--to", "2026-11-23T05:00:21", "--out", out.string()});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto bytes = read_file(out);
  std::vector<std::int16_t> samples(21 * 48000);
  std::memcpy(samples.data(), bytes.data() + bytes.find("data") + 8, samples.size() * 2);
  const std::vector<double> heard(samples.begin(), samples.end());
  constexpr std::int64_t kBeside = 1'200;  // frames beside a join that an encoder may smear
  for (int piece = 0; piece < kPieces; ++piece) {
    const auto begin = piece * kPiece;
    EXPECT_NEAR(lateness(heard, begin + kBeside, 2'400), 0, format.most_late)
        << "behind the join before piece " << piece;
    EXPECT_NEAR(lateness(heard, begin + kPiece - kBeside - 2'400, 2'400), 0, format.most_late)
        << "at the end of piece " << piece;
  }
  EXPECT_TRUE(std::all_of(heard.begin() + kPieces * kPiece, heard.end(), [](double sample) { return sample == 0; }));
}

INSTANTIATE_TEST_SUITE_P(Formats, Continuity,
                         ::testing::Values(Format{".wav", {"sox", "-D"}, 0.02}, Format{".flac", {"sox", "-D"}, 0.02},
                                           Format{".mp3", {"lame", "--quiet", "-b", "128"}, 0.1}),
                         [](const auto& format) { return std::string(format.param.ending + 1); });

}  // namespace
}  // namespace loa::test
