// Reads station.yaml. Knows its keys and ranges; must not know what the values do.
#include "config/settings.hpp"

#include "config/fields.hpp"
#include "config/settings_amplifier.hpp"
#include "config/settings_hours.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

constexpr std::string_view kScheduleFile = "schedule/*.yaml";

template <class Value>
void keep(Value& place, const std::optional<Value>& read) {
  if (read) place = *read;
}

void read_station(Fields& root, StationSettings& settings) {
  const auto node = root.require("station", msg("begin the file with “station:”, below it “id:” and “name:”"));
  if (!node) return;
  Fields fields(node, root.diagnostics(), msg("the station"));
  const auto id = fields.require("id", msg("add “id: xa-vi-du”: a-z, 0-9 and “-”; no other station may ever have it"));
  if (id) keep(settings.id, read_id(*id, fields.diagnostics()));
  // One that stands at the left edge is answered there.
  const bool outside = root.has("name") && !fields.has("name");
  const auto name = outside ? nullptr : fields.require("name", msg("add “name: …” as it stands in reports"));
  if (name) keep(settings.name, read_words(*name, fields.diagnostics()));
  keep(settings.kind, fields.choice("kind", {"province", "commune", "cluster", "hamlet"}));
  const auto zone = fields.find("timezone");
  settings.timezone_at = zone ? zone->span : fields.span();
  if (zone) keep(settings.timezone, read_words(*zone, fields.diagnostics()));
  if (const auto word = fields.choice("language", {"vi", "en"})) settings.language = language_named(*word);
  fields.at_home_outside({"permitted_hours", "limits", "approval", "holidays", "audio", "shared", "preflight", "clock",
                          "amplifier", "retention", "hub"});
  if (fields.has("permitted_hours")) settings.hours_known = false;
  if (fields.has("shared")) settings.shared_known = false;
  fields.finish();
}

void add_shared(const Node& node, Diagnostics& diagnostics, StationSettings& settings) {
  const auto path = read_path(node, diagnostics, msg("the folder would not be found, and nothing of it would play"));
  if (!path) return;
  settings.shared.push_back(*path);
  settings.shared_at.push_back(node.span);
}

void read_holidays_file(Fields& root, StationSettings& settings) {
  const auto node = root.find("holidays");
  if (!node) return;
  settings.holidays = read_path(*node, root.diagnostics(), msg("no holiday would be known"));
  settings.holidays_at = node->span;
}

void read_shared(Fields& root, StationSettings& settings) {
  const auto node = root.find("shared");
  if (!node) return;
  if (!node->is_sequence()) return add_shared(*node, root.diagnostics(), settings);
  for (const auto& item : node->items) add_shared(*item, root.diagnostics(), settings);
}

/// "05:00-21:00" in the place of a row.
bool report_span(const Node& node, Diagnostics& diagnostics) {
  const auto shape = node.is_scalar() ? shape_of(node.scalar) : Shape{};
  if (shape.numbers.size() != 4) return false;
  const auto time = [&](std::size_t first, bool allow_24) {
    Node one;
    one.kind = Node::Kind::scalar;
    one.scalar = shape.numbers[first] + ':' + shape.numbers[first + 1];
    Diagnostics unsaid;
    return read_time(one, unsaid, allow_24);
  };
  const auto from = time(0, false), until = time(2, true);
  const bool clear = from && until && *from != *until;
  diagnostics.error("wrong-type", node.span, msg("a row of permitted_hours says “from” and “until”"))
      .would(msg("when the station may sound is not known"))
      .mend(msg("write {{days: daily, from: \"{0}\", until: \"{1}\"}}", clear ? to_string(*from) : "05:00",
                clear ? to_string(*until) : "21:00"));
  return true;
}

void read_hours_row(const NodePtr& node, Diagnostics& diagnostics, StationSettings& settings) {
  if (report_span(*node, diagnostics)) return;
  Fields fields(node, diagnostics, msg("a row of permitted_hours"));
  PermittedHours row;
  row.at = node->span;
  keep(row.days, fields.days("days"));
  const bool whole = read_span_of_day(fields, row.from, row.until,
                                      msg("it would be unclear whether nothing or the whole day is permitted"));
  fields.finish();
  if (!whole) return;
  settings.permitted_hours.push_back(row);
}

