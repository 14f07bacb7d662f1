// What an article or a playlist means on one day: its clips in order. Pure; knows no time of day and no disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/shared_text.hpp"
#include "playlists/article.hpp"
#include "playlists/catalogue.hpp"

namespace loa::playlists {

/// One recording to be played on one day. Whether it is there and whole is the catalogue's to say.
struct Clip {
  config::SharedText article;  // id; of a folder's clip its path without the ending ("thong-bao/mat-nuoc")
  config::SharedText title;    // marks filled in; of a folder's clip its name without the ending
  config::SharedText path;     // below library/, NFC, marks filled in
  double gain = 0;             // dB of the article
  std::optional<std::chrono::milliseconds> about;  // planned length while the recording is not there
  config::SharedText missing;                      // article played instead; "" = silence
  Priority priority = Priority::ordinary;
  ApprovalRule approval = ApprovalRule::by_station;
  std::optional<Date> recorded;     // of a recording of the day: the day in its name
  std::optional<Date> from, until;  // days it may be aired, both included (of a folder's clip: its sub-folder's name)

  bool operator==(const Clip&) const = default;
};

/// No playlist gives more clips than this (read_repertoire refuses it, resolve stops there).
inline constexpr std::size_t kMostClips = 10'000;

/// Playlists inside playlists, the outermost counted.
inline constexpr std::size_t kDeepestPlaylist = 32;

/// The clips of the article or playlist `id` on `day`, in order; empty for an unknown id. Validity (`from`, `until`,
/// dated sub-folders) is asked of `day`, marks are filled in with `recording_day` (day minus days_ago). A playlist that
/// contains itself is not entered a second time. Folders give the clips that are there, by their path below the folder
/// (code points).
std::vector<Clip> resolve(const Repertoire& repertoire, const Catalogue& catalogue, std::string_view id, Date day,
                          Date recording_day);

/// The days that a sub-folder's name allows: "2026-11-25" or "2026-11-25..2026-12-02" (both ends); nothing for other
/// names and for dates that do not exist.
struct FolderDays {
  Date first, last;
};
std::optional<FolderDays> folder_days(std::string_view name);

/// Whether a file of this name is a recording by its ending, of those that decode and those that a later decoder takes
/// (they are listed so that they are reported as refused, not overlooked). Dot-files and names ending in '~' are not.
bool is_recording_name(std::string_view name);

}  // namespace loa::playlists
