// The figures of the plan: a month of 200 programmes planned and checked, with every recording known.
#include <benchmark/benchmark.h>

#include <string>

#include "scheduler/plan.hpp"

namespace {

namespace chr = std::chrono;
using namespace std::chrono_literals;
using namespace loa;
using scheduler::Date;
using scheduler::ItemRule;

constexpr int kProgrammes = 200;
constexpr int kRecordings = 10'000;
constexpr int kItems = 3;       // of a programme, beside its signature tune
constexpr int kDatedEvery = 4;  // so many programmes have one bulletin of the day
const Date kFirst{chr::year(2026), chr::November, chr::day(23)};

struct Station {
  scheduler::Schedule schedule;
  playlists::Catalogue catalogue;
};

std::string clip_name(int number) {
  return "tin/ban-tin-so-" + std::to_string(number) + ".mp3";
}

/// Of a recording of its own.
playlists::Facts facts(chr::seconds length) {
  static int made = 0;
  playlists::Facts facts;
  const auto number = std::to_string(++made);
  facts.sha256 = number + std::string(64 - number.size(), 'c');  // as true ones they differ early
  facts.codec = "mp3";
  facts.sample_rate = 48'000;
  facts.channels = 1;
  facts.length = length;
  facts.frames = facts.length.count();
  return facts;
}

ItemRule item(const std::string& article, config::Span at) {
  return {scheduler::ArticleItem{article, 0, at}, std::nullopt, std::nullopt, at, at};
}

scheduler::Schedule empty_schedule(std::shared_ptr<const config::Sources> sources) {
  return {"xa-vi-du", calendar::Zone::find("Asia/Ho_Chi_Minh").value(), {}, {}, {}, std::move(sources), true, {},
          {},         std::make_shared<const scheduler::Holidays>()};
}

void add_article(Station& station, const std::string& id, const std::string& clip, config::Span at) {
  auto& article = station.schedule.repertoire.articles[id];
  article.id = id;
  article.title = "Tiêu đề của bản tin " + id;
  article.clip = clip;
  article.at = article.clip_at = article.missing_at = at;
}

void add_programme(Station& station, int number, config::Span at) {
  auto& programme = station.schedule.programmes.emplace_back();
  programme.id = "chuong-trinh-" + std::to_string(number);
  programme.title = programme.id;
  programme.at = {config::TimeOfDay{chr::minutes(5 * 60) + chr::seconds(270 * number)}};
  programme.length = 4min;
  programme.span = programme.at_span = at;
  programme.items.push_back(item("nhac-hieu", at));
  for (int i = 0; i < kItems; ++i) {
    const auto id = "bai-" + std::to_string(number) + "-" + std::to_string(i);
    add_article(station, id,
                i == 0 && number % kDatedEvery == 0 ? "ngay/<date>-" + std::to_string(number) + ".mp3"
                                                    : clip_name(number * 50 + i),
                at);
    programme.items.push_back(item(id, at));
  }
}

/// Each programme plays its tune and three articles, daily; every fourth has a bulletin of the day. All recordings are
/// there.
const Station& station() {
  static const Station made = [] {
    auto sources = std::make_shared<config::Sources>();
    const auto& text = sources->add("schedule/lich.yaml", std::string(100'000, '\n'));
    Station station{empty_schedule(sources), {}};
    station.schedule.permitted_hours.push_back({});
    for (int i = 0; i < kRecordings; ++i) station.catalogue.set(clip_name(i), facts(20s));
    add_article(station, "nhac-hieu", clip_name(0), {&text, 0, 1});
    for (int number = 0; number < kProgrammes; ++number) {
      add_programme(station, number,
                    {&text, static_cast<std::size_t>(100 * number), static_cast<std::size_t>(100 * number + 1)});
      for (int day = -1; day < 33; ++day) {
        const auto clip = "ngay/<date>-" + std::to_string(number) + ".mp3";
        station.catalogue.set(playlists::with_date(clip, Date(chr::sys_days(kFirst) + chr::days(day))), facts(30s));
      }
    }
    return station;
  }();
  return made;
}

constexpr int kMany = 1'000;     // programmes, each once a day or once a week
constexpr int kCampaigns = 100;  // each with kArticles of its own, over the whole year
constexpr int kArticles = 20;

void add_campaign(Station& station, int number, config::Span at) {
  auto& campaign = station.schedule.campaigns.emplace_back();
  campaign.id = "dot-" + std::to_string(1000 + number);  // sorted by id
  campaign.title = campaign.id;
  campaign.from = Date(chr::year(2026) / 1 / 1);
  campaign.until = Date(chr::year(2026) / 12 / 31);
  campaign.per_day = 1;
  campaign.total = 10;
  campaign.apart = 2h;
  campaign.span = campaign.per_day_at = campaign.total_at = at;
  for (int i = 0; i < kArticles; ++i) {
    const auto id = campaign.id + "-bai-" + std::to_string(i);
    add_article(station, id, clip_name(number * kArticles + i), at);
    campaign.entries.push_back({id, at});
  }
}

void add_small_programme(Station& station, int number, bool weekly, config::Span at) {
  auto& programme = station.schedule.programmes.emplace_back();
  programme.id = "chuong-trinh-" + std::to_string(1000 + number);
  programme.title = programme.id;
  programme.at = {config::TimeOfDay{chr::minutes(5 * 60) + chr::seconds(57 * (number % kMany))}};
  programme.length = 50s;
  programme.span = programme.at_span = at;
  if (weekly) {
    programme.repeat.words.form = config::Days::Form::list;
    programme.repeat.words.weekday.at(static_cast<std::size_t>(number % 7)) = true;
  }
  programme.items.push_back(item("nhac-hieu", at));
  const auto campaign = "dot-" + std::to_string(1000 + number % kCampaigns);
  programme.items.push_back({scheduler::CampaignItem{campaign, 1, at}, std::nullopt, std::nullopt, at, at});
}

/// A tune and a campaign's place in each programme; the largest station has a thousand. A hundred campaigns.
Station station_of(int programmes, bool weekly) {
  auto sources = std::make_shared<config::Sources>();
  const auto& text = sources->add("schedule/lich.yaml", std::string(100'000, '\n'));
  Station station{empty_schedule(sources), {}};
  station.schedule.permitted_hours.push_back({});
  for (int i = 0; i < kRecordings; ++i) station.catalogue.set(clip_name(i), facts(20s));
  const auto place = [&](int line) {
    return config::Span{&text, static_cast<std::size_t>(line), static_cast<std::size_t>(line + 1)};
  };
  add_article(station, "nhac-hieu", clip_name(0), place(0));
  for (int i = 0; i < kCampaigns; ++i) add_campaign(station, i, place(100 + i));
  for (int i = 0; i < programmes; ++i) add_small_programme(station, i, weekly, place(1000 + i));
  return station;
}

const Station& large(bool weekly) {
  static const Station stations[] = {station_of(kMany, false), station_of(kMany, true)};
  return stations[weekly ? 1 : 0];
}

/// Twenty of its programmes break into the one before.
const Station& large_with_ranks() {
  static const Station made = [] {
    auto station = station_of(kMany, false);
    for (int number = 25; number < kMany; number += 50) {
      auto& programme = station.schedule.programmes[static_cast<std::size_t>(number)];
      programme.priority = playlists::Priority::priority;
      programme.at = {config::TimeOfDay{programme.at.front().since_midnight - 20s}};
    }
    return station;
  }();
  return made;
}

Date after(int days) {
  return Date(chr::sys_days(kFirst) + chr::days(days));
}

void PlanOfAMonth(benchmark::State& state) {
  const auto& [schedule, catalogue] = station();
  std::size_t items = 0;
  for (auto each : state) {
    const auto plan = scheduler::make_plan(schedule, catalogue, kFirst, after(31));
    items = plan.items.size();
    benchmark::DoNotOptimize(items);
  }
  state.counters["items"] = static_cast<double>(items);
}
BENCHMARK(PlanOfAMonth)->Unit(benchmark::kMillisecond);

void CheckOfAMonth(benchmark::State& state) {
  const auto& [schedule, catalogue] = station();
  std::size_t found = 0;
  for (auto each : state) {
    config::Diagnostics findings;
    scheduler::check(schedule, catalogue, kFirst, 31, findings);
    found = findings.all().size();
    benchmark::DoNotOptimize(found);
  }
  state.counters["findings"] = static_cast<double>(found);
}
BENCHMARK(CheckOfAMonth)->Unit(benchmark::kMillisecond);

/// Range: weekly; the first day's distance from 1 January 2026; days.
void PlanOfTheLargest(benchmark::State& state) {
  const auto& [schedule, catalogue] = large(state.range(0) != 0);
  const auto from = chr::sys_days(chr::year(2026) / 1 / 1) + chr::days(state.range(1));
  std::size_t items = 0;
  for (auto each : state) {
    const auto plan = scheduler::make_plan(schedule, catalogue, from, from + chr::days(state.range(2)));
    items = plan.items.size();
    benchmark::DoNotOptimize(items);
  }
  state.counters["items"] = static_cast<double>(items);
}
BENCHMARK(PlanOfTheLargest)
    ->Unit(benchmark::kMillisecond)
    ->ArgNames({"weekly", "day", "days"})
    ->Args({1, 0, 365})
    ->Args({0, 0, 365})
    ->Args({1, 0, 7})
    ->Args({0, 0, 7})
    ->Args({1, 180, 7})
    ->Args({0, 180, 7})
    ->Args({1, 358, 7})
    ->Args({0, 358, 7});

/// Range: the first day's distance from 1 January 2026.
void SevenDaysWithPriorities(benchmark::State& state) {
  const auto& [schedule, catalogue] = large_with_ranks();
  const auto from = chr::sys_days(chr::year(2026) / 1 / 1) + chr::days(state.range(0));
  std::size_t items = 0;
  for (auto each : state) {
    const auto plan = scheduler::make_plan(schedule, catalogue, from, from + chr::days(7));
    items = plan.items.size();
    benchmark::DoNotOptimize(items);
  }
  state.counters["items"] = static_cast<double>(items);
}
BENCHMARK(SevenDaysWithPriorities)->Unit(benchmark::kMillisecond)->ArgName("day")->Arg(0)->Arg(180)->Arg(358);

/// Range: programmes. Cost grows as the number of items does.
void PlanByItems(benchmark::State& state) {
  const auto [schedule, catalogue] = station_of(static_cast<int>(state.range(0)), false);
  const auto from = chr::sys_days(chr::year(2026) / 1 / 1);
  std::size_t items = 0;
  for (auto each : state) {
    const auto plan = scheduler::make_plan(schedule, catalogue, from, from + chr::days(31));
    items = plan.items.size();
    benchmark::DoNotOptimize(items);
  }
  state.counters["items"] = static_cast<double>(items);
  state.SetComplexityN(static_cast<std::int64_t>(items));
}
BENCHMARK(PlanByItems)
    ->Unit(benchmark::kMillisecond)
    ->Arg(100)
    ->Arg(300)
    ->Arg(1000)
    ->Arg(3000)
    ->Complexity(benchmark::oN);

void CheckOfTheLargest(benchmark::State& state) {
  const auto& [schedule, catalogue] = large(state.range(0) != 0);
  std::size_t found = 0;
  for (auto each : state) {
    config::Diagnostics findings;
    scheduler::check(schedule, catalogue, kFirst, 31, findings);
    found = findings.all().size();
    benchmark::DoNotOptimize(found);
  }
  state.counters["findings"] = static_cast<double>(found);
}
BENCHMARK(CheckOfTheLargest)->Unit(benchmark::kMillisecond)->ArgName("weekly")->Arg(1)->Arg(0);

void FindAZone(benchmark::State& state) {
  for (auto each : state) benchmark::DoNotOptimize(calendar::Zone::find("America/New_York"));
}
BENCHMARK(FindAZone)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
