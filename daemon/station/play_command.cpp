#include "daemon/station/play_command.hpp"

#include <fcntl.h>

#include <fstream>
#include <iterator>

#include "daemon/station/cli_language.hpp"
#include "daemon/station/output.hpp"
#include "daemon/station/paths.hpp"
#include "daemon/station/play_session.hpp"
#include "daemon/station/process.hpp"
#include "daemon/station/temporary_folder.hpp"
#include "daemon/wire/media_messages.hpp"

namespace loa::station {

using config::msg;

namespace {

constexpr auto kMasterPatience = std::chrono::minutes(10);

/// The items of --list, or of the words with --at for the first; nothing, after having said why, when they are wrong.
std::optional<std::vector<PlayItem>> read_items(const Invocation& invocation, const calendar::Zone& zone) {
  bool wrong = false;
  const auto at = instant_option(invocation, "at", zone, wrong);
  const auto list = invocation.option("list");
  if (wrong) return std::nullopt;
  if (!list) {
    std::vector<PlayItem> items;
    for (const auto& file : invocation.arguments) items.push_back({file, {}, {}});
    if (!items.empty()) items.front().at = at;
    if (items.empty()) say(invocation.language, msg("play: name a file, or a list with --list"));
    return items.empty() ? std::nullopt : std::optional(items);
  }
  std::ifstream in(*list, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto read = read_play_list(text, std::filesystem::path(*list).parent_path(), zone);
  if (!in.good() && text.empty()) read.fault = msg("{0} cannot be read", *list);
  if (!read.fault.empty()) say(invocation.language, read.fault);
  return read.fault.empty() ? std::optional(std::move(read.items)) : std::nullopt;
}

/// Decoded whole to 48 kHz, its loudness untouched; nothing, after having said why, when it would not play whole.
std::optional<Master> decode(const Invocation& invocation, const std::filesystem::path& file, int channels,
                             const std::filesystem::path& out) {
  const Descriptor recording(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!recording) {
    say(invocation.language, msg("{0} cannot be read: {1}", file.string(), std::generic_category().message(errno)));
    return std::nullopt;
  }
  ChildOptions options;
  options.program = sibling_program("loa-media").value_or("loa-media");
  options.arguments = {"master", "--fd", "3", "--out", out.string(), "--channels", std::to_string(channels)};
  options.given = recording.get();
  options.deadline = kMasterPatience;
  auto child = Child::start(options);
  const auto ended = child ? std::optional(child->wait()) : std::nullopt;
  const auto mastered = ended ? wire::mastered_from(ended->answer) : std::nullopt;
  if (mastered && mastered->problem.empty()) return Master{out.string(), Frames(mastered->frames), mastered->loudness};
  say(invocation.language, msg("{0} cannot be played: {1}", file.string(), mastered ? mastered->problem : "loa-media"));
  return std::nullopt;
}

std::string json_line(const PlayItem& item, const Played& played, const calendar::Zone& zone) {
  JsonLine line;
  line.text("file", item.file.string()).text("planned", calendar::rfc3339(played.planned, zone));
  if (played.start)
    line.text("start", calendar::rfc3339(*played.start, zone)).text("end", calendar::rfc3339(played.end, zone));
  return line.whole("frames", played.frames.count())
      .whole("underruns", played.underruns)
      .text("note", played.note)
      .line();
}

std::string text_line(const PlayItem& item, const Played& played, const calendar::Zone& zone,
                      config::Language language) {
  if (!played.start) return msg("{0}: nothing of it sounded", item.file.filename().string()).in(language) + "\n";
  const auto seconds = std::chrono::duration<double>(played.frames).count();
  return msg("{0}: from {1}, {2} s, {3} underruns", item.file.filename().string(),
             calendar::rfc3339(*played.start, zone).substr(11, 12), decimal(seconds),
             static_cast<long long>(played.underruns))
             .in(language) +
         "\n";
}

PlayerProcess::Settings player_settings(const Invocation& invocation) {
  PlayerProcess::Settings settings;
  settings.program = sibling_program("loa-player").value_or("loa-player");
  settings.device = invocation.option("device").value_or("default");
  settings.channels = invocation.option("channels").value_or("1") == "2" ? 2 : 1;
  return settings;
}

}  // namespace

int play_command(const Invocation& invocation) {
  const auto zone = zone_or_default(settings_of(invocation.station).timezone);
  const auto items = read_items(invocation, zone);
  if (!items) return kWrongUsage;
  auto settings = player_settings(invocation);
  const TemporaryFolder folder;
  std::vector<PlayableItem> playable;
  for (const auto& item : *items) {
    const auto out = folder.path() / (std::to_string(playable.size()) + ".flac");
    const auto master = decode(invocation, item.file, settings.channels, out);
    if (!master) return kMistakes;
    playable.push_back({item, *master});
  }
  bool written = true;
  PlaySession session(std::move(settings), std::move(playable), [&](const Played& played) {
    const auto& item = items->at(played.index);
    written = answer(invocation.json() ? json_line(item, played, zone)
                                       : text_line(item, played, zone, invocation.language)) &&
              written;
  });
  const auto fault = session.run();
  if (!fault.empty()) say(invocation.language, msg("the device cannot play: {0}", fault));
  return fault.empty() && written ? kDone : kWorldFailed;
}

}  // namespace loa::station
