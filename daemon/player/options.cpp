// getopt: a few options need no library.
#include "daemon/player/options.hpp"

#include <getopt.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace loa::player {
namespace {

constexpr double kMostLatency = 10'000;  // ms either way

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

bool read_latency(std::string_view text, std::chrono::nanoseconds& latency) {
  double ms = 0;
  if (!read_number(text, ms) || !(std::abs(ms) <= kMostLatency)) return false;
  latency = std::chrono::nanoseconds{std::llround(ms * 1e6)};
  return true;
}

bool read_patience(std::string_view text, std::chrono::milliseconds& patience) {
  int ms = 0;
  if (!read_number(text, ms) || ms < 1 || ms > 60'000) return false;
  patience = std::chrono::milliseconds{ms};
  return true;
}

bool read_silence(std::string_view text, std::chrono::seconds& silence) {
  int s = 0;
  if (!read_number(text, s) || s < 0 || s > 3'600) return false;
  silence = std::chrono::seconds{s};
  return true;
}

bool read_one(int option, std::string_view value, Options& options) {
  switch (option) {
    case 'f':
      return read_number(value, options.fd) && options.fd >= 0;
    case 'd':
      options.device = value;
      return !value.empty();
    case 'c':
      return read_number(value, options.channels) && (options.channels == 1 || options.channels == 2);
    case 'm':
      return read_latency(value, options.latency);
    case 'o':
      options.out = value;
      return !value.empty();
    case 'r':
      options.resume = true;
      return true;
    case 'p':
      options.prove_rate = true;
      return true;
    case 'i':
      options.capture = value;
      return !value.empty();
    case 'q':
      options.pipe = value;
      return !value.empty();
    case 's':
      return read_silence(value, options.silence);
    case 'a':
      options.awaits_sound = true;
      return true;
    case 'w':
      return read_patience(value, options.open_patience);
    case 'l':
      options.list_devices = true;
      return true;
  }
  return false;
}

}  // namespace

std::optional<Options> read_options(int argc, char** argv) {
  static constexpr std::array<option, 14> known = {{{"fd", required_argument, nullptr, 'f'},
                                                    {"device", required_argument, nullptr, 'd'},
                                                    {"channels", required_argument, nullptr, 'c'},
                                                    {"latency-ms", required_argument, nullptr, 'm'},
                                                    {"out", required_argument, nullptr, 'o'},
                                                    {"resume", no_argument, nullptr, 'r'},
                                                    {"prove-rate", no_argument, nullptr, 'p'},
                                                    {"open-patience-ms", required_argument, nullptr, 'w'},
                                                    {"list-devices", no_argument, nullptr, 'l'},
                                                    {"capture", required_argument, nullptr, 'i'},
                                                    {"pipe", required_argument, nullptr, 'q'},
                                                    {"silence", required_argument, nullptr, 's'},
                                                    {"await-sound", no_argument, nullptr, 'a'},
                                                    {nullptr, 0, nullptr, 0}}};
  Options options;
  optind = 0;  // begin anew: tests read several command lines
  opterr = 0;
  for (int found = 0; (found = ::getopt_long(argc, argv, "", known.data(), nullptr)) != -1;) {
    if (!read_one(found, optarg == nullptr ? "" : optarg, options)) return std::nullopt;
  }
  if (optind != argc || (!options.out.empty() && options.device != "none")) return std::nullopt;
  if (options.capture.empty() != options.pipe.empty()) return std::nullopt;
  return options;
}

}  // namespace loa::player
