// Findings about recordings: missing, refused, and substitutes that cannot stand in.
#include <algorithm>

#include "playlists/flaw_words.hpp"
#include "scheduler/check_draft.hpp"
#include "scheduler/stand_ins.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Severity;
using config::Text;
using playlists::Article;

/// One recording that cannot sound, as some session wants it.
struct Wanted {
  const Checked& checked;
  const DraftSession& session;
  const LaidItem& item;
  const Article* article;  // null: a clip of a folder

  const Recording& recording() const { return *item.recording; }
  const std::string& path() const { return recording().clip.path; }
  config::Span place() const { return article != nullptr ? article->clip_at : item.entry->rule->at; }
  bool is_filling() const { return item.entry->kind == Entry::Kind::fill; }
  bool dated() const { return article != nullptr && article->dated(); }
  int days_ahead() const {
    return static_cast<int>(
        (std::chrono::sys_days(session.occurrence.date) - std::chrono::sys_days(checked.today)).count());
  }
};

const Article* article_of(const Schedule& schedule, const Recording& recording) {
  if (recording.relay != nullptr) return nullptr;
  const auto found = schedule.repertoire.articles.find(recording.clip.article);
  return found == schedule.repertoire.articles.end() ? nullptr : &found->second;
}

Text silence(const Wanted& wanted) {
  const auto& clip = wanted.recording().clip;
  if (const auto* other = stand_in(wanted.checked.recordings, clip.missing, wanted.session.occurrence.date)) {
    return msg("“{0}” would be played instead", other->clip.article);
  }
  if (wanted.item.frames > Frames(0)) return msg("{0} of silence", length_words(wanted.item.frames));
  return msg("its place would stay empty");
}

/// Tomorrow's bulletin is not recorded yet, and that is no mistake: only what is near and has no answer is told.
bool is_due(const Wanted& wanted) {
  if (!wanted.dated()) return true;
  const auto& clip = wanted.recording().clip;
  if (!clip.about) return wanted.days_ahead() <= 1;
  return wanted.days_ahead() == 0 && clip.missing.empty();
}

Text missing_advice(const Wanted& wanted) {
  if (wanted.dated()) {
    return wanted.recording().clip.about
               ? msg("record it in time, or name a substitute with “missing”")
               : msg("record it in time; “about” keeps its room in the plan, “missing” names a substitute");
  }
  const auto near = nearest_clip(wanted.checked.catalogue, wanted.path());
  if (!near.empty()) return msg("did you mean “{0}”?", near);
  return msg("put the file into “library”, or correct its name here");
}

void report_missing(const Wanted& wanted, Findings& findings) {
  if (wanted.path().empty()) return;  // the path was no clip's: told by the reader
  if (!is_due(wanted)) return;
  auto* found = findings.note(Severity::warning, "missing-recording", wanted.place(), {}, wanted.path(),
                              wanted.session.occurrence.date);
  if (found == nullptr) return;
  found->message = msg("the recording “{0}” is not there", wanted.path());
  found->would(silence(wanted));
  found->mend(missing_advice(wanted));
}

void report_refused(const Wanted& wanted, Findings& findings) {
  auto* found = findings.note(Severity::warning, "refused-recording", wanted.place(), {}, wanted.path(),
                              wanted.session.occurrence.date);
  if (found == nullptr) return;
  const auto& facts = *wanted.recording().facts;
  found->message = msg("the recording “{0}” cannot be played: {1}", wanted.path(), problem_words(facts));
  found->would(silence(wanted));
  found->mend(problem_advice(facts.problem));
}

void report_unmeasured(const Wanted& wanted, Findings& findings) {
  auto* found = findings.note(Severity::warning, "unmeasured-recording", wanted.place(), {}, wanted.path(),
                              wanted.session.occurrence.date);
  if (found == nullptr) return;
  found->message = msg("the recording “{0}” has not been measured yet", wanted.path());
  found->would(msg("until then its length is not known to the plan"));
}

