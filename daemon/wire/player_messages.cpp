// The lines between daemon and player: flat JSON objects, whole numbers for frames and instants. Knows no socket.
#include "daemon/wire/player_messages.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <limits>
#include <utility>

namespace loa::wire {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFarthest = 400'000'000'000'000;  // frames since 1970: the year 2234; nanoseconds end in 2262
constexpr std::int64_t kLongest = 4'000'000'000'000;     // frames: two years and a half
constexpr std::size_t kLongestText = 16384;
constexpr std::array<std::pair<EndCause, std::string_view>, 6> kCauses = {{{EndCause::whole, "whole"},
                                                                           {EndCause::cut, "cut"},
                                                                           {EndCause::cancelled, "cancelled"},
                                                                           {EndCause::gate, "gate"},
                                                                           {EndCause::underrun, "underrun"},
                                                                           {EndCause::unreadable, "unreadable"}}};

std::string_view name_of(EndCause cause) {
  for (const auto& [value, name] : kCauses) {
    if (value == cause) return name;
  }
  return "";
}

// --- writing ---

std::int64_t count(Instant instant) {
  return instant.time_since_epoch().count();
}

/// An interval without an end in sight ("always") is said as far as it can be.
std::int64_t sayable(Instant instant) {
  return std::clamp<std::int64_t>(count(instant), 0, kFarthest);
}

json::object object_of(const PlayOrder& order) {
  json::object made{{"order", "play"},
                    {"id", order.id},
                    {"attempt", order.attempt},
                    {"master", order.master},
                    {"anchor", count(order.anchor)},
                    {"at", order.at.count()},
                    {"offset", order.offset.count()},
                    {"frames", order.frames.count()},
                    {"fade", order.fade.count()},
                    {"heeds_soft_hours", order.heeds_soft_hours}};
  if (order.announce) made["announce"] = true;
  if (order.live.empty()) return made;
  made["live"] = order.live;
  made["keeps_time"] = order.keeps_time;
  made["at_once"] = order.at_once;
  made["peak"] = order.peak;
  return made;
}

json::object object_of(const CancelOrder& order) {
  return {{"order", "cancel"}, {"id", order.id}, {"attempt", order.attempt}, {"fade", order.fade.count()}};
}

json::object object_of(const GateOrder& order) {
  json::array open;
  for (const auto& [from, until] : order.open) open.push_back(json::array{sayable(from), sayable(until)});
  json::array soft;
  for (const auto& [from, until, gain] : order.soft) soft.push_back(json::array{sayable(from), sayable(until), gain});
  return {
      {"order", "gate"}, {"open", std::move(open)}, {"good_for", order.good_for.count()}, {"soft", std::move(soft)}};
}

json::object object_of(const QuitOrder&) {
  return {{"order", "quit"}};
}

json::object object_of(const DeviceEvent& event) {
  return {{"event", "device"},
          {"state", event.state},
          {"name", event.name},
          {"note", event.note},
          {"latency_ms", event.latency_ms}};
}

json::object object_of(const BeatEvent& event) {
  return {{"event", "beat"},
          {"taken", event.taken},
          {"underruns", event.underruns},
          {"heard", count(event.heard)},
          {"id", event.id},
          {"attempt", event.attempt},
          {"played", event.played.count()},
          {"gate_open", event.gate_open},
          {"silent", event.silent.count()}};
}

json::object object_of(const StartedEvent& event) {
  return {{"event", "started"},
          {"id", event.id},
          {"attempt", event.attempt},
          {"at", count(event.at)},
          {"error_ns", event.error.count()}};
}

json::object object_of(const EndedEvent& event) {
  return {{"event", "ended"},
          {"id", event.id},
          {"attempt", event.attempt},
          {"at", count(event.at)},
          {"played", event.played.count()},
          {"cause", name_of(event.cause)},
          {"note", event.note}};
}

template <class Message>
std::string line_of(const Message& message) {
  return std::visit([](const auto& one) { return json::serialize(object_of(one)) + "\n"; }, message);
}

// --- reading ---

/// Reads the fields of one object; after the first that is missing or wrong, ok() is false for good.
class MessageReader {
 public:
  explicit MessageReader(const json::object& object) : object_(object) {}
  bool ok() const { return ok_; }

  bool has(const char* key) const { return object_.contains(key); }

  std::string text(const char* key) {
    const auto* value = object_.if_contains(key);
    const auto* found = value == nullptr ? nullptr : value->if_string();
    if (found == nullptr || found->size() > kLongestText) return fail<std::string>();
    return {found->data(), found->size()};
  }

  std::int64_t whole(const char* key, std::int64_t least, std::int64_t most) {
    const auto* value = object_.if_contains(key);
    return value == nullptr ? fail<std::int64_t>() : whole(*value, least, most);
  }

  std::int64_t whole(const json::value& value, std::int64_t least, std::int64_t most) {
    const auto* found = value.if_int64();
    if (found == nullptr || *found < least || *found > most) return fail<std::int64_t>();
    return *found;
  }

  double number(const char* key) {
    const auto* value = object_.if_contains(key);
    if (value == nullptr || !value->is_number()) return fail<double>();
    return value->to_number<double>();
  }

  double number(const json::value& value, double least, double most) {
    const double found = value.is_number() ? value.to_number<double>() : most + 1;
    return found >= least && found <= most ? found : fail<double>();
  }

  bool flag(const char* key) {
    const auto* value = object_.if_contains(key);
    const auto* found = value == nullptr ? nullptr : value->if_bool();
    return found == nullptr ? fail<bool>() : *found;
  }

