// The lines between daemon and keyer: flat JSON objects. Knows no socket.
#include "daemon/wire/keyer_messages.hpp"

#include <array>
#include <boost/json.hpp>
#include <utility>

namespace loa::wire {
namespace {

namespace json = boost::json;
using What = KeyEvent::What;

constexpr std::size_t kMostKeys = 64;
constexpr std::size_t kLongestKeyText = 8192;
constexpr std::array<std::pair<What, std::string_view>, 5> kWhats = {{{What::done, "done"},
                                                                      {What::failed, "failed"},
                                                                      {What::released, "released"},
                                                                      {What::disagrees, "disagrees"},
                                                                      {What::agrees, "agrees"}}};

std::string_view name_of(What what) {
  for (const auto& [value, name] : kWhats) {
    if (value == what) return name;
  }
  return "";
}

json::object keyer_object(const KeysOrder& order) {
  json::array keys;
  for (const auto& key : order.keys) {
    keys.push_back(json::object{{"kind", key.kind},
                                {"device", key.device},
                                {"line", key.line},
                                {"path", key.path},
                                {"inverted", key.inverted},
                                {"confirm", key.confirm}});
  }
  return {{"order", "keys"}, {"keys", std::move(keys)}};
}

json::object keyer_object(const WantOrder& order) {
  json::array on;
  for (const bool each : order.on) on.push_back(each);
  return {{"order", "want"}, {"on", std::move(on)}};
}

json::object keyer_object(const ReleaseOrder&) {
  return {{"order", "release"}};
}

json::object keyer_object(const KeyEvent& event) {
  return {{"event", "key"}, {"key", event.key}, {"what", name_of(event.what)}, {"on", event.on}, {"note", event.note}};
}

json::object keyer_object(const KeyerBeat&) {
  return {{"event", "beat"}};
}

std::optional<std::string> text_in(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  if (text == nullptr || text->size() > kLongestKeyText) return std::nullopt;
  return std::string(text->data(), text->size());
}

std::optional<bool> flag_in(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  const auto* flag = value == nullptr ? nullptr : value->if_bool();
  return flag == nullptr ? std::nullopt : std::optional(*flag);
}

const json::array* list_in(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  const auto* list = value == nullptr ? nullptr : value->if_array();
  return list != nullptr && list->size() <= kMostKeys ? list : nullptr;
}

std::optional<KeySetup> setup_from(const json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto kind = text_in(*object, "kind"), device = text_in(*object, "device"), line = text_in(*object, "line");
  const auto path = text_in(*object, "path"), confirm = text_in(*object, "confirm");
  const auto inverted = flag_in(*object, "inverted");
  if (!kind || !device || !line || !path || !confirm || !inverted) return std::nullopt;
  if (*kind != "serial" && *kind != "gpio" && *kind != "command") return std::nullopt;
  return KeySetup{*kind, *device, *line, *path, *inverted, *confirm};
}

std::optional<KeyerOrder> keys_from(const json::object& object) {
  const auto* list = list_in(object, "keys");
  if (list == nullptr) return std::nullopt;
  KeysOrder order;
  for (const auto& value : *list) {
    auto key = setup_from(value);
    if (!key) return std::nullopt;
    order.keys.push_back(std::move(*key));
  }
  return order;
}

std::optional<KeyerOrder> want_from(const json::object& object) {
  const auto* list = list_in(object, "on");
  if (list == nullptr) return std::nullopt;
  WantOrder order;
  for (const auto& value : *list) {
    if (!value.is_bool()) return std::nullopt;
    order.on.push_back(value.get_bool());
  }
  return order;
}

std::optional<json::object> keyer_line(std::string_view line) {
  std::error_code error;
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // a folder's path and a program's words are bytes
  const auto value = json::parse({line.data(), line.size()}, error, {}, options);
  return !error && value.is_object() ? std::optional(value.get_object()) : std::nullopt;
}

template <class Message>
std::string keyer_line_of(const Message& message) {
  return std::visit([](const auto& one) { return json::serialize(keyer_object(one)) + "\n"; }, message);
}

}  // namespace

std::string to_line(const KeyerOrder& order) {
  return keyer_line_of(order);
}

std::string to_line(const KeyerEvent& event) {
  return keyer_line_of(event);
}

std::optional<KeyerOrder> keyer_order_from(std::string_view line) {
  const auto object = keyer_line(line);
  const auto word = object ? text_in(*object, "order") : std::nullopt;
  if (word == "keys") return keys_from(*object);
  if (word == "want") return want_from(*object);
  if (word == "release") return KeyerOrder{ReleaseOrder{}};
  return std::nullopt;
}

std::optional<KeyerEvent> keyer_event_from(std::string_view line) {
  const auto object = keyer_line(line);
  const auto word = object ? text_in(*object, "event") : std::nullopt;
  if (word == "beat") return KeyerEvent{KeyerBeat{}};
  if (word != "key") return std::nullopt;
  const auto what = text_in(*object, "what"), note = text_in(*object, "note");
  const auto on = flag_in(*object, "on");
  const auto* key = object->if_contains("key");
  if (!what || !note || !on || key == nullptr || !key->is_int64() || key->get_int64() < 0) return std::nullopt;
  if (key->get_int64() >= static_cast<std::int64_t>(kMostKeys)) return std::nullopt;
  for (const auto& [value, name] : kWhats) {
    if (name == *what) return KeyEvent{static_cast<std::size_t>(key->get_int64()), value, *on, *note};
  }
  return std::nullopt;
}

}  // namespace loa::wire
