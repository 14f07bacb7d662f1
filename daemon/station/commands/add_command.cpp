#include "daemon/station/commands/add_command.hpp"

#include <algorithm>

#include "config/diagnostics.hpp"
#include "daemon/station/commands/add_source.hpp"
#include "daemon/station/commands/load_measured.hpp"
#include "daemon/station/commands/plan_text.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/host/paths.hpp"
#include "daemon/station/library/deposit.hpp"
#include "daemon/station/library/library_problems.hpp"
#include "scheduler/check_findings.hpp"

namespace loa::station {

using config::msg;
using config::Text;
using playlists::Article;
using playlists::Facts;

namespace {

namespace fs = std::filesystem;
namespace chr = std::chrono;

/// Where a recording belongs.
struct Goal {
  const Article* article = nullptr;
  std::string clip;
  std::size_t library = 0;  // index into the libraries
};

/// Exit code and what is said of it.
struct Refusal {
  int code = kMistakes;
  Text words, advice;
};

class Adding {
 public:
  explicit Adding(const Invocation& invocation) : invocation_(invocation) {}

  int run() {
    loaded_ = load_station(invocation_.station, KnownFacts::read(invocation_.station));
    const auto zone = zone_or_default(loaded_.files.settings.timezone);
    const auto now = now_of(invocation_, zone);
    bool wrong = false;
    const auto date = date_option(invocation_, "date", wrong);
    if (wrong || !now) return kWrongUsage;
    now_ = *now;
    date_ = date.value_or(zone.day(*now));
    if (!find_goal(date.has_value()) || !bring()) return refusal_.code;
    return tell() ? kDone : kWorldFailed;
  }

 private:
  bool refuse(int code, Text words, Text advice = {}) {
    refusal_ = {code, std::move(words), std::move(advice)};
    say(invocation_.language, refusal_.words);
    if (!refusal_.advice.empty()) say_lines("  " + refusal_.advice.in(invocation_.language) + "\n");
    return false;
  }

  const fs::path& library() const { return loaded_.files.libraries[goal_.library]; }
  std::string shown() const {
    return (library().lexically_relative(invocation_.station.lexically_normal()) / goal_.clip).generic_string();
  }

  bool find_goal(bool dated) {
    const auto id = *invocation_.option("article");
    if (!loaded_.schedule) {
      say_diagnostics(loaded_.diagnostics, invocation_.language);
      return refuse(kMistakes, msg("the schedule has mistakes; mend them first"));
    }
    const auto& repertoire = loaded_.schedule->repertoire;
    const auto found = repertoire.articles.find(id);
    if (found == repertoire.articles.end()) return unknown(id);
    const auto& article = found->second;
    if (article.clip.empty()) return refuse(kMistakes, msg("“{0}” has no clip yet: loa check says more", id));
    if (dated && !playlists::holds_mark(article.clip)) {
      return refuse(kMistakes, msg("“{0}” has one recording for every day ({1}); leave --date out", id, article.clip));
    }
    goal_ = {&article, playlists::with_date(article.clip, date_), 0};
    goal_.library = library_for(article);
    return true;
  }

  bool unknown(const std::string& id) {
    const auto& repertoire = loaded_.schedule->repertoire;
    if (repertoire.playlists.contains(id)) {
      return refuse(kMistakes, msg("“{0}” is a playlist; a recording belongs to an article", id));
    }
    std::vector<std::string> names;
    for (const auto& [name, article] : repertoire.articles) names.push_back(name);
    const auto near = config::nearest(id, names);
    return refuse(kMistakes, msg("there is no article “{0}”", id),
                  near.empty() ? Text() : msg("did you mean “{0}”?", near));
  }

  /// Where the clip lies already (the later library wins, as it does on air), else where the article stands.
  std::size_t library_for(const Article& article) const {
    for (const auto& recording : loaded_.listing.recordings) {
      if (recording.clip == goal_.clip) return recording.library;
    }
    for (const auto& file : loaded_.files.schedule) {
      if (file.source != nullptr && file.source == article.at.source) return file.folder;
    }
    return loaded_.files.libraries.size() - 1;
  }

  bool bring() {
    const auto& path = invocation_.arguments.front();
    auto source = open_source(path, invocation_.language);
    if (!source.file) return refuse(kMistakes, source.refusal);
    std::error_code error;
    if (const auto there = open_clip({library()}, goal_.clip, error); there.file) {
      already_ = same_content(source.file.get(), there.file.get());
      if (already_) return true;
      if (!invocation_.has("replace")) {
        return refuse(kMistakes, msg("{0} is there already, with another recording", shown()),
                      msg("with --replace this one takes its place, and the old one is kept beside it"));
      }
    }
    auto deposit = Deposit::begin(library(), goal_.clip, error);
    if (!deposit) return refuse(kWorldFailed, msg("{0} cannot be written: {1}", shown(), error.message()));
    const auto copied = deposit->copy_from(source.file.get());
    if (copied.error && copied.of_source) {
      return refuse(kWorldFailed, msg("{0} cannot be read: {1}", path, copied.error.message()));
    }
    if (copied.error) return refuse(kWorldFailed, msg("{0} cannot be written: {1}", shown(), copied.error.message()));
    return measure(*deposit) && place(*deposit);
  }

  bool measure(const Deposit& deposit) {
    Listing copy;
    copy.recordings.push_back({deposit.temporary(), deposit.temporary(), 0, {}, false});
    KnownFacts known;
    IntakeOptions options;
    options.program = sibling_program("loa-media").value_or("loa-media");
    const auto result = take_in({deposit.folder()}, copy, {0}, known, options);
    if (result.no_program) {
      return refuse(kWorldFailed, msg("the program loa-media cannot be started; it belongs beside loa"));
    }
    const auto* facts = known.find(copy.recordings.front());
    if (facts == nullptr) return refuse(kWorldFailed, msg("{0} cannot be measured", invocation_.arguments.front()));
    facts_ = *facts;
    if (!facts_.refused && facts_.problem != "silent") return true;
    return refuse(kMistakes, msg("{0} is not taken: {1}", invocation_.arguments.front(), problem_words(facts_)));
  }

