// The only file that includes libyaml.
#include "config/yaml_second.hpp"

#include <yaml.h>

#include <memory>

namespace loa::config::yaml {
namespace {

// libyaml counts characters.
std::size_t byte_of_character(std::string_view bytes, std::size_t character) {
  std::size_t at = 0;
  for (; at < bytes.size(); ++at) {
    if ((static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80) continue;
    if (character == 0) break;
    --character;
  }
  return at;
}

struct Parser {
  yaml_parser_t parser;
  Parser() { yaml_parser_initialize(&parser); }
  ~Parser() { yaml_parser_delete(&parser); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
};

}  // namespace

std::optional<SecondOpinion> second_opinion(std::string_view bytes) {
  Parser reader;
  auto& parser = reader.parser;
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  for (bool done = false; !done;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) {
      const char* words = parser.problem != nullptr ? parser.problem : "not YAML";
      return SecondOpinion{byte_of_character(bytes, parser.problem_mark.index), words};
    }
    done = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  return std::nullopt;
}

}  // namespace loa::config::yaml
