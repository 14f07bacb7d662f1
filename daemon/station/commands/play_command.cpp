#include "daemon/station/commands/play_command.hpp"

#include <fstream>
#include <functional>
#include <iterator>

#include "daemon/station/commands/cli_language.hpp"
#include "daemon/station/commands/play_remote.hpp"
#include "daemon/station/commands/play_session.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/host/temporary_folder.hpp"
#include "daemon/station/page/log_words.hpp"
#include "daemon/station/run/play_master.hpp"

namespace loa::station {

using config::msg;

namespace {

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

std::string json_line(const PlayItem& item, const Played& played, const calendar::Zone& zone) {
  JsonLine line;
  line.text("file", item.file.string()).text("planned", calendar::rfc3339(played.planned, zone));
  if (played.start)
    line.text("start", calendar::rfc3339(*played.start, zone)).text("end", calendar::rfc3339(played.end, zone));
  return line.whole("frames", played.frames.count())
      .whole("underruns", played.underruns)
      .text("note", played.note)
      .text("verdict", played.verdict)
      .text("reason", played.reason)
      .line();
}

/// Why it did not sound as it was asked for, behind ": "; "" when nothing is known against it.
std::string why_not(const Played& played, config::Language language) {
  const auto reason = wire::reason_named(played.reason);
  if (!reason || *reason == wire::Reason::none) return {};
  return ": " + words_of(*reason).in(language);
}

std::string text_line(const PlayItem& item, const Played& played, const calendar::Zone& zone,
                      config::Language language) {
  const auto name = item.file.filename().string();
  if (!played.start) return msg("{0}: nothing of it sounded", name).in(language) + why_not(played, language) + "\n";
  const auto seconds = std::chrono::duration<double>(played.frames).count();
  return msg("{0}: from {1}, {2} s, {3} underruns", name, calendar::rfc3339(*played.start, zone).substr(11, 12),
             decimal(seconds), static_cast<long long>(played.underruns))
             .in(language) +
         why_not(played, language) + "\n";
}

PlayerProcess::Settings player_settings(const Invocation& invocation) {
  PlayerProcess::Settings settings;
  settings.program = sibling_program("loa-player").value_or("loa-player");
  settings.device = invocation.option("device").value_or("default");
  settings.channels = invocation.option("channels").value_or("1") == "2" ? 2 : 1;
  return settings;
}

/// On a device of its own, without a station.
int play_here(const Invocation& invocation, const std::vector<PlayItem>& items,
              const std::function<void(const Played&)>& tell) {
  auto settings = player_settings(invocation);
  const TemporaryFolder folder;
  std::vector<PlayableItem> playable;
  bool faulty = false;
  for (const auto& item : items) {
    const auto out = folder.path() / (std::to_string(playable.size()) + ".flac");
    auto made = make_play_master(item.file, settings.channels, out);
    if (!made.fault.empty()) {
      say(invocation.language, made.fault);
      faulty = true;
      continue;
    }
    playable.push_back({item, std::move(made.master), std::move(made.sha256)});
  }
  if (faulty) return kMistakes;
  PlaySession session(std::move(settings), std::move(playable), tell);
  const auto fault = session.run();
  if (!fault.empty()) say(invocation.language, msg("the device cannot play: {0}", fault));
  return fault.empty() ? kDone : kWorldFailed;
}

}  // namespace

int play_command(const Invocation& invocation) {
  const auto zone = zone_or_default(settings_of(invocation.station).timezone);
  const auto items = read_items(invocation, zone);
  if (!items) return kWrongUsage;
  if (items->empty()) {
    say(invocation.language, msg("the list is empty; nothing is played"));
    return kDone;
  }
  bool written = true;
  const auto tell = [&](const Played& played) {
    const auto& item = items->at(played.index);
    written = answer(invocation.json() ? json_line(item, played, zone)
                                       : text_line(item, played, zone, invocation.language)) &&
              written;
  };
  const auto holder = holder_of_device(invocation);
  if (holder == Holder::silent) {
    say(invocation.language, msg("the running station does not answer; nothing is played"));
    return kWorldFailed;
  }
  const auto code =
      holder == Holder::run ? play_through_run(invocation, *items, tell) : play_here(invocation, *items, tell);
  return written ? code : kWorldFailed;
}

}  // namespace loa::station