  bool place(Deposit& deposit) {
    const auto error = deposit.place(invocation_.has("replace"), kept_as_);
    if (error == std::errc::file_exists) {
      return refuse(kMistakes, msg("{0} is there already, with another recording", shown()),
                    msg("with --replace this one takes its place, and the old one is kept beside it"));
    }
    return !error || refuse(kWorldFailed, msg("{0} cannot be written: {1}", shown(), error.message()));
  }

  /// Where it is planned first, whether it has to be approved before or not; nothing when it is not within a month, or
  /// the files have mistakes (which is said).
  std::optional<scheduler::PlannedItem> first_airing(const LoadedStation& loaded) const {
    const auto& zone = loaded.schedule->zone;
    const config::Date from = zone.day(now_), to = chr::sys_days(from) + chr::days(scheduler::kDaysAhead);
    const auto plan = scheduler::make_plan(*loaded.schedule, loaded.catalogue, from, to);
    const auto found = std::find_if(plan.items.begin(), plan.items.end(), [&](const auto& item) {
      return item.clip == goal_.clip && item.start >= now_ &&
             (item.fault == scheduler::Fault::none || item.fault == scheduler::Fault::unapproved);
    });
    return found == plan.items.end() ? std::nullopt : std::optional(*found);
  }

  bool tell() {
    auto loaded = load_measured(invocation_, Measure::unless_mistakes);
    if (!loaded) return false;
    if (const auto* facts = loaded->catalogue.facts(goal_.clip); already_ && facts != nullptr) facts_ = *facts;
    const auto first = loaded->good() ? first_airing(*loaded) : std::nullopt;
    return answer(invocation_.json() ? json(first) : text(*loaded, first));
  }

  std::string json(const std::optional<scheduler::PlannedItem>& first) const {
    JsonLine line;
    line.text("clip", goal_.clip).text("sha256", facts_.sha256).text("codec", facts_.codec);
    if (facts_.length.count() > 0) line.number("duration", chr::duration<double>(facts_.length).count());
    if (!facts_.problem.empty()) line.text("problem", facts_.problem);
    if (!facts_.places.empty()) line.text("places", facts_.places);
    line.number("loudness", facts_.loudness).text("kept_as", kept_as_).flag("already", already_);
    if (first) line.text("id", first->id).text("start", calendar::rfc3339(first->start, loaded_.schedule->zone));
    if (first) line.flag("unapproved", first->fault == scheduler::Fault::unapproved);
    return line.line();
  }

  std::string text(const LoadedStation& loaded, const std::optional<scheduler::PlannedItem>& first) const {
    std::vector<Text> lines;
    const auto& title = goal_.article->title;
    lines.push_back(msg("{0}: {1}", shown(), playlists::with_date(title.empty() ? goal_.article->id : title, date_)));
    if (already_) lines.push_back(msg("it was there already, the same recording; nothing is changed"));
    if (!facts_.sha256.empty()) lines.push_back(measured_words(loaded));
    if (!facts_.problem.empty()) lines.push_back(msg("look out: {0}", problem_words(facts_)));
    if (!kept_as_.empty())
      lines.push_back(msg("the old recording is kept as {0}; it is not played any more", kept_as_));
    lines.push_back(first_words(loaded, first));
    std::string words;
    for (const auto& line : lines) words += (words.empty() ? "" : "  ") + line.in(invocation_.language) + "\n";
    return words;
  }

  Text measured_words(const LoadedStation& loaded) const {
    const auto length = length_words(facts_.length);
    const auto target = decimal(loaded.files.settings.audio.loudness);
    if (!facts_.loudness) return msg("length {0}, {1}", length, facts_.codec);
    return msg("length {0}, {1}, {2} LUFS (played at {3})", length, facts_.codec, decimal(*facts_.loudness), target);
  }

  static std::string programme_of(const LoadedStation& loaded, const scheduler::PlannedItem& item) {
    for (const auto& programme : loaded.schedule->programmes) {
      if (programme.id == item.programme && !programme.title.empty()) return programme.title;
    }
    return item.programme;
  }

  Text first_words(const LoadedStation& loaded, const std::optional<scheduler::PlannedItem>& first) const {
    if (!loaded.good()) return msg("the files have mistakes, so when it is aired cannot be said: loa check");
    if (!first) return msg("nothing in the next 31 days plays it");
    const auto& zone = loaded.schedule->zone;
    const auto start = chr::floor<chr::seconds>(first->start);
    if (first->fault == scheduler::Fault::unapproved) {
      return msg(
          "planned first at {0} on {1} ({2}), and silent until somebody approves it: loa approve \"{3}\" --by "
          "\"NAME\"",
          scheduler::time_words(start, zone), scheduler::date_words(zone.day(first->start)),
          programme_of(loaded, *first), goal_.clip);
    }
    return msg("first aired at {0} on {1} ({2})", scheduler::time_words(start, zone),
               scheduler::date_words(zone.day(first->start)), programme_of(loaded, *first));
  }

  const Invocation& invocation_;
  LoadedStation loaded_;
  Refusal refusal_;
  calendar::Instant now_;
  config::Date date_;
  Goal goal_;
  Facts facts_;
  std::string kept_as_;
  bool already_ = false;
};

}  // namespace

int add_command(const Invocation& invocation) {
  return Adding(invocation).run();
}

}  // namespace loa::station