void read_hours(Fields& root, StationSettings& settings) {
  const auto node = root.find("permitted_hours");
  if (node && node->is_sequence()) {
    for (const auto& item : node->items) read_hours_row(item, root.diagnostics(), settings);
    if (node->items.empty()) {
      root.diagnostics()
          .error("empty-list", node->span, msg("the list of permitted hours is empty"))
          .would(msg("the station would be silent at all hours"))
          .mend(msg("add a row such as {{days: daily, from: \"05:00\", until: \"21:00\"}}, or delete the key"));
    }
  } else if (node) {
    read_hours_row(node, root.diagnostics(), settings);
  }
  if (settings.permitted_hours.empty()) settings.permitted_hours.emplace_back();
}

void read_preflight(Fields& root, StationSettings& settings) {
  const auto node = root.find("preflight");
  if (!node) return;
  if (node->is_scalar() && node->scalar == "off") {
    settings.preflight.reset();
  } else if (const auto time = read_time(*node, root.diagnostics())) {
    settings.preflight = time;
  }
}

constexpr long long kMinutesOfADay = 1440;

void report_limitless(Fields& fields, const LimitRule& limit) {
  if (limit.sessions_per_day || limit.minutes_per_session || limit.minutes_per_day) return;
  if (fields.has("sessions_per_day") || fields.has("minutes_per_session") || fields.has("minutes_per_day")) return;
  fields.diagnostics()
      .warning("limit-without-number", fields.span(), msg("“{0}” limits nothing", limit.name))
      .would(msg("it changes nothing"))
      .mend(msg("add sessions_per_day, minutes_per_session or minutes_per_day"));
}

void read_limit(const NodePtr& node, Diagnostics& diagnostics, StationSettings& settings) {
  Fields fields(node, diagnostics, msg("a limit"));
  LimitRule limit;
  limit.at = node->span;
  const auto name = fields.require("name", msg("write the decision that it comes from, as in name: Quyết định 29"));
  if (name) keep(limit.name, read_words(*name, diagnostics));
  limit.sessions_per_day = fields.whole("sessions_per_day", 0, kMinutesOfADay);
  limit.minutes_per_session = fields.whole("minutes_per_session", 0, kMinutesOfADay);
  limit.minutes_per_day = fields.whole("minutes_per_day", 0, kMinutesOfADay);
  keep(limit.days, fields.days("days"));
  keep(limit.except, fields.dates("except"));
  limit.from = fields.date("from");
  limit.until = fields.date("until");
  keep(limit.enforce, fields.flag("enforce"));
  fields.finish();
  if (limit.from && limit.until && *limit.until < *limit.from) {
    diagnostics
        .error("from-after-until", node->span,
               msg("“until” ({0}) is before “from” ({1})", to_string(*limit.until), to_string(*limit.from)))
        .would(msg("it would never be in force"))
        .mend(msg("exchange the two dates, or correct one"));
    return;
  }
  report_limitless(fields, limit);
  if (!limit.name.empty()) settings.limits.push_back(std::move(limit));
}

void read_limits(Fields& root, StationSettings& settings) {
  const auto node = root.find("limits");
  if (!node) return;
  if (!node->is_sequence()) return read_limit(node, root.diagnostics(), settings);
  for (const auto& item : node->items) read_limit(item, root.diagnostics(), settings);
}

/// “none” would write down as aired what nobody heard.
void read_second_device(Fields& fields, AudioSettings& audio) {
  const auto node = fields.find("second_device");
  const auto name = node ? read_words(*node, fields.diagnostics()) : std::nullopt;
  if (!name) return;
  if (*name == "none") {
    fields.diagnostics()
        .error("second-device-none", node->span, msg("second_device: none would sound nothing and be logged as aired"))
        .would(msg("with the sound device lost, everything would count as aired although nobody heard it"))
        .mend(msg("name a second sound device, as `loa devices` shows it, or delete the line"));
  } else if (audio.device == "none" || *name == audio.device) {
    fields.diagnostics()
        .warning("second-device-idle", node->span, msg("second_device is never used beside device: {0}", audio.device))
        .would(msg("it changes nothing"))
        .mend(msg("name another sound device, as `loa devices` shows it, or delete the line"));
  } else {
    audio.second_device = *name;
  }
}

