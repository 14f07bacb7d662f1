#include "daemon/station/commands/cli_invocation.hpp"

#include "daemon/station/host/output.hpp"

namespace loa::station {

using calendar::Instant;
using calendar::Zone;
using config::msg;

namespace {

void say_wrong_instant(const Invocation& invocation, std::string_view option, const std::string& words) {
  say(invocation.language, msg("--{0}: “{1}” is no instant; write 2026-11-23T05:30 (the station's time) or "
                               "2026-11-23T05:30:00+07:00",
                               option, words));
}

}  // namespace

std::optional<std::string> Invocation::option(std::string_view name) const {
  const auto found = options.find(name);
  return found == options.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Instant> now_of(const Invocation& invocation, const Zone& zone) {
  if (!invocation.now) return std::chrono::floor<calendar::Frames>(std::chrono::system_clock::now());
  auto instant = calendar::parse_instant(*invocation.now, zone);
  if (!instant) say_wrong_instant(invocation, "now", *invocation.now);
  return instant;
}

std::optional<Instant> instant_option(const Invocation& invocation, std::string_view name, const Zone& zone,
                                      bool& wrong) {
  const auto words = invocation.option(name);
  if (!words) return std::nullopt;
  auto instant = calendar::parse_instant(*words, zone);
  if (!instant) say_wrong_instant(invocation, name, *words);
  wrong = wrong || !instant;
  return instant;
}

std::optional<std::chrono::year_month_day> date_option(const Invocation& invocation, std::string_view name,
                                                       bool& wrong) {
  const auto words = invocation.option(name);
  if (!words) return std::nullopt;
  const auto date = calendar::parse_date(*words);
  if (!date) say(invocation.language, msg("--{0}: “{1}” is no date; write 2026-11-23", name, *words));
  wrong = wrong || !date;
  return date;
}

Zone zone_or_default(std::string_view name) {
  if (auto zone = Zone::find(name)) return *zone;
  if (auto zone = Zone::find("Asia/Ho_Chi_Minh")) return *zone;
  return Zone::find("UTC").value();
}

}  // namespace loa::station