/// What is near comes first in words: there is little time left to listen to it.
Text unapproved_words(const Wanted& wanted) {
  const auto at = time_words(wanted.session.occurrence.start, wanted.checked.schedule.zone);
  switch (wanted.days_ahead()) {
    case 0:
      return msg("nobody has approved the recording “{0}”, and it is due TODAY, in the session of {1}", wanted.path(),
                 at);
    case 1:
      return msg("nobody has approved the recording “{0}”, and it is due TOMORROW, in the session of {1}",
                 wanted.path(), at);
    default:
      return msg("nobody has approved the recording “{0}”", wanted.path());
  }
}

/// The command as it is to be typed: an article of one recording by its id, everything else by its path.
std::string approve_command(const Wanted& wanted) {
  if (wanted.article != nullptr && !wanted.dated()) return "loa approve " + wanted.article->id;
  return "loa approve \"" + wanted.path() + "\"";
}

/// One place for each recording, however many programmes play it: of a folder's clip that of the folder.
config::Span place_once(const Wanted& wanted) {
  if (wanted.article != nullptr) return wanted.place();
  const auto parent = [](const std::string& path) { return path.substr(0, path.find_last_of('/') + 1); };
  const auto folder = parent(wanted.path());
  for (const auto& [id, playlist] : wanted.checked.schedule.repertoire.playlists) {
    if (!playlist.folder || !wanted.checked.schedule.needs_approval(playlist.approval)) continue;
    const auto own = playlist.folder->empty() ? std::string() : *playlist.folder + '/';
    if (folder == own || parent(folder.substr(0, folder.empty() ? 0 : folder.size() - 1)) == own) {
      return playlist.folder_at;
    }
  }
  return wanted.place();
}

void report_unapproved(const Wanted& wanted, Findings& findings) {
  auto* found = findings.note(Severity::warning, "unapproved-recording", place_once(wanted), {}, wanted.path(),
                              wanted.session.occurrence.date);
  if (found == nullptr) return;
  found->message = unapproved_words(wanted);
  const bool chosen = wanted.item.frames > Frames(0);
  found->would(wanted.is_filling() ? msg("it would not be chosen to fill the time")
               : chosen            ? msg("{0} of silence", length_words(wanted.item.frames))
                                   : msg("it would stay silent"));
  found->mend(
      msg("listen to it, then: {0} --by \"NAME\"; a signature tune may say “approval: off”", approve_command(wanted)));
}

/// A recording that plays, and of which the listener will wonder.
void report_doubtful(const Wanted& wanted, Findings& findings) {
  const auto* facts = wanted.recording().facts;
  if (facts == nullptr || facts->refused || facts->problem.empty()) return;
  auto* found = findings.note(Severity::warning, "doubtful-recording", wanted.place(), {}, wanted.path(),
                              wanted.session.occurrence.date);
  if (found == nullptr) return;
  found->message = msg("about the recording “{0}”: {1}", wanted.path(), problem_words(*facts));
  if (facts->flaws.empty()) {
    found->mend(msg("listen to it"));
    return;
  }
  found->would(playlists::flaw_on_air(facts->flaws.front()));
  found->mend(playlists::flaw_advice(facts->flaws.front()));
}

bool waits_for_approval(const Checked& checked, const std::string& id, Date day) {
  const auto recordings = checked.recordings.of(id, day, 0);
  return std::any_of(recordings.begin(), recordings.end(),
                     [](const Recording* each) { return each->fault == Fault::unapproved; });
}

Text useless_words(const Wanted& wanted, const Article& stand_in) {
  const auto date = wanted.session.occurrence.date;
  if (!stand_in.valid_on(date)) return msg("the substitute “{0}” may not be aired on this day", stand_in.id);
  return waits_for_approval(wanted.checked, stand_in.id, date)
             ? msg("nobody has approved the recording of the substitute “{0}”", stand_in.id)
             : msg("the substitute “{0}” has no recording that can be played", stand_in.id);
}

