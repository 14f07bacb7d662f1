// From a station's files to its schedule: the top-level keys, the zone, and the order in which the rest is read.
#include <algorithm>
#include <array>

#include "config/unicode.hpp"
#include "config/value_shape.hpp"
#include "playlists/section.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;
using config::StationFiles;

namespace {

constexpr std::array<std::string_view, 6> kSections{"articles", "playlists",  "campaigns",
                                                    "relays",   "programmes", "calendar"};

/// An empty section is answered where it is read.
config::NodePtr without_empty_sections(const config::Node& root) {
  auto rest = std::make_shared<config::Node>(root);
  std::erase_if(rest->entries, [](const auto& entry) {
    return entry.second->is_null() &&
           std::find(kSections.begin(), kSections.end(), entry.first->scalar) != kSections.end();
  });
  return rest;
}

void check_top_level(const config::ScheduleFile& file, Diagnostics& diagnostics) {
  if (!file.root) return;
  Fields fields(without_empty_sections(*file.root), diagnostics, msg("a schedule file"));
  for (const auto key : kSections) fields.find(key);
  for (const auto key : {"station", "shared", "permitted_hours", "audio", "amplifier", "clock"}) {
    fields.at_home_elsewhere({{key, "station.yaml"}});
  }
  fields.finish();
}

/// What people call Vietnam's zone where an IANA name is asked for, else the nearest name.
std::string zone_meant(const std::string& name) {
  auto plain = config::folded(name);
  std::erase(plain, ' ');
  for (const std::string_view known :
       {"hanoi", "asia/hanoi", "saigon", "vn", "vietnam", "asia/vietnam", "ict", "7", "+7", "+07", "+07:00", "utc+7",
        "utc+07", "utc+07:00", "gmt+7", "gmt+07", "gmt+07:00", "indochinatime", "seasiastandardtime"}) {
    if (plain == known) return "Asia/Ho_Chi_Minh";
  }
  return config::nearest(name, calendar::zone_names());
}

std::optional<calendar::Zone> find_zone(const config::StationSettings& settings, Diagnostics& diagnostics) {
  auto zone = calendar::Zone::find(settings.timezone);
  if (zone) return zone;
  const auto near = zone_meant(settings.timezone);
  const auto words = msg("there is no time zone “{0}”", config::shown(settings.timezone));
  auto& found = settings.timezone_at.source != nullptr ? diagnostics.error("unknown-zone", settings.timezone_at, words)
                                                       : diagnostics.file_error("unknown-zone", "station.yaml", words);
  found.would(msg("nothing could be planned"));
  found.mend(near.empty() ? msg("write an IANA name such as Asia/Ho_Chi_Minh") : msg("did you mean “{0}”?", near));
  return std::nullopt;
}

std::vector<PermittedHours> permitted_hours(const config::StationSettings& settings, const DayContext& context,
                                            Diagnostics& diagnostics) {
  std::vector<PermittedHours> hours;
  for (const auto& row : settings.permitted_hours) {
    hours.push_back({day_set(row.days, context, diagnostics), row.from, row.until, row.at});
  }
  return hours;
}

std::vector<SoftHours> soft_hours(const config::StationSettings& settings, const DayContext& context,
                                  Diagnostics& diagnostics) {
  std::vector<SoftHours> hours;
  for (const auto& row : settings.audio.soft_hours) {
    hours.push_back({day_set(row.days, context, diagnostics), row.from, row.until, row.gain, row.at});
  }
  return hours;
}

std::vector<Limit> limits(const config::StationSettings& settings, const DayContext& context,
                          Diagnostics& diagnostics) {
  std::vector<Limit> limits;
  for (const auto& rule : settings.limits) {
    auto own = context;
    own.from = rule.from;
    limits.push_back({rule, day_set(rule.days, own, diagnostics), day_set(rule.except, context, diagnostics)});
  }
  return limits;
}

/// Whether things may be named under `key` where nothing can be read.
bool may_hide(const StationFiles& files, std::string_view key) {
  return std::any_of(files.schedule.begin(), files.schedule.end(),
                     [&](const auto& file) { return playlists::is_unreadable_section(file.root, key); });
}

bool has_errors_in(const config::ScheduleFile& file, const Diagnostics& diagnostics) {
  const auto& all = diagnostics.all();
  return file.source != nullptr && std::any_of(all.begin(), all.end(), [&](const auto& each) {
           return each.severity == config::Severity::error && each.at.source == file.source;
         });
}

DayContext day_context(const StationFiles& files, const std::optional<calendar::Zone>& zone, Diagnostics& diagnostics) {
  const auto mistakes = diagnostics.count(config::Severity::error);
  auto holidays = std::make_shared<const Holidays>(read_holidays(files.holidays, diagnostics));
  // A name that is missing from a mistaken list may stand where the mistake is.
  const bool whole =
      diagnostics.count(config::Severity::error) == mistakes && !has_errors_in(files.holidays, diagnostics);
  const bool given = files.holidays.root != nullptr || !files.settings.holidays;
  return {std::move(holidays), zone.value_or(calendar::Zone::find("UTC").value()), whole && given};
}

}  // namespace

std::optional<Schedule> read_schedule(const StationFiles& files, Diagnostics& diagnostics) {
  for (const auto& file : files.schedule) check_top_level(file, diagnostics);
  auto zone = find_zone(files.settings, diagnostics);
  auto repertoire = playlists::read_repertoire(files.schedule, diagnostics, files.names_hidden);
  const auto mistakes = [&] { return diagnostics.count(config::Severity::error); };
  auto campaigns = read_campaigns(files.schedule, diagnostics);
  auto relays = read_relays(files.schedule, diagnostics);
  const auto before_calendar = mistakes();
  const auto context = day_context(files, zone, diagnostics);
  auto calendar = read_calendar(files.schedule, context, diagnostics);
  bool days_known = mistakes() == before_calendar && context.holidays_known;
  auto programmes = read_programmes(files.schedule, calendar, context, diagnostics);
  auto hours = permitted_hours(files.settings, context, diagnostics);
  auto soft = soft_hours(files.settings, context, diagnostics);
  auto limited = limits(files.settings, context, diagnostics);
  const bool hidden = repertoire.partial || may_hide(files, "programmes");
  const auto before_names = mistakes();
  check_calendar(calendar, programmes, hidden, diagnostics);
  days_known = days_known && !hidden && mistakes() == before_names;
  check_names(programmes, campaigns, repertoire, may_hide(files, "campaigns"), diagnostics);
  check_relays(programmes, relays, repertoire, may_hide(files, "relays"), diagnostics);
  const bool bearable = check_load(programmes, calendar, repertoire, diagnostics);
  if (!zone || !bearable) return std::nullopt;
  return Schedule{.station = files.settings.id,
                  .zone = std::move(*zone),
                  .permitted_hours = std::move(hours),
                  .repertoire = std::move(repertoire),
                  .programmes = std::move(programmes),
                  .sources = files.sources,
                  .hours_known = files.settings.hours_known,
                  .limits = std::move(limited),
                  .calendar = std::move(calendar),
                  .holidays = context.holidays,
                  .campaigns = std::move(campaigns),
                  .approval_required = files.settings.approval_required,
                  .soft_hours = std::move(soft),
                  .relays = std::move(relays),
                  .days_known = days_known};
}

}  // namespace loa::scheduler
