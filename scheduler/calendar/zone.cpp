// Local time to instants and back, by a zone's table of offsets.
#include "scheduler/calendar/zone.hpp"

#include "scheduler/calendar/zone_file.hpp"

namespace loa::calendar {

namespace chr = std::chrono;

struct Zone::Data {
  std::string name;
  Offsets offsets;
};

namespace {

std::int64_t whole_seconds(Instant instant) {
  return chr::floor<chr::seconds>(instant.time_since_epoch()).count();
}

/// The offset with which a local second is read. The periods of constant offset are walked in order: the first one that
/// has not ended at that local time is it (of an overlap the earlier), unless it has not begun either: then the local
/// time was skipped and the period before counts.
std::int32_t offset_at_local(const Offsets& offsets, std::int64_t local) {
  std::int64_t at = local - std::chrono::seconds(kFarthestOffset).count();
  std::int32_t before = offsets.in_force(at).offset;
  std::int32_t offset = before;
  std::int64_t began = INT64_MIN;
  for (auto change = offsets.next(at); change; change = offsets.next(at)) {
    if (local - offset < change->at) break;
    before = offset;
    offset = change->offset;
    began = at = change->at;
  }
  return local - offset < began ? before : offset;
}

}  // namespace

Zone::Zone(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

std::optional<Zone> Zone::find(std::string_view name) {
  const auto bytes = read_zone_file(name);
  if (!bytes) return std::nullopt;
  auto offsets = parse_zone_file(*bytes);
  if (!offsets) return std::nullopt;
  return Zone(std::make_shared<const Data>(Data{std::string(name), std::move(*offsets)}));
}

const std::string& Zone::name() const {
  return data_->name;
}

Instant Zone::instant(LocalTime local) const {
  const auto since = local.time_since_epoch();
  const auto second = chr::floor<chr::seconds>(since).count();
  return Instant(Frames(since) - chr::seconds(offset_at_local(data_->offsets, second)));
}

LocalTime Zone::local(Instant instant) const {
  return LocalTime(chr::floor<chr::milliseconds>(instant.time_since_epoch() + offset(instant)));
}

chr::seconds Zone::offset(Instant instant) const {
  return chr::seconds(data_->offsets.in_force(whole_seconds(instant)).offset);
}

chr::year_month_day Zone::day(Instant instant) const {
  return chr::year_month_day(chr::floor<chr::days>(local(instant)));
}

}  // namespace loa::calendar
