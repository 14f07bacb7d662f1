// Walks a playlist on one day. Bounded whatever the files say: depth, visits and cycles.
#include "playlists/resolve.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "config/station_folder.hpp"

namespace loa::playlists {

namespace {

// Of recordings, and of videos for their sound.
constexpr std::array<std::string_view, 46> kEndings{
    "wav", "flac", "mp3",  "ogg", "oga", "opus", "m4a",  "m4b",  "aac",  "3gp", "3g2", "3gpp",
    "amr", "awb",  "wma",  "mp4", "mp2", "mpga", "aif",  "aiff", "aifc", "au",  "caf", "w64",
    "spx", "mka",  "webm", "ape", "wv",  "tta",  "ac3",  "eac3", "dts",  "voc", "gsm", "mkv",
    "mov", "qt",   "avi",  "wmv", "asf", "mpg",  "mpeg", "ts",   "mts",  "flv"};

std::string_view name_in(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view without_ending(std::string_view path) {
  const auto dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(0, dot);
}

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

std::optional<Date> iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Date date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month), std::chrono::day(*day)};
  return date.ok() ? std::optional(date) : std::nullopt;
}

class Walk {
 public:
  Walk(const Repertoire& repertoire, const Catalogue& catalogue, Date day, Date recording_day)
      : repertoire_(repertoire), catalogue_(catalogue), day_(day), recording_day_(recording_day) {}

  void enter(std::string_view id) {
    if (visits_++ > kMostClips) return;
    if (const auto article = repertoire_.articles.find(id); article != repertoire_.articles.end()) {
      add(article->second);
    } else if (const auto playlist = repertoire_.playlists.find(id); playlist != repertoire_.playlists.end()) {
      descend(playlist->second);
    }
  }

  std::vector<Clip> take() {
    clips_.resize(std::min(clips_.size(), kMostClips));
    return std::move(clips_);
  }

 private:
  void add(const Article& article) {
    if (!article.valid_on(day_)) return;
    clips_.push_back({.article = article.id,
                      .title = with_date(article.title, recording_day_),
                      .path = with_date(article.clip, recording_day_),
                      .gain = article.gain,
                      .about = article.about,
                      .missing = article.missing,
                      .priority = article.priority,
                      .approval = article.approval,
                      .recorded = article.of_the_day() ? std::optional(recording_day_) : std::nullopt,
                      .from = article.from,
                      .until = article.until});
  }

  void descend(const Playlist& playlist) {
    if (path_.size() >= kDeepestPlaylist || std::find(path_.begin(), path_.end(), playlist.id) != path_.end()) return;
    path_.push_back(playlist.id);
    for (const auto& entry : playlist.entries) enter(entry.id);
    if (playlist.folder) add_folder(*playlist.folder, playlist.approval);
    path_.pop_back();
  }

  void add_folder(const std::string& folder, ApprovalRule approval) {
    const auto first = static_cast<std::ptrdiff_t>(clips_.size());
    add_files(folder, {}, {});
    for (const auto& name : catalogue_.folders_in(folder)) {
      const auto days = folder_days(name);
      if (days && days->first <= day_ && day_ <= days->last) add_files(folder + '/' + name, days->first, days->last);
    }
    for (auto clip = clips_.begin() + first; clip != clips_.end(); ++clip) clip->approval = approval;
    std::sort(clips_.begin() + first, clips_.end(), [](const Clip& a, const Clip& b) { return a.path < b.path; });
  }

  void add_files(const std::string& folder, std::optional<Date> from, std::optional<Date> until) {
    for (const auto& path : catalogue_.clips_in(folder)) {
      if (!is_recording_name(name_in(path))) continue;
      Clip clip;
      clip.article = without_ending(path);
      clip.title = without_ending(name_in(path));
      clip.path = path;
      clip.from = from;
      clip.until = until;
      clips_.push_back(std::move(clip));
    }
  }

  const Repertoire& repertoire_;
  const Catalogue& catalogue_;
  Date day_, recording_day_;
  std::vector<std::string_view> path_;  // playlists being walked, outermost first
  std::size_t visits_ = 0;
  std::vector<Clip> clips_;
};

}  // namespace

std::vector<Clip> resolve(const Repertoire& repertoire, const Catalogue& catalogue, std::string_view id, Date day,
                          Date recording_day) {
  Walk walk(repertoire, catalogue, day, recording_day);
  walk.enter(id);
  return walk.take();
}

std::optional<FolderDays> folder_days(std::string_view name) {
  const auto dots = name.find("..");
  const auto first = iso_date(name.substr(0, dots));
  const auto last = dots == std::string_view::npos ? first : iso_date(name.substr(dots + 2));
  if (!first || !last || *last < *first) return std::nullopt;
  return FolderDays{*first, *last};
}

bool is_recording_name(std::string_view name) {
  if (config::is_ignored_name(name)) return false;
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  std::string ending(name.substr(dot + 1));
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

}  // namespace loa::playlists
