// Loudness and true peak as ffmpeg's ebur128 finds them: another program's code from end to end.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace loa::test {

struct MeteredLevels {
  double loudness = -70;   // LUFS, to 0.1; -70: too short or silent
  double true_peak = -99;  // dBTP, to 0.1
};

/// `file`: anything that ffmpeg reads; `trim`: options before the input, as "-ss 3 -t 5" or "-stream_loop 9".
inline MeteredLevels metered(const std::string& file, const std::string& trim = "") {
  const auto command = "ffmpeg -nostdin -hide_banner -nostats " + trim + " -i '" + file +
                       "' -filter_complex ebur128=peak=true:framelog=verbose -f null - 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("ffmpeg cannot be started");
  std::string words;
  char block[4096];
  for (std::size_t count = 0; (count = std::fread(block, 1, sizeof block, pipe)) > 0;) words.append(block, count);
  if (::pclose(pipe) != 0) throw std::runtime_error(words);
  const auto after = [&](const char* word) {
    const auto at = words.rfind(word);
    if (at == std::string::npos) throw std::runtime_error(words);
    const auto* begin = words.c_str() + at + std::string(word).size();
    return std::strtod(begin, nullptr);
  };
  MeteredLevels levels{after(" I: "), after("Peak:")};
  if (!std::isfinite(levels.true_peak)) levels.true_peak = -99;
  return levels;
}

}  // namespace loa::test