  const json::array& list(const char* key) {
    static const json::array none;
    const auto* value = object_.if_contains(key);
    const auto* found = value == nullptr ? nullptr : value->if_array();
    if (found == nullptr) ok_ = false;
    return found == nullptr ? none : *found;
  }

  std::string id() {
    auto found = text("id");
    if (found.empty()) ok_ = false;
    return found;
  }
  std::uint32_t attempt() {
    return static_cast<std::uint32_t>(whole("attempt", 0, std::numeric_limits<std::uint32_t>::max()));
  }
  Frames frames(const char* key, std::int64_t least = 0) { return Frames{whole(key, least, kLongest)}; }
  Instant instant(const char* key) { return Instant{Frames{whole(key, 0, kFarthest)}}; }
  Instant instant(const json::value& value) { return Instant{Frames{whole(value, 0, kFarthest)}}; }

  template <class T>
  T fail() {
    ok_ = false;
    return T{};
  }

 private:
  const json::object& object_;
  bool ok_ = true;
};

PlayOrder read_play(MessageReader& in) {
  PlayOrder order;
  order.id = in.id();
  order.attempt = in.attempt();
  order.master = in.text("master");
  order.anchor = in.instant("anchor");
  order.at = in.frames("at", -kLongest);
  order.offset = in.frames("offset");
  order.frames = in.frames("frames");
  order.fade = in.frames("fade");
  order.heeds_soft_hours = in.flag("heeds_soft_hours");
  if (in.has("announce")) order.announce = in.flag("announce");
  if (!in.has("live")) return order;
  order.live = in.text("live");
  order.keeps_time = in.flag("keeps_time");
  order.at_once = in.flag("at_once");
  order.peak = in.number("peak");
  return order;
}

CancelOrder read_cancel(MessageReader& in) {
  CancelOrder order;
  order.id = in.id();
  order.attempt = in.attempt();
  order.fade = in.frames("fade");
  return order;
}

GateOrder read_gate(MessageReader& in) {
  GateOrder order;
  for (const auto& entry : in.list("open")) {
    const auto* pair = entry.if_array();
    if (pair == nullptr || pair->size() != 2) return in.fail<GateOrder>();
    const auto from = in.instant((*pair)[0]);
    order.open.push_back({from, in.instant((*pair)[1])});
  }
  order.good_for = in.frames("good_for");
  for (const auto& entry : in.list("soft")) {
    const auto* row = entry.if_array();
    if (row == nullptr || row->size() != 3) return in.fail<GateOrder>();
    const auto from = in.instant((*row)[0]);
    const auto until = in.instant((*row)[1]);
    order.soft.push_back({from, until, in.number((*row)[2], -60, 0)});
  }
  return order;
}

DeviceEvent read_device(MessageReader& in) {
  DeviceEvent event;
  event.state = in.text("state");
  event.name = in.text("name");
  event.note = in.text("note");
  event.latency_ms = in.number("latency_ms");
  return event;
}

BeatEvent read_beat(MessageReader& in) {
  BeatEvent event;
  event.taken = in.whole("taken", 0, kFarthest);
  event.underruns = in.whole("underruns", 0, kFarthest);
  event.heard = in.instant("heard");
  event.id = in.text("id");
  event.attempt = in.attempt();
  event.played = in.frames("played");
  event.gate_open = in.flag("gate_open");
  event.silent = in.frames("silent");
  return event;
}

StartedEvent read_started(MessageReader& in) {
  StartedEvent event;
  event.id = in.id();
  event.attempt = in.attempt();
  event.at = in.instant("at");
  event.error = std::chrono::nanoseconds{
      in.whole("error_ns", std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max())};
  return event;
}

EndedEvent read_ended(MessageReader& in) {
  EndedEvent event;
  event.id = in.id();
  event.attempt = in.attempt();
  event.at = in.instant("at");
  event.played = in.frames("played");
  const auto cause = in.text("cause");
  bool known = false;
  for (const auto& [value, name] : kCauses) {
    if (name == cause) event.cause = value, known = true;
  }
  event.note = in.text("note");
  return known ? event : in.fail<EndedEvent>();
}

std::optional<json::object> parse(std::string_view line) {
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // a folder's path is bytes
  json::error_code error;
  auto value = json::parse({line.data(), line.size()}, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

template <class Message, class Read>
std::optional<Message> finish(MessageReader& in, Read read) {
  Message message = read(in);
  return in.ok() ? std::optional<Message>{std::move(message)} : std::nullopt;
}

}  // namespace

std::string to_line(const Order& order) {
  return line_of(order);
}
std::string to_line(const Event& event) {
  return line_of(event);
}

std::optional<Order> order_from(std::string_view line) {
  const auto object = parse(line);
  if (!object) return std::nullopt;
  MessageReader in(*object);
  const auto kind = in.text("order");
  if (kind == "play") return finish<Order>(in, read_play);
  if (kind == "cancel") return finish<Order>(in, read_cancel);
  if (kind == "gate") return finish<Order>(in, read_gate);
  if (kind == "quit") return QuitOrder{};
  return std::nullopt;
}

std::optional<Event> event_from(std::string_view line) {
  const auto object = parse(line);
  if (!object) return std::nullopt;
  MessageReader in(*object);
  const auto kind = in.text("event");
  if (kind == "device") return finish<Event>(in, read_device);
  if (kind == "beat") return finish<Event>(in, read_beat);
  if (kind == "started") return finish<Event>(in, read_started);
  if (kind == "ended") return finish<Event>(in, read_ended);
  return std::nullopt;
}

}  // namespace loa::wire