/// A substitute is asked for when the recording fails: then it is too late to find that it cannot sound either.
void report_substitute(const Wanted& wanted, Findings& findings) {
  const auto& clip = wanted.recording().clip;
  const auto date = wanted.session.occurrence.date;
  if (wanted.article == nullptr || clip.missing.empty() || stand_in(wanted.checked.recordings, clip.missing, date))
    return;
  const auto stand_in = wanted.checked.schedule.repertoire.articles.find(clip.missing);
  if (stand_in == wanted.checked.schedule.repertoire.articles.end()) return;  // an unknown name: told by the reader
  if (findings.said_before("missing-cycle", wanted.article->missing_at)) return;
  if (stand_in->second.dated() && wanted.days_ahead() > 1) return;
  auto* found =
      findings.note(Severity::warning, "missing-substitute", wanted.article->missing_at, {}, clip.missing, date);
  if (found == nullptr) return;
  found->message = useless_words(wanted, stand_in->second);
  found->would(msg("silence, should “{0}” be missing", wanted.article->id));
  found->mend(waits_for_approval(wanted.checked, clip.missing, date)
                  ? msg("listen to it, then: {0} --by \"NAME\"; a signature tune may say “approval: off”",
                        "loa approve " + clip.missing)
                  : msg("give “{0}” a recording that is always there", clip.missing));
}

/// The network is down when the fallback is asked for: then it is too late to find that it cannot sound.
void report_fallback(const Wanted& wanted, Findings& findings) {
  const auto& relay = *wanted.recording().relay;
  const auto date = wanted.session.occurrence.date;
  if (relay.fallback.empty() || stand_in(wanted.checked.recordings, relay.fallback, date)) return;
  const auto article = wanted.checked.schedule.repertoire.articles.find(relay.fallback);
  if (article == wanted.checked.schedule.repertoire.articles.end()) return;  // an unknown name: told by the reader
  if (article->second.dated() && wanted.days_ahead() > 1) return;
  auto* found = findings.note(Severity::warning, "missing-substitute", relay.fallback_at, {}, relay.fallback, date);
  if (found == nullptr) return;
  found->message = useless_words(wanted, article->second);
  found->would(msg("silence, should nothing come to be relayed by “{0}”", relay.id));
  found->mend(waits_for_approval(wanted.checked, relay.fallback, date)
                  ? msg("listen to it, then: {0} --by \"NAME\"; a signature tune may say “approval: off”",
                        "loa approve " + relay.fallback)
                  : msg("give “{0}” a recording that is always there", relay.fallback));
}

void report_one(const Wanted& wanted, Findings& findings) {
  if (wanted.recording().relay != nullptr) return report_fallback(wanted, findings);
  switch (wanted.recording().fault) {
    case Fault::missing:
      report_missing(wanted, findings);
      break;
    case Fault::refused:
      report_refused(wanted, findings);
      break;
    case Fault::unmeasured:
      report_unmeasured(wanted, findings);
      break;
    case Fault::unapproved:
      report_unapproved(wanted, findings);
      break;
    case Fault::none:
    case Fault::unreached:
    case Fault::overridden:
    case Fault::limited:
      report_doubtful(wanted, findings);
      break;
  }
  report_substitute(wanted, findings);
}

/// Clips that a fill may choose from are not in the plan when they cannot sound.
void report_fills(const Checked& checked, const DraftSession& session, Findings& findings) {
  for (const auto& entry : session.occurrence.entries) {
    if (entry.kind != Entry::Kind::fill) continue;
    for (const auto* recording : entry.clips) {
      if (recording->fault == Fault::none) continue;
      LaidItem item;
      item.entry = &entry;
      item.recording = recording;
      report_one({checked, session, item, article_of(checked.schedule, *recording)}, findings);
    }
  }
}

}  // namespace

void report_recordings(const Checked& checked, Findings& findings) {
  for (const auto& session : checked.draft.sessions) {
    if (session.occurrence.date < checked.today) continue;
    for (const auto& item : session.items) {
      if (item.recording == nullptr) continue;
      report_one({checked, session, item, article_of(checked.schedule, *item.recording)}, findings);
    }
    report_fills(checked, session, findings);
  }
}

}  // namespace loa::scheduler
