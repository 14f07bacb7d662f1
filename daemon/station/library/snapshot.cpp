// The canonical text: RFC 8785 JSON of every YAML file, of the facts of the recordings that the schedule can name, and
// of who approved them.
#include "daemon/station/library/snapshot.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <utility>

#include "daemon/station/library/snapshot_facts.hpp"
#include "daemon/wire/row.hpp"
#include "scheduler/make_good.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;

constexpr std::string_view kSnapshotFormat = "loa-plan-1";
constexpr std::string_view kHolidays = "holidays";

json::array texts_json(const std::vector<config::StationText>& texts) {
  json::array made;
  for (const auto& text : texts) {
    json::object each{{"name", text.name}, {"bytes", text.bytes}, {"folder", text.folder}};
    if (text.role == config::StationText::Role::holidays) each["role"] = kHolidays;
    made.push_back(std::move(each));
  }
  return made;
}

/// Throws what Boost.JSON throws for a text that is not of our making.
std::vector<config::StationText> texts_from(const json::array& array) {
  std::vector<config::StationText> texts;
  for (const auto& value : array) {
    const auto& text = value.as_object();
    texts.push_back({std::string(text.at("name").as_string()), std::string(text.at("bytes").as_string()),
                     text.at("folder").to_number<std::size_t>()});
    const auto* role = text.if_contains("role");
    if (role != nullptr && role->as_string() == kHolidays) texts.back().role = config::StationText::Role::holidays;
  }
  return texts;
}

scheduler::MakeGoods of_known_campaigns(scheduler::MakeGoods make_goods, const scheduler::Schedule& schedule) {
  std::erase_if(make_goods, [&](const auto& each) { return schedule.campaign(each.second.campaign) == nullptr; });
  return make_goods;
}

json::object make_goods_json(const scheduler::MakeGoods& make_goods) {
  json::object made;
  for (const auto& [place, each] : make_goods) {
    made[place] = json::object{{"missed", each.missed}, {"campaign", each.campaign}, {"article", each.article}};
  }
  return made;
}

/// Throws as texts_from() does.
scheduler::MakeGoods make_goods_from(const json::object& object) {
  scheduler::MakeGoods make_goods;
  for (const auto& [place, value] : object) {
    const auto& each = value.as_object();
    make_goods[std::string(place)] = {std::string(each.at("missed").as_string()),
                                      std::string(each.at("campaign").as_string()),
                                      std::string(each.at("article").as_string())};
  }
  return make_goods;
}

SnapshotPtr assembled(const config::StationFiles& files, std::optional<scheduler::Schedule> schedule,
                      playlists::Catalogue catalogue, std::string bytes) {
  if (!schedule) return nullptr;
  auto hash = wire::sha256_hex(bytes);
  return std::make_shared<const Snapshot>(Snapshot{std::move(hash), files.settings, std::move(*schedule),
                                                   std::move(catalogue), std::move(bytes), files.sources});
}

}  // namespace

scheduler::Plan Snapshot::plan(config::Date from, config::Date to) const {
  return scheduler::make_plan(schedule, catalogue, from, to);
}

SnapshotPtr make_snapshot(const config::StationFiles& files, const playlists::Catalogue& catalogue,
                          scheduler::MakeGoods make_goods) {
  config::Diagnostics diagnostics;
  auto schedule = scheduler::read_schedule(files, diagnostics);
  if (!schedule) return nullptr;
  auto named = nameable(schedule->repertoire, catalogue);
  named.set_approvals(approvals_that_count(*schedule, named, catalogue.approvals()));
  json::object text{{"format", kSnapshotFormat}, {"texts", texts_json(files.texts)}, {"facts", facts_json(named)}};
  schedule->make_goods = scheduler::that_still_matter(of_known_campaigns(std::move(make_goods), *schedule), *schedule);
  if (!schedule->make_goods.empty()) text["make_goods"] = make_goods_json(schedule->make_goods);
  if (!named.approvals().empty()) text["approved"] = approvals_json(named.approvals());
  return assembled(files, std::move(schedule), std::move(named), wire::canonical(text));
}

config::StationFiles files_of(const Snapshot& snapshot) {
  config::Diagnostics known;
  const auto value = json::parse(snapshot.bytes);
  return config::read_station_texts(texts_from(value.as_object().at("texts").as_array()), known);
}

bool same_texts(const config::Sources& one, const config::Sources& other) {
  const auto same = [](const config::SourceText& a, const config::SourceText& b) {
    return a.name() == b.name() && a.bytes() == b.bytes();
  };
  return std::equal(one.all().begin(), one.all().end(), other.all().begin(), other.all().end(), same);
}

SnapshotPtr read_snapshot(std::string_view hash, std::string bytes) {
  if (wire::sha256_hex(bytes) != hash) return nullptr;
  try {
    const auto value = json::parse(bytes);
    const auto& text = value.as_object();
    if (text.at("format").as_string() != kSnapshotFormat) return nullptr;
    auto catalogue = catalogue_from(text.at("facts").as_object());
    if (const auto* approved = text.if_contains("approved")) {
      catalogue.set_approvals(approvals_from(approved->as_object()));
    }
    config::Diagnostics diagnostics;
    const auto files = config::read_station_texts(texts_from(text.at("texts").as_array()), diagnostics);
    auto schedule = scheduler::read_schedule(files, diagnostics);
    if (const auto* made = text.if_contains("make_goods"); made != nullptr && schedule) {
      schedule->make_goods = make_goods_from(made->as_object());
    }
    return assembled(files, std::move(schedule), std::move(catalogue), std::move(bytes));
  } catch (const std::exception&) {  // bytes with the right hash that a program of ours did not write
    return nullptr;
  }
}

}  // namespace loa::station
