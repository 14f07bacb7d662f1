// What may be played, as the operator wrote it: articles and playlists. Knows no time of day and no files.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/fields.hpp"

namespace loa::playlists {

using config::Date;

enum class Field { general, unscheduled, policy, local, knowledge, example };  // the six official fields
enum class Priority { emergency, priority, ordinary };                         // the legal levels 1 2 3
enum class Source { own, parent, province, vov, other };
/// Whether a recording sounds only once somebody has approved it; `by_station`: as station.yaml says.
enum class ApprovalRule { by_station, off, required };

/// As written in the files, in the order of the enumerators.
inline constexpr std::array<std::string_view, 6> kFieldNames{"general", "unscheduled", "policy",
                                                             "local",   "knowledge",   "example"};
inline constexpr std::array<std::string_view, 3> kPriorityNames{"emergency", "priority", "ordinary"};
inline constexpr std::array<std::string_view, 5> kSourceNames{"own", "parent", "province", "vov", "other"};

struct Article {
  std::string id;
  std::string title;  // may hold <date> <yyyy> <mm> <dd>
  std::string clip;   // below library/, NFC; may hold the same marks
  Field field = Field::general;
  Priority priority = Priority::ordinary;
  Source source = Source::own;
  std::string summary, language, author;
  std::optional<Date> from, until;                 // first and last day it may be aired, both included
  double gain = 0;                                 // dB relative to the loudness target, -24 … +6
  std::optional<std::chrono::milliseconds> about;  // planned length while the recording is not there yet
  std::string missing;                             // article played instead; "" = silence
  ApprovalRule approval = ApprovalRule::by_station;
  config::Span at;  // its id, for messages
  config::Span clip_at, missing_at;
  config::Span from_at, until_at;  // the keys; without a source: not written

  bool valid_on(Date day) const;
  bool dated() const;  // clip or title holds a mark
  /// Its recordings are of one day each: the clip's name holds <date> or <dd>.
  bool of_the_day() const;
};

struct PlaylistEntry {
  std::string id;  // of an article or a playlist
  config::Span at;
};

struct Playlist {
  std::string id;
  std::vector<PlaylistEntry> entries;
  std::optional<std::string> folder;                 // instead of entries: every clip of this folder of library/
  ApprovalRule approval = ApprovalRule::by_station;  // of what it gives; only where it is a folder
  config::Span at, folder_at;
};

/// Everything named under `articles` and `playlists` in all files; of one id the later file wins across folders,
/// twice within one folder (shared or own) is an error.
struct Repertoire {
  std::map<std::string, Article, std::less<>> articles;
  std::map<std::string, Playlist, std::less<>> playlists;
  bool partial = false;   // a part of the files could not be read: names that nobody gave may stand there
  bool mistaken = false;  // partial, or an error in a playlist has been reported
};

/// "tin/<date>.mp3" on 2026-11-25 gives "tin/2026-11-25.mp3". Marks: <date> <yyyy> <mm> <dd>.
std::string with_date(std::string_view pattern, Date day);
bool holds_mark(std::string_view pattern);
/// The day whose with_date() is `text`; nothing when there is none, or the marks of `pattern` leave it open.
std::optional<Date> date_in(std::string_view pattern, std::string_view text);
/// The first "<…" of `pattern` that is none of the marks ("<ngay>"), or "".
std::string unknown_mark(std::string_view pattern);

std::string_view name_of(Field field);
std::string_view name_of(Priority priority);
std::string_view name_of(Source source);

}  // namespace loa::playlists
