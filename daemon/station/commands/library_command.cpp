#include "daemon/station/commands/library_command.hpp"

#include <cmath>

#include "daemon/station/commands/load_measured.hpp"
#include "daemon/station/commands/plan_text.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/library/library_problems.hpp"

namespace loa::station {

namespace {

using config::Language;
using config::msg;
using playlists::Catalogue;
using playlists::Facts;

double seconds_of(const Facts& facts) {
  return facts.sample_rate > 0 ? static_cast<double>(facts.frames) / facts.sample_rate : 0;
}

/// [{"flaw":"clipped","from":12.3,"until":45.6}, …]; without from and until: the whole of it.
std::string flaws_list(const Facts& facts) {
  std::string list;
  for (const auto& flaw : facts.flaws) {
    JsonLine one;
    one.text("flaw", flaw.code);
    if (flaw.until > flaw.from) one.number("from", flaw.from).number("until", flaw.until);
    const auto line = one.line();
    list += (list.empty() ? "" : ",") + line.substr(0, line.size() - 1);
  }
  return "[" + list + "]";
}

std::string json_line(const std::string& clip, const std::optional<Facts>& facts) {
  JsonLine line;
  line.text("clip", clip);
  if (!facts) return line.text("problem", "unmeasured").line();
  line.text("sha256", facts->sha256);
  if (facts->sample_rate > 0) {
    line.whole("frames", facts->frames).whole("sample_rate", facts->sample_rate).whole("channels", facts->channels);
    line.number("duration", seconds_of(*facts));
  }
  line.text("codec", facts->codec).number("loudness", facts->loudness).number("true_peak", facts->true_peak);
  if (!facts->places.empty()) line.text("places", facts->places);
  line.text("problem", facts->problem).flag("refused", facts->refused);
  if (!facts->flaws.empty()) line.raw("flaws", flaws_list(*facts));
  return line.line();
}

std::string level(const std::optional<double>& value) {
  return value ? decimal(std::round(*value * 10) / 10) : "";
}

std::vector<std::string> row(const std::string& clip, const std::optional<Facts>& facts, Language language) {
  if (!facts) return {clip, "", "", "", "", "", msg("still being written").in(language)};
  const auto length = playlists::Frames(std::llround(seconds_of(*facts) * 48000));
  const bool known = facts->sample_rate > 0;
  return {clip,
          known ? length_words(length) : "",
          facts->codec,
          known ? std::to_string(facts->sample_rate) + "/" + std::to_string(facts->channels) : "",
          level(facts->loudness),
          level(facts->true_peak),
          problem_words(*facts).in(language)};
}

std::string text_of(const Catalogue& catalogue, Language language) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> names;
  for (const auto& name :
       {msg("Recording"), msg("Length"), msg("Codec"), msg("Hz/channels"), msg("LUFS"), msg("dBTP"), msg("Fault")}) {
    names.push_back(name.in(language));
  }
  rows.push_back(std::move(names));
  for (const auto& [clip, facts] : catalogue.all()) rows.push_back(row(clip, facts, language));
  return table(rows);
}

std::string catalogue_text(const Catalogue& catalogue, const Invocation& invocation) {
  if (!invocation.json()) return text_of(catalogue, invocation.language);
  std::string lines;
  for (const auto& [clip, facts] : catalogue.all()) lines += json_line(clip, facts);
  return lines;
}

/// What lies in a library and is no recording: pipes, links that lead out, names that cannot be written.
config::Diagnostics of_library(const config::Diagnostics& diagnostics) {
  config::Diagnostics found;
  for (const auto& each : diagnostics.all()) {
    if (each.code.starts_with("library-")) found.file_warning(each.code, each.file, each.message).mend(each.hint);
  }
  return found;
}

}  // namespace

int library_command(const Invocation& invocation) {
  const auto loaded = load_measured(invocation, Measure::always);
  if (!loaded) return kWorldFailed;
  if (loaded->files.texts.empty()) {  // no station.yaml: not even the folders are known
    say_diagnostics(loaded->diagnostics, invocation.language);
    return kMistakes;
  }
  say_diagnostics(of_library(loaded->diagnostics), invocation.language);
  return answer(catalogue_text(loaded->catalogue, invocation)) ? kDone : kWorldFailed;
}

}  // namespace loa::station
