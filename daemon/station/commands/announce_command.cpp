#include "daemon/station/commands/announce_command.hpp"

#include <chrono>

#include "config/fields.hpp"
#include "daemon/station/commands/cli_language.hpp"
#include "daemon/station/commands/play_remote.hpp"
#include "daemon/station/conductor/announce_order.hpp"
#include "daemon/station/host/lock.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/run/announce_desk.hpp"
#include "daemon/station/run/control.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

using config::msg;

namespace {

constexpr std::chrono::hours kLongestLive{4};
constexpr std::chrono::days kLongestRepeated{31};
constexpr std::chrono::hours kUnlessSaid{24};  // repeats end, when nobody said when
constexpr std::chrono::minutes kLeastEvery{1};

config::Node scalar(const std::string& words) {
  config::Node node;
  node.kind = config::Node::Kind::scalar;
  node.scalar = words;
  return node;
}

/// Reads the options one after the other; what is wrong is said, once.
class AnnounceReader {
 public:
  explicit AnnounceReader(const Invocation& invocation)
      : invocation_(invocation), zone_(zone_or_default(settings_of(invocation.station).timezone)) {}

  std::optional<AnnounceOrder> read() {
    order_.by = invocation_.option("by").value_or("");
    order_.input = invocation_.option("input").value_or("");
    order_.emergency = invocation_.has("emergency");
    if (!takes_one() || !(order_.is_live() ? read_live() : read_repeats())) return std::nullopt;
    return order_;
  }

 private:
  bool wrong(const config::Text& text) const {
    say(invocation_.language, text);
    return false;
  }

  bool takes_one() {
    const auto& files = invocation_.arguments;
    if (order_.by.empty()) return wrong(msg("announce: --by NAME is needed: the log names who ordered it"));
    if (files.size() > 1) return wrong(msg("announce: one file at a time; the next one would break into it"));
    if (files.empty() == order_.input.empty()) return wrong(msg("announce: name a file, or a device with --input"));
    if (!files.empty()) order_.file = std::filesystem::absolute(files.front()).lexically_normal().string();
    return true;
  }

  std::optional<std::chrono::milliseconds> span(const char* name) const {
    const auto words = invocation_.option(name);
    if (!words) return std::nullopt;
    config::Diagnostics ignored;
    auto read = config::read_duration(scalar(*words), ignored);
    if (!read) wrong(msg("--{0}: “{1}” is no duration; write 45s, 10min or 1h30min", name, *words));
    return read;
  }

  bool read_live() {
    for (const auto* name : {"repeat", "between", "until"}) {
      if (invocation_.has(name)) return wrong(msg("--{0} is for a file; a live input is not repeated", name));
    }
    if (!invocation_.has("for"))
      return wrong(msg("announce: --for DURATION is needed with --input, so that no microphone stays open"));
    const auto length = span("for");
    if (!length) return false;
    if (*length < std::chrono::seconds(1) || *length > kLongestLive) return wrong(msg("--for: from 1s to 4h"));
    order_.length = std::chrono::duration_cast<Frames>(*length);
    return true;
  }

  bool read_repeats() {
    if (invocation_.has("for")) return wrong(msg("--for is for a live input; a file ends by itself"));
    if (invocation_.has("emergency"))
      return wrong(msg("--emergency is for a live input; a file is announced at any hour"));
    if (!invocation_.has("repeat")) {
      for (const auto* name : {"between", "until"}) {
        if (invocation_.has(name)) return wrong(msg("--{0} belongs to --repeat", name));
      }
      return true;
    }
    const auto every = span("repeat");
    if (!every) return false;
    if (*every < kLeastEvery || *every > kUnlessSaid || every->count() % 1000 != 0)
      return wrong(msg("--repeat: from 1min to 24h"));
    order_.every = std::chrono::duration_cast<std::chrono::seconds>(*every);
    return read_between() && read_until();
  }

  bool read_between() {
    const auto words = invocation_.option("between");
    if (!words) return true;
    const auto dash = words->find('-');
    config::Diagnostics ignored;
    const auto from = dash == words->npos ? std::nullopt : config::read_time(scalar(words->substr(0, dash)), ignored);
    const auto until =
        dash == words->npos ? std::nullopt : config::read_time(scalar(words->substr(dash + 1)), ignored, true);
    if (!from || !until) return wrong(msg("--between: “{0}” are no times; write 07:00-20:00", *words));
    order_.between = DaySpan{seconds_of(*from), seconds_of(*until)};
    return true;
  }

  static std::chrono::seconds seconds_of(const config::TimeOfDay& time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.since_midnight);
  }

  bool read_until() {
    const auto now = std::chrono::time_point_cast<Frames>(std::chrono::system_clock::now());
    bool bad = false;
    const auto until = instant_option(invocation_, "until", zone_, bad);
    if (bad) return false;
    order_.until = until.value_or(now + kUnlessSaid);
    if (order_.until <= now) return wrong(msg("--until: this instant is over"));
    if (order_.until > now + kLongestRepeated) return wrong(msg("--until: at most 31 days ahead; order it again then"));
    return true;
  }

  const Invocation& invocation_;
  calendar::Zone zone_;
  AnnounceOrder order_;
};

/// Nothing when no daemon answers, after having said so.
std::optional<boost::json::object> ask_station(const Invocation& invocation, boost::json::object request) {
  const auto socket = StationPaths{invocation.station}.socket();
  request["lang"] = invocation.language == config::Language::vi ? "vi" : "en";
  std::optional<boost::json::object> answered;
  listen_to_daemon(socket, request, [&](const boost::json::object& line) { answered = line; });
  if (answered) return answered;
  const auto holder = lock_holder(invocation.station);
  say(invocation.language,
      holder && holder->runs
          ? msg("the station is starting, or ending; ask again in a moment")
          : msg("no daemon runs for this station, so nothing is announced: start it with `loa run`; without a station "
                "`loa play FILE` sounds on this machine's device"));
  return std::nullopt;
}

int tell(const boost::json::object& answered) {
  say_lines(wire::text_of(answered, "message") + "\n");
  const auto* done = answered.if_contains("done");
  return done != nullptr && done->is_bool() && done->get_bool() ? kDone : kMistakes;
}

}  // namespace

int announce_command(const Invocation& invocation) {
  if (invocation.has("stop")) {
    if (!invocation.arguments.empty() || invocation.has("input") || invocation.has("repeat")) {
      say(invocation.language, msg("announce: --stop ends what is announced; it takes no file"));
      return kWrongUsage;
    }
    const auto answered = ask_station(invocation, {{"command", "announce-stop"}, {"by", who_asks(invocation)}});
    return answered ? tell(*answered) : kWorldFailed;
  }
  const auto order = AnnounceReader(invocation).read();
  if (!order) return kWrongUsage;
  const auto answered = ask_station(invocation, announce_request(*order, ""));
  return answered ? tell(*answered) : kWorldFailed;
}

}  // namespace loa::station
