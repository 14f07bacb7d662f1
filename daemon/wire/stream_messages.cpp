#include "daemon/wire/stream_messages.hpp"

#include <boost/json.hpp>

namespace loa::wire {

namespace json = boost::json;

std::string to_line(const StreamNews& news) {
  json::object line{{"stream", news.what == StreamNews::What::ready ? "ready" : "ended"},
                    {"problem", news.problem},
                    {"detail", news.detail},
                    {"frames", news.frames}};
  if (news.loudness) line["loudness"] = *news.loudness;
  return json::serialize(line) + "\n";
}

std::optional<StreamNews> stream_news_from(std::string_view line) {
  boost::system::error_code error;
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // a library's words about a file's name
  const auto value = json::parse({line.data(), line.size()}, error, {}, options);
  const auto* object = error ? nullptr : value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto text = [&](const char* key) {
    const auto* found = object->if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
  };
  StreamNews news;
  const auto what = text("stream");
  if (what != "ready" && what != "ended") return std::nullopt;
  if (what == "ready") news.what = StreamNews::What::ready;
  news.problem = text("problem");
  news.detail = text("detail");
  const auto* frames = object->if_contains("frames");
  if (frames == nullptr || !frames->is_int64() || frames->get_int64() < 0) return std::nullopt;
  news.frames = frames->get_int64();
  const auto* loudness = object->if_contains("loudness");
  if (loudness != nullptr && loudness->is_number()) news.loudness = loudness->to_number<double>();
  return news;
}

}  // namespace loa::wire
