// The lines between daemon and listener: flat JSON objects. Knows no socket.
#include "daemon/wire/listener_messages.hpp"

#include <array>
#include <boost/json.hpp>
#include <utility>

namespace loa::wire {
namespace {

namespace json = boost::json;
using State = InputEvent::State;

constexpr std::size_t kLongestListenerText = 8192;
constexpr std::array<std::pair<State, std::string_view>, 3> kInputStates = {
    {{State::open, "open"}, {State::absent, "absent"}, {State::lost, "lost"}}};

json::object listener_object(const SoundsOrder& order) {
  return {{"order", "sounds"},
          {"id", order.id},
          {"master", order.master},
          {"offset", order.offset.count()},
          {"frames", order.frames.count()},
          {"at", order.at.count()}};
}

json::object listener_object(const OverOrder& order) {
  return {{"order", "over"}, {"id", order.id}, {"played", order.played.count()}};
}

json::object listener_object(const AskOrder& order) {
  return {{"order", "ask"}, {"id", order.id}};
}

json::object listener_object(const HeardEvent& event) {
  json::object object{{"event", "heard"}, {"id", event.id}};
  if (event.heard) object["heard"] = heard_object(*event.heard);
  return object;
}

json::object listener_object(const InputEvent& event) {
  return {{"event", "input"}, {"state", name_of(event.state)}, {"note", event.note}};
}

json::object listener_object(const ListenerBeat&) {
  return {{"event", "beat"}};
}

std::optional<std::string> listener_text(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  if (text == nullptr || text->size() > kLongestListenerText) return std::nullopt;
  return std::string(text->data(), text->size());
}

std::optional<std::int64_t> listener_count(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return std::nullopt;
  return value->get_int64();
}

std::optional<json::object> listener_line(std::string_view line) {
  std::error_code error;
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // paths are bytes
  const auto value = json::parse({line.data(), line.size()}, error, {}, options);
  return !error && value.is_object() ? std::optional(value.get_object()) : std::nullopt;
}

template <class Message>
std::string listener_line_of(const Message& message) {
  return std::visit([](const auto& one) { return json::serialize(listener_object(one)) + "\n"; }, message);
}

std::optional<ListenerOrder> sounds_from(const json::object& object, const std::string& id) {
  const auto master = listener_text(object, "master");
  const auto offset = listener_count(object, "offset"), frames = listener_count(object, "frames");
  const auto at = listener_count(object, "at");
  if (!master || !offset || !frames || !at) return std::nullopt;
  return SoundsOrder{id, *master, Frames(*offset), Frames(*frames), std::chrono::nanoseconds(*at)};
}

std::optional<ListenerEvent> heard_event_from(const json::object& object) {
  const auto id = listener_text(object, "id");
  if (!id) return std::nullopt;
  const auto* said = object.if_contains("heard");
  if (said == nullptr) return HeardEvent{*id, std::nullopt};
  const auto heard = said->is_object() ? heard_from(said->get_object()) : std::nullopt;
  if (!heard) return std::nullopt;
  return HeardEvent{*id, heard};
}

}  // namespace

std::string_view name_of(InputEvent::State state) {
  for (const auto& [value, name] : kInputStates) {
    if (value == state) return name;
  }
  return "";
}

std::string to_line(const ListenerOrder& order) {
  return listener_line_of(order);
}

std::string to_line(const ListenerEvent& event) {
  return listener_line_of(event);
}

std::optional<ListenerOrder> listener_order_from(std::string_view line) {
  const auto object = listener_line(line);
  const auto word = object ? listener_text(*object, "order") : std::nullopt;
  const auto id = object ? listener_text(*object, "id") : std::nullopt;
  if (!word || !id) return std::nullopt;
  if (*word == "ask") return AskOrder{*id};
  if (*word == "sounds") return sounds_from(*object, *id);
  const auto played = listener_count(*object, "played");
  if (*word != "over" || !played) return std::nullopt;
  return OverOrder{*id, Frames(*played)};
}

std::optional<ListenerEvent> listener_event_from(std::string_view line) {
  const auto object = listener_line(line);
  const auto word = object ? listener_text(*object, "event") : std::nullopt;
  if (word == "beat") return ListenerBeat{};
  if (word == "heard") return heard_event_from(*object);
  if (word != "input") return std::nullopt;
  const auto state = listener_text(*object, "state"), note = listener_text(*object, "note");
  if (!state || !note) return std::nullopt;
  for (const auto& [value, name] : kInputStates) {
    if (name == *state) return InputEvent{value, *note};
  }
  return std::nullopt;
}

}  // namespace loa::wire
