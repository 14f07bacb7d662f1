#include "daemon/station/commands/plan_lines.hpp"

#include <unordered_map>

#include "daemon/station/host/output.hpp"

namespace loa::station {

namespace {

using scheduler::Fault;
using scheduler::PlannedItem;
using scheduler::What;

std::string_view name_of_what(What what) {
  switch (what) {
    case What::clip:
      return "clip";
    case What::pause:
      return "pause";
    case What::relay:
      return "relay";
  }
  return {};
}

std::string repeat_of(const PlannedItem& item) {
  return item.repeat_of ? config::to_string(*item.repeat_of) : std::string();
}

/// `calendar`: the lines of the calendar that put its session there or moved it.
std::string json_line(const PlannedItem& item, const std::string& calendar, const calendar::Zone& zone) {
  JsonLine line;
  line.text("id", item.id).text("session", item.session).text("programme", item.programme).text("index", item.index);
  line.text("what", name_of_what(item.what)).text("article", item.article).text("title", item.title);
  line.text("relay", item.relay).text("from", item.taken_from);
  line.text("campaign", item.campaign).text("makes_good", item.makes_good);
  line.text("clip", item.clip).text("sha256", item.sha256);
  line.text("start", calendar::rfc3339(item.start, zone)).text("end", calendar::rfc3339(item.end(), zone));
  line.whole("frames", item.frames.count());
  if (item.offset.count() != 0) line.whole("offset", item.offset.count());
  line.text("priority", playlists::name_of(item.priority)).text("why", item.why);
  line.text("repeat_of", repeat_of(item)).text("note", repeat_mark_of(item));
  line.text("calendar", calendar);
  line.text("interruption", name_of(item.interruption));
  return line.flag("cut", is_cut(item)).text("fault", name_of(item.fault)).line();
}

std::string csv_row(const PlannedItem& item, const calendar::Zone& zone) {
  return csv_line({item.id, item.session, item.programme, item.index, std::string(name_of_what(item.what)),
                   item.article, item.campaign, item.title, item.clip, calendar::rfc3339(item.start, zone),
                   calendar::rfc3339(item.end(), zone), std::to_string(item.frames.count()),
                   std::string(playlists::name_of(item.priority)), item.why, std::string(name_of(item.fault)),
                   repeat_of(item), item.relay});
}

}  // namespace

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "";
    case Fault::missing:
      return "missing";
    case Fault::unmeasured:
      return "unmeasured";
    case Fault::refused:
      return "refused";
    case Fault::unreached:
      return "unreached";
    case Fault::overridden:
      return "overridden";
    case Fault::limited:
      return "limit";
    case Fault::unapproved:
      return "unapproved";
  }
  return {};
}

std::string_view name_of(scheduler::Interruption interruption) {
  switch (interruption) {
    case scheduler::Interruption::none:
      return "";
    case scheduler::Interruption::continued:
      return "continued";
    case scheduler::Interruption::broken_off:
      return "broken-off";
    case scheduler::Interruption::delayed:
      return "delayed";
  }
  return {};
}

bool is_cut(const PlannedItem& item) {
  return item.what != What::pause && item.fault == Fault::none && item.offset + item.frames < item.clip_frames;
}

std::string repeat_mark_of(const PlannedItem& item) {
  return item.repeat_of ? scheduler::repeat_mark(*item.repeat_of, item.day) : std::string();
}

std::string plan_json(const scheduler::Plan& plan, const calendar::Zone& zone) {
  std::unordered_map<std::string_view, const config::SharedText*> calendars;
  for (const auto& session : plan.sessions) calendars.emplace(session.id, &session.by);
  static const config::SharedText none;
  std::string lines;
  for (const auto& item : plan.items) {
    const auto session = calendars.find(item.session);
    lines += json_line(item, session == calendars.end() ? none : *session->second, zone);
  }
  return lines;
}

std::string plan_csv(const scheduler::Plan& plan, const calendar::Zone& zone) {
  std::string lines(kByteOrderMark);
  lines += csv_line({"id", "session", "programme", "index", "what", "article", "campaign", "title", "clip", "start",
                     "end", "frames", "priority", "why", "fault", "repeat_of", "relay"});
  for (const auto& item : plan.items) lines += csv_row(item, zone);
  return lines;
}

}  // namespace loa::station
