#include "daemon/station/conductor/status.hpp"

#include <boost/json/array.hpp>
#include <utility>

namespace loa::station {

namespace {

namespace json = boost::json;

double seconds(Frames frames) {
  return std::chrono::duration<double>(frames).count();
}

void put(json::object& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

json::object on_air_json(const Status::OnAir& item, const calendar::Zone& zone) {
  json::object made;
  put(made, "id", item.id);
  put(made, "session", item.session);
  made["what"] = item.what;
  put(made, "article", item.article);
  put(made, "title", item.title);
  put(made, "clip", item.clip);
  made["start"] = calendar::rfc3339(item.start, zone);
  made["end"] = calendar::rfc3339(item.end, zone);
  made["played"] = seconds(item.played);
  if (item.frames > Frames{0}) made["duration"] = seconds(item.frames);
  put(made, "announced_by", item.announced_by);
  return made;
}

json::object announcement_json(const Status::Announcement& one, const calendar::Zone& zone) {
  json::object made{{"number", one.number}, {"by", one.by}, {"title", one.title}};
  if (one.next) made["next"] = calendar::rfc3339(*one.next, zone);
  if (one.until) made["until"] = calendar::rfc3339(*one.until, zone);
  return made;
}

json::array amplifiers_json(const std::vector<Status::Amplifier>& amplifiers) {
  json::array made;
  for (const auto& each : amplifiers) {
    json::object one{{"key", each.name}, {"on", each.on}, {"wanted", each.wanted}};
    put(one, "fault", each.fault);
    made.push_back(std::move(one));
  }
  return made;
}

json::object next_json(const Status::Next& item, const calendar::Zone& zone) {
  json::object made{{"id", item.id}};
  put(made, "article", item.article);
  put(made, "title", item.title);
  made["start"] = calendar::rfc3339(item.start, zone);
  return made;
}

}  // namespace

json::object to_json(const Status& status) {
  json::object made;
  if (status.zone) {
    made["now"] = calendar::rfc3339(status.now, *status.zone);
    if (status.on_air) made["on_air"] = on_air_json(*status.on_air, *status.zone);
    if (status.next) made["next"] = next_json(*status.next, *status.zone);
    json::array announcements;
    for (const auto& one : status.announcements) announcements.push_back(announcement_json(one, *status.zone));
    if (!announcements.empty()) made["announcements"] = std::move(announcements);
  }
  made["clock"] = name_of(status.clock);
  put(made, "device", status.device);
  put(made, "device_state", status.device_state);
  put(made, "device_note", status.device_note);
  if (!status.amplifiers.empty()) made["amplifier"] = amplifiers_json(status.amplifiers);
  if (status.listening) {
    json::object listening{{"device", status.listening->input}, {"state", status.listening->state}};
    put(listening, "note", status.listening->note);
    put(listening, "not_heard", status.listening->not_heard);
    made["listening"] = std::move(listening);
  }
  if (status.silent) made["silent"] = true;
  if (status.second_device) made["second_device"] = true;
  made["hub"] = status.hub;
  put(made, "plan", status.plan);
  if (status.held) {
    made["held"] = json::object{
        {"plan", status.held->plan}, {"items_before", status.held->before}, {"items_after", status.held->after}};
  }
  put(made, "disk_fault", status.disk_fault);
  return made;
}

}  // namespace loa::station