void read_audio(Fields& root, StationSettings& settings) {
  const auto node = root.find("audio");
  if (!node) return;
  Fields fields(node, root.diagnostics(), msg("audio"));
  auto& audio = settings.audio;
  keep(audio.device, fields.words("device"));
  keep(audio.latency, fields.duration("latency"));
  if (const auto channels = fields.whole("channels", 1, 2)) audio.channels = static_cast<int>(*channels);
  keep(audio.loudness, fields.number("loudness", -40, -5));
  keep(audio.true_peak, fields.number("true_peak", -20, 0));
  audio.soft_hours = read_soft_hours(fields);
  read_second_device(fields, audio);
  keep(audio.listen, fields.words("listen"));
  if (audio.listen == "none") audio.listen.clear();
  fields.finish();
}

// `clock: {unknown: play}` is how this version behaves; the other choices are still to come.
// Returns whether it is one of those that are still to come.
bool read_fixed_choice(Fields& fields, std::string_view key, const std::vector<std::string>& names,
                       std::string_view built) {
  const auto node = fields.find(key);
  const auto word = node ? read_choice(*node, fields.diagnostics(), names) : std::nullopt;
  const bool later = word && *word != built;
  if (later) report_not_yet(fields.diagnostics(), node->span, std::string(key) + ": " + *word);
  return later;
}

void read_clock(Fields& root) {
  const auto node = root.find("clock");
  if (!node) return;
  Fields fields(node, root.diagnostics(), msg("clock"));
  read_fixed_choice(fields, "unknown", {"hold", "play"}, "play");
  fields.finish();
}

// Whether what `read` found under `key` is what the operator meant there.
template <class Read>
bool reads_well(Read read, Fields& fields, std::string_view key, StationSettings& settings) {
  const auto before = fields.diagnostics().count(Severity::error);
  read(fields, settings);
  return fields.diagnostics().count(Severity::error) == before && !fields.is_broken(key);
}

StationSettings nothing_known() {
  StationSettings settings;
  settings.permitted_hours.emplace_back();
  settings.shared_known = settings.hours_known = false;
  return settings;
}

}  // namespace

StationSettings read_settings(const std::shared_ptr<const Node>& root, Diagnostics& diagnostics) {
  if (!root) return nothing_known();
  StationSettings settings;
  Fields fields(root, diagnostics, msg("station.yaml"));
  read_station(fields, settings);
  settings.shared_known &= reads_well(read_shared, fields, "shared", settings);
  settings.hours_known &= reads_well(read_hours, fields, "permitted_hours", settings);
  read_audio(fields, settings);
  settings.approval_required = fields.choice("approval", {"required", "off"}) == "required";
  read_clock(fields);
  settings.amplifier = read_amplifier(fields);
  read_holidays_file(fields, settings);
  read_limits(fields, settings);
  read_preflight(fields, settings);
  fields.not_yet({"retention", "hub"});
  fields.at_home_elsewhere({{"id", "station:"},
                            {"name", "station:"},
                            {"kind", "station:"},
                            {"timezone", "station:"},
                            {"language", "station:"},
                            {"device", "audio:"},
                            {"latency", "audio:"},
                            {"channels", "audio:"},
                            {"loudness", "audio:"},
                            {"true_peak", "audio:"},
                            {"soft_hours", "audio:"},
                            {"days", "permitted_hours:"},
                            {"from", "permitted_hours:"},
                            {"until", "permitted_hours:"},
                            {"unknown", "clock:"},
                            {"articles", kScheduleFile},
                            {"playlists", kScheduleFile},
                            {"programmes", kScheduleFile},
                            {"calendar", kScheduleFile}});
  fields.finish();
  if (fields.is_mistyped("shared")) settings.shared_known = false;
  if (fields.is_mistyped("permitted_hours")) settings.hours_known = false;
  return settings;
}

}  // namespace loa::config
