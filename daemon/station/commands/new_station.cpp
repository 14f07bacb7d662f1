#include "daemon/station/commands/new_station.hpp"

#include <algorithm>
#include <string_view>

#include "config/carried_file.hpp"
#include "config/schema.hpp"
#include "config/unicode.hpp"
#include "daemon/station/commands/chime.hpp"

// The build names the folder; the .vi and .en files are kept side by side in it.
LOA_CARRY_FILE(loa_station_vi, LOA_NEW_STATION "/station.vi.yaml");
LOA_CARRY_FILE(loa_station_en, LOA_NEW_STATION "/station.en.yaml");
LOA_CARRY_FILE(loa_schedule_vi, LOA_NEW_STATION "/lich.vi.yaml");
LOA_CARRY_FILE(loa_schedule_en, LOA_NEW_STATION "/lich.en.yaml");
LOA_CARRY_FILE(loa_library_vi, LOA_NEW_STATION "/library.vi.txt");
LOA_CARRY_FILE(loa_library_en, LOA_NEW_STATION "/library.en.txt");

namespace loa::station {

namespace {

using config::Language;

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

void replace_all(std::string& text, std::string_view mark, const std::string& words) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + words.size())) {
    text.replace(at, mark.size(), words);
  }
}

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether it may stand in YAML without quotes: begins with a letter, then letters, digits and single blanks.
bool is_plain(const std::string& words) {
  if (words.empty() || !is_letter(words.front()) || words.back() == ' ' || words.find(' ') == std::string::npos)
    return false;
  return std::all_of(words.begin(), words.end(),
                     [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == ' ' || c == '-'; });
}

std::string as_yaml(const std::string& words) {
  if (is_plain(words)) return words;
  std::string quoted = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::vector<NewFile> schemas(Language language) {
  std::vector<NewFile> files{{".loa/", ""}};
  for (const auto kind : config::kSchemaKinds) {
    files.push_back({".loa/" + config::schema_file_name(kind), config::schema_text(kind, language)});
  }
  return files;
}

}  // namespace

std::string settings_text(const NewStation& station) {
  const bool vietnamese = station.language == Language::vi;
  std::string text(vietnamese ? between(loa_station_vi_begin, loa_station_vi_end)
                              : between(loa_station_en_begin, loa_station_en_end));
  replace_all(text, "@ID@", station.id);
  replace_all(text, "@ZONE@", station.timezone);
  replace_all(text, "@NAME@", as_yaml(station.name));  // the last: it may hold the other marks
  return text;
}

std::vector<NewFile> files_of(const NewStation& station) {
  const bool vietnamese = station.language == Language::vi;
  auto files = schemas(station.language);
  const auto add = [&](std::string path, std::string_view bytes) {
    files.push_back({std::move(path), std::string(bytes)});
  };
  add("library/", "");
  add("library/README.txt", vietnamese ? between(loa_library_vi_begin, loa_library_vi_end)
                                       : between(loa_library_en_begin, loa_library_en_end));
  add("library/nhac/", "");
  add("library/nhac/nhac-hieu-tam.wav", chime_wav());
  add("library/thong-bao/", "");
  add("schedule/", "");
  add("schedule/lich.yaml", vietnamese ? between(loa_schedule_vi_begin, loa_schedule_vi_end)
                                       : between(loa_schedule_en_begin, loa_schedule_en_end));
  add("station.yaml", settings_text(station));  // the last: with it the folder is a station
  return files;
}

}  // namespace loa::station
