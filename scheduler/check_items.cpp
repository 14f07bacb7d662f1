// Findings about items: cut by a pin, the slot's end or the hours, or never reached.
#include <optional>
#include <set>
#include <utility>

#include "scheduler/check_draft.hpp"

namespace loa::scheduler {

namespace {

using config::msg;
using config::Severity;
using config::Text;

struct Ended {
  const Checked& checked;
  const DraftSession& session;
  const LaidItem& item;

  std::string limit() const { return time_words(item.end(), checked.schedule.zone); }
  const std::string& article() const { return item.recording->clip.article; }
};

Text cut_words(const Ended& ended) {
  const auto by = length_words(ended.item.length - ended.item.offset - ended.item.frames);
  switch (ended.item.cut) {
    case Cut::pin:
      return msg("“{0}” is {1} too long: the item with a time of its own begins at {2}", ended.article(), by,
                 ended.limit());
    case Cut::slot:
      return msg("“{0}” is {1} too long: the slot ends at {2}", ended.article(), by, ended.limit());
    case Cut::hours:
      return msg("“{0}” is {1} too long: the permitted hours end at {2}", ended.article(), by, ended.limit());
    case Cut::next:
    case Cut::none:
      break;
  }
  return {};
}

Text unreached_words(const Ended& ended) {
  switch (ended.item.cut) {
    case Cut::pin:
      return msg("“{0}” is not reached: the item with a time of its own begins at {1}", ended.article(), ended.limit());
    case Cut::slot:
      return msg("“{0}” is not reached: the slot ends at {1}", ended.article(), ended.limit());
    case Cut::hours:
      return msg("“{0}” is not reached: the permitted hours end at {1}", ended.article(), ended.limit());
    case Cut::next:
      return msg("“{0}” is not reached: the next session begins at {1}", ended.article(), ended.limit());
    case Cut::none:
      break;
  }
  return {};
}

std::string variant_of(const Ended& ended) {
  return ended.article() + '/' + std::to_string(static_cast<int>(ended.item.cut)) + '/' +
         std::to_string(ended.item.sub);
}

void report_cut(const Ended& ended, Findings& findings) {
  // What the next session cuts is told by the overlap.
  if (ended.item.cut == Cut::next) return;
  auto* found = findings.note(Severity::warning, "item-cut", ended.item.entry->rule->at, {}, variant_of(ended),
                              ended.session.occurrence.date);
  if (found == nullptr) return;
  found->message = cut_words(ended);
  found->would(ended.item.fade > Frames(0) ? msg("it would fade out before its end")
                                           : msg("it would break off before its end"));
  found->mend(msg("shorten the recording, or give it more room"));
}

/// What the text alone keeps from being reached in one session, by the least lengths there can be. Worked out once.
class Proven {
 public:
  explicit Proven(const DraftSession& session) : session_(session) {}

  bool contains(const LaidItem& item) {
    if (!unreached_) work_out();
    return unreached_->contains({item.entry, item.sub});
  }

 private:
  void work_out() {
    unreached_.emplace();
    auto items = lay_out(session_.occurrence, session_.slot_end, Lengths::least);
    if (session_.bound()) trim(items, *session_.slot_end, Cut::slot, true);
    if (session_.next) trim(items, *session_.next, Cut::next, true);
    for (const auto& item : items) {
      if (item.fault == Fault::unreached) unreached_->insert({item.entry, item.sub});
    }
  }

  const DraftSession& session_;
  std::optional<std::set<std::pair<const Entry*, std::uint32_t>>> unreached_;
};

void report_unreached(const Ended& ended, bool proven, Findings& findings) {
  const auto& rule = *ended.item.entry->rule;
  if (ended.item.cut == Cut::next) return;  // the overlap says it
  if (ended.item.cut == Cut::slot && rule.reach_told) return;
  if (findings.said_before("item-unreached", rule.at)) return;
  auto* found = findings.note(proven ? Severity::error : Severity::warning, "item-unreached", rule.at, {},
                              variant_of(ended), ended.session.occurrence.date);
  if (found == nullptr) return;
  found->message = unreached_words(ended);
  found->would(msg("it would stay silent"));
  found->mend(proven ? msg("move it up, or give the programme a longer “length”")
                     : msg("shorten what stands before it, or give it more room"));
}

void report_session(const Checked& checked, const DraftSession& session, Findings& findings) {
  Proven proven(session);
  for (const auto& item : session.items) {
    // What a higher priority keeps from the air is told with the interruption.
    if (item.recording == nullptr || item.cut == Cut::none || item.fault == Fault::overridden) continue;
    const Ended ended{checked, session, item};
    if (item.fault == Fault::unreached) {
      report_unreached(ended, proven.contains(item), findings);
    } else if (item.offset + item.frames < item.length) {
      report_cut(ended, findings);
    }
  }
}

}  // namespace

void report_items(const Checked& checked, Findings& findings) {
  for (const auto& session : checked.draft.sessions) {
    if (session.occurrence.date >= checked.today) report_session(checked, session, findings);
  }
}

}  // namespace loa::scheduler
