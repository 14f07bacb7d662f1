#include "daemon/station/run/play_lines.hpp"

#include <boost/json/array.hpp>

#include "daemon/wire/row.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;

std::optional<std::int64_t> whole_in(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_int64()) return {};
  return value->get_int64();
}

std::optional<Instant> instant_at(const json::object& object, std::string_view key) {
  const auto frames = whole_in(object, key);
  return frames ? std::optional(Instant(Frames(*frames))) : std::nullopt;
}

void put(json::object& object, const char* key, const std::optional<Instant>& instant) {
  if (instant) object[key] = instant->time_since_epoch().count();
}

}  // namespace

json::object play_request(const std::vector<PlayItem>& items, const std::string& by, const std::string& lang) {
  json::array files;
  for (const auto& item : items) {
    json::object file{{"file", item.file.string()}};
    put(file, "at", item.at);
    put(file, "stop", item.stop);
    files.push_back(std::move(file));
  }
  return {{"command", "play"}, {"by", by}, {"lang", lang}, {"files", std::move(files)}};
}

std::vector<PlayItem> play_items_in(const json::object& request) {
  std::vector<PlayItem> items;
  const auto* files = request.if_contains("files");
  if (files == nullptr || !files->is_array()) return items;
  for (const auto& each : files->get_array()) {
    const auto* file = each.if_object();
    PlayItem item;
    if (file != nullptr) item.file = wire::text_of(*file, "file");
    if (!item.file.is_absolute()) return {};
    item.at = instant_at(*file, "at");
    item.stop = instant_at(*file, "stop");
    items.push_back(std::move(item));
  }
  return items;
}

json::object to_line(const Played& played) {
  json::object line{{"index", static_cast<std::int64_t>(played.index)},
                    {"frames", played.frames.count()},
                    {"underruns", played.underruns},
                    {"verdict", played.verdict},
                    {"reason", played.reason}};
  put(line, "planned", played.planned);
  put(line, "start", played.start);
  if (played.start) put(line, "end", played.end);
  if (!played.note.empty()) line["note"] = played.note;
  return line;
}

std::optional<Played> played_in(const json::object& line) {
  const auto index = whole_in(line, "index"), frames = whole_in(line, "frames");
  const auto planned = instant_at(line, "planned");
  if (!index || *index < 0 || !frames || !planned) return {};
  Played played;
  played.index = static_cast<std::size_t>(*index);
  played.planned = *planned;
  played.start = instant_at(line, "start");
  played.end = instant_at(line, "end").value_or(*planned);
  played.frames = Frames(*frames);
  played.underruns = whole_in(line, "underruns").value_or(0);
  played.note = wire::text_of(line, "note");
  played.verdict = wire::text_of(line, "verdict");
  played.reason = wire::text_of(line, "reason");
  return played;
}

}  // namespace loa::station
