// Makes the schema of one file from config/schema.json, where all of them stand together: takes what that file needs,
// translates what people read, and writes parts of patterns out.
#include "config/schema.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include "config/carried_file.hpp"

LOA_CARRY_FILE(loa_schema, LOA_SCHEMA);  // the build names the file

namespace loa::config {
namespace {

namespace json = boost::json;

constexpr std::string_view kPlace = "#/definitions/";
constexpr std::size_t kLineWidth = 110;  // bytes of a value that stays on one line

// Parts that stand in patterns of config/schema.json by their name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kParts{{
    {"<YMD>", "(19[7-9][0-9]|20[0-9][0-9]|21[0-9][0-9])-<MD>"},
    {"<MD>", "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"},
    {"<LD>", "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|30|last)"},
    {"<PART>", "(?!\\.)[^/\\\\\\x00-\\x1f\\x7f]*[^/\\\\~\\x00-\\x1f\\x7f]"},
}};

std::string written_out(std::string_view pattern) {
  std::string whole(pattern);
  for (const auto& [name, part] : kParts) {
    for (auto at = whole.find(name); at != std::string::npos; at = whole.find(name, at + part.size())) {
      whole.replace(at, name.size(), part);
    }
  }
  return whole;
}

const json::object& definitions() {
  static const json::value all =
      json::parse({loa_schema_begin, static_cast<std::size_t>(loa_schema_end - loa_schema_begin)});
  return all.at("definitions").as_object();
}

std::string_view name_of(const json::value& reference) {
  return std::string_view(reference.as_string()).substr(kPlace.size());
}

bool is_for_people(std::string_view key) {
  return key == "description" || key == "patternErrorMessage";
}

class Maker {
 public:
  Maker(std::string_view kind, Language language) : language_(language) {
    schema_["$schema"] = "http://json-schema.org/draft-07/schema#";
    const auto root = made(definitions().at(kind));
    for (const auto& [key, value] : root.as_object()) schema_[key] = value;
    json::object parts;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {  // grows on the way
      const auto name = wanted_[i];
      parts[name] = made(definitions().at(name));
    }
    schema_["definitions"] = std::move(parts);
  }

  json::value take() { return std::move(schema_); }

 private:
  json::value made(const json::value& value) {
    if (const auto* list = value.if_array()) {
      json::array copy;
      for (const auto& each : *list) copy.push_back(made(each));
      return copy;
    }
    return value.is_object() ? made(value.as_object()) : value;
  }

  // What stands beside a reference is ignored by draft-07: there the referred one is written out, the keys beside it
  // instead of its own.
  json::value made(const json::object& object) {
    const auto* reference = object.if_contains("$ref");
    if (reference != nullptr && object.size() == 1) {
      want(name_of(*reference));
      return object;
    }
    auto whole = object;
    if (reference != nullptr) {
      for (const auto& [key, value] : definitions().at(name_of(*reference)).as_object()) whole.emplace(key, value);
      whole.erase("$ref");
    }
    json::object copy;
    for (const auto& [key, value] : whole) copy[key] = member(key, value);
    return copy;
  }

  json::value member(std::string_view key, const json::value& value) {
    if (!value.is_string()) return made(value);
    const std::string words(value.as_string());
    if (is_for_people(key)) return json::string(Text(words.c_str(), {}).in(language_));
    return key == "pattern" ? json::string(written_out(words)) : value.as_string();
  }

  void want(std::string_view name) {
    if (std::find(wanted_.begin(), wanted_.end(), name) == wanted_.end()) wanted_.emplace_back(name);
  }

  Language language_;
  json::object schema_;
  std::vector<std::string> wanted_;
};

void write(std::string& out, const json::value& value, std::size_t indent);

void write_members(std::string& out, const json::value& value, std::size_t indent) {
  const std::string blanks(indent + 2, ' ');
  bool first = true;
  const auto begin = [&] {
    out += first ? "\n" : ",\n";
    out += blanks;
    first = false;
  };
  if (const auto* list = value.if_array()) {
    for (const auto& each : *list) {
      begin();
      write(out, each, indent + 2);
    }
    return;
  }
  for (const auto& [key, each] : value.as_object()) {
    begin();
    out += json::serialize(key) + ": ";
    write(out, each, indent + 2);
  }
}

// With line breaks and two blanks a step, as people write it.
void write(std::string& out, const json::value& value, std::size_t indent) {
  const auto line = json::serialize(value);
  if (!value.is_structured() || indent + line.size() <= kLineWidth) {
    out += line;
    return;
  }
  out += value.is_array() ? '[' : '{';
  write_members(out, value, indent);
  out += '\n' + std::string(indent, ' ') + (value.is_array() ? ']' : '}');
}

}  // namespace

std::string schema_file_name(std::string_view kind) {
  return std::string(kind) + ".schema.json";
}

std::string schema_text(std::string_view kind, Language language) {
  std::string text;
  write(text, Maker(kind, language).take(), 0);
  return text + '\n';
}

}  // namespace loa::config
