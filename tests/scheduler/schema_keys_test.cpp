// No key can be forgotten: wherever the reader reads a mapping, the schema has exactly the keys that it asks for.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "tests/scheduler/schema_full_files.hpp"

namespace loa::scheduler {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using Keys = std::set<std::string>;

struct Mapping {
  std::string what;        // as the reader calls it: msg("an article")
  std::string kind, text;  // a file with “zzzzzzzzzzzz” (near to no key) in one such mapping
  std::string schema;      // JSON pointers to its properties, with blanks between
  Keys only_reader = {};   // keys that the reader answers with "not yet supported" in the end
};

const std::string kItems = "/definitions/item/anyOf/1/properties";
const std::string kDays = "/definitions/days/anyOf/2/properties";

const std::vector<Mapping>& mappings() {
  static const std::vector<Mapping> all = {
      {"station.yaml", "station", "station: {id: xa, name: Xã}\nzzzzzzzzzzzz: 1\n", "/properties"},
      {"the station", "station", "station: {id: xa, name: Xã, zzzzzzzzzzzz: 1}\n", "/definitions/identity/properties"},
      {"a row of soft_hours", "station",
       "station: {id: xa, name: Xã}\naudio: {soft_hours: {from: 05:00, until: 06:00, gain: -6, zzzzzzzzzzzz: 1}}\n",
       "/definitions/soft/properties"},
      {"a row of permitted_hours", "station",
       "station: {id: xa, name: Xã}\npermitted_hours: {from: 05:00, until: 21:00, zzzzzzzzzzzz: 1}\n",
       "/definitions/hours/properties"},
      {"a limit", "station", "station: {id: xa, name: Xã}\nlimits: {name: A, sessions_per_day: 1, zzzzzzzzzzzz: 1}\n",
       "/definitions/limit/properties"},
      {"audio", "station", "station: {id: xa, name: Xã}\naudio: {zzzzzzzzzzzz: 1}\n", "/definitions/audio/properties"},
      {"clock", "station", "station: {id: xa, name: Xã}\nclock: {zzzzzzzzzzzz: 1}\n", "/properties/clock/properties"},
      {"an amplifier", "station", "station: {id: xa, name: Xã}\namplifier: {zzzzzzzzzzzz: 1}\n",
       "/definitions/amplifier/properties"},
      {"a schedule file", "schedule", "zzzzzzzzzzzz: 1\n", "/properties"},
      {"an article", "schedule", "articles: {a: {clip: a.wav, zzzzzzzzzzzz: 1}}\n", "/definitions/article/properties"},
      {"a playlist", "schedule", "playlists: {a: {folder: a, zzzzzzzzzzzz: 1}}\n",
       "/definitions/playlist/anyOf/1/properties"},
      {"a programme", "schedule", "programmes: {a: {at: 05:30, items: [], zzzzzzzzzzzz: 1}}\n",
       "/definitions/programme/properties"},
      {"the times of a programme", "schedule",
       "programmes: {a: {items: [], at: {every: 1h, from: 05:30, until: 06:30, zzzzzzzzzzzz: 1}}}\n",
       "/definitions/programme/properties/at/anyOf/2/properties"},
      {"an item", "schedule", "programmes: {a: {at: 05:30, items: [{article: a, zzzzzzzzzzzz: 1}]}}\n", kItems},
      {"a form of days", "schedule",
       "programmes: {a: {at: 05:30, items: [], repeat: {rrule: FREQ=DAILY, zzzzzzzzzzzz: 1}}}\n", kDays},
      {"a form of days", "schedule",
       "programmes: {a: {at: 05:30, items: [], repeat: {lunar: \"15\", zzzzzzzzzzzz: 1}}}\n", kDays},
      {"a campaign", "schedule", "campaigns: {a: {articles: [], zzzzzzzzzzzz: 1}}\n",
       "/definitions/campaign/properties"},
      {"what a campaign owes", "schedule", "campaigns: {a: {articles: [], plays: {zzzzzzzzzzzz: 1}}}\n",
       "/definitions/campaign/properties/plays/properties"},
      {"a relay", "schedule", "relays: {a: {url: \"https://vov.example\", zzzzzzzzzzzz: 1}}\n",
       "/definitions/relay/properties"},
      {"a line of the calendar", "schedule", "calendar: [{on: daily, mute: all, zzzzzzzzzzzz: 1}]\n",
       "/definitions/calendar_line/properties"},
      {"the list of holidays", "holidays", "holidays: {a: {dates: 09-02}}\nzzzzzzzzzzzz: 1\n", "/properties"},
      {"a holiday", "holidays", "holidays: {a: {dates: 09-02, zzzzzzzzzzzz: 1}}\n",
       "/properties/holidays/additionalProperties/properties"},
  };
  return all;
}

// Keys of the schema that the reader asks for only beside certain others.
const Keys kSometimes = {"count", "for", "leap", "from"};

Keys keys_of_schema(const Mapping& mapping) {
  const auto schema = json::parse(config::schema_text(mapping.kind, config::Language::en));
  Keys keys;
  for (const auto& [key, value] : schema.at_pointer(mapping.schema).as_object()) keys.emplace(key);
  return keys;
}

/// "known here: a, b" of the one mistake.
Keys keys_of_reader(const Mapping& mapping) {
  const auto said = said_by_reader({mapping.kind, mapping.text}).text;
  static const std::regex known(R"(unknown key “zzzzzzzzzzzz” in ([^\[]*) \[[\s\S]*known here: ([^\n]*))");
  std::smatch match;
  Keys keys;
  if (!std::regex_search(said, match, known)) {
    ADD_FAILURE() << mapping.what << ":\n" << said;
    return keys;
  }
  EXPECT_EQ(match[1].str(), mapping.what);
  std::istringstream list(match[2].str());
  for (std::string key; list >> key;) keys.insert(key.substr(0, key.find(',')));
  return keys;
}

TEST(SchemaKeys, AreThoseThatTheReaderAsksFor) {
  for (const auto& mapping : mappings()) {
    const auto asked = keys_of_reader(mapping), known = keys_of_schema(mapping);
    for (const auto& key : asked) {
      EXPECT_TRUE(known.contains(key) || mapping.only_reader.contains(key))
          << "“" << key << "” of " << mapping.what << " is not in config/schema.json";
    }
    for (const auto& key : known) {
      EXPECT_TRUE(asked.contains(key) || kSometimes.contains(key))
          << "“" << key << "” of " << mapping.what << " is in config/schema.json, and nobody reads it";
    }
  }
}

// A mapping that is read for the first time needs its line above.
TEST(SchemaKeys, EveryMappingThatIsReadIsLookedAt) {
  static const std::regex reads(R"re(\bFields \w+\([^;]*?msg\("([^"]+)"\)\))re");
  Keys read, looked_at;
  for (const auto* top : {"config", "playlists", "scheduler"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(LOA_SOURCE) / top)) {
      if (entry.path().extension() != ".cpp") continue;
      const auto text = test::read_file(entry.path());
      for (std::sregex_iterator match(text.begin(), text.end(), reads), end; match != end; ++match)
        read.insert((*match)[1]);
    }
  }
  for (const auto& mapping : mappings()) looked_at.insert(mapping.what);
  EXPECT_GT(read.size(), 12u);
  EXPECT_EQ(read, looked_at);
}

void collect_keys(const json::value& value, Keys& keys) {
  if (const auto* list = value.if_array()) {
    for (const auto& each : *list) collect_keys(each, keys);
  } else if (const auto* object = value.if_object()) {
    for (const auto& [key, each] : *object) {
      keys.emplace(key);
      collect_keys(each, keys);
    }
  }
}

// Else SchemaMistakes would not try it.
TEST(SchemaKeys, EveryOneIsUsedInTheFullFiles) {
  Keys used;
  for (const auto& file : full_files()) collect_keys(json::parse(file.text), used);
  for (const auto& mapping : mappings()) {
    for (const auto& key : keys_of_schema(mapping)) {
      EXPECT_TRUE(used.contains(key) || kSometimes.contains(key)) << key << " of " << mapping.what;
    }
  }
}

}  // namespace
}  // namespace loa::scheduler
