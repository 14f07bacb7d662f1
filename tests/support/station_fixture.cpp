#include "tests/support/station_fixture.hpp"

#include <gtest/gtest.h>

#include "tests/support/sim_oracle.hpp"

namespace loa::sim {

Instant at(std::string_view text) {
  static const auto zone = calendar::Zone::find("Asia/Ho_Chi_Minh");
  return calendar::parse_instant(text, *zone).value();
}

Frames frames(Nanoseconds duration) {
  return std::chrono::round<Frames>(duration);
}

StationFixture::StationFixture(Instant start, std::string device)
    : clock(start), ledger(clock), player(clock, std::move(device)), sources(clock) {
  settings_ = "station: {id: xa, name: Xã Ví Dụ}\naudio: {device: none}\n";
}

std::string StationFixture::sha(const std::string& clip) {
  return wire::sha256_hex(clip);
}

std::string StationFixture::sha_of(const std::string& clip) const {
  const auto found = versions_.find(clip);
  return sha(found == versions_.end() ? clip : clip + std::to_string(found->second));
}

void StationFixture::recording(const std::string& clip, Nanoseconds length) {
  lengths_[clip] = frames(length);
  shelf.ready[sha(clip)] = frames(length);
}

station::SnapshotPtr StationFixture::snapshot() const {
  config::Diagnostics diagnostics;
  const auto files =
      config::read_station_texts({{"station.yaml", settings_, 0}, {"schedule/lich.yaml", schedule_, 0}}, diagnostics);
  playlists::Catalogue catalogue;
  for (const auto& [clip, length] : lengths_) {
    playlists::Facts facts;
    facts.sha256 = sha_of(clip);
    facts.frames = length.count();
    facts.sample_rate = 48000;
    facts.channels = 1;
    facts.codec = "wav";
    facts.length = length;
    catalogue.set(clip, facts);
  }
  catalogue.set_approvals(approvals_);
  auto made = station::make_snapshot(files, catalogue);
  EXPECT_FALSE(diagnostics.has_errors()) << config::to_text(diagnostics, config::Language::en, false);
  EXPECT_NE(made, nullptr);
  return made;
}

void SimKeyer::use(std::vector<wire::KeySetup> setups) {
  keys = std::move(setups);
  is_.assign(keys.size(), false);
  changes.push_back({clock_.now(), is_});
}

void SimKeyer::want(const std::vector<bool>& on) {
  for (std::size_t i = 0; i < on.size() && i < is_.size(); ++i) {
    if (on[i] == is_[i]) continue;
    const auto what = fault.empty() ? wire::KeyEvent::What::done : wire::KeyEvent::What::failed;
    events_.push_back({i, what, on[i], fault});
  }
  is_ = on;
  changes.push_back({clock_.now(), on});
}

std::vector<scheduler::Interval> SimKeyer::on(std::size_t key) const {
  std::vector<scheduler::Interval> spans;
  bool is = false;
  for (const auto& change : changes) {
    const bool now = key < change.on.size() && change.on[key];
    if (now && !is) spans.push_back({change.at, Instant::max()});
    if (!now && is) spans.back().until = change.at;
    is = now;
  }
  return spans;
}

void StationFixture::boot() {
  station::ConductorOptions options;
  options.device = "none";
  options.keyer = &keyer;
  options.load = [this](const std::string& hash) {
    const auto found = plans_.find(hash);
    return found == plans_.end() ? nullptr : station::read_snapshot(hash, found->second);
  };
  options.played = [this](std::uint64_t, const station::Played& played) { played_.push_back(played); };
  options.sources = &sources;
  options.orders = orders_;
  options.keep_orders = [this](const std::string& text) { orders_ = text; };
  options.announced = [this](std::uint64_t number, const station::AnnounceNews& news) {
    news_.emplace_back(number, news);
  };
  sources.news = [this](const std::string& id, std::uint32_t attempt, const station::SourceNews& news) {
    deliver([this, id, attempt, news] { conductor_->on_source(id, attempt, news); });
  };
  options.keep = [this](const station::Snapshot& snapshot) { plans_[snapshot.hash] = snapshot.bytes; };
  conductor_ = std::make_unique<station::Conductor>(clock, ledger, player, hub, shelf, std::move(options));
  player.power_on({[this](const wire::Event& event) { deliver([this, event] { conductor_->on(event); }); },
                   [this](const std::string& why) { deliver([this, why] { conductor_->on_player_gone(why); }); },
                   [this](const std::string& id) { return has_durable_start(id); }});
  conductor_->boot(ledger.history());
  if (!schedule_.empty()) conductor_->take(snapshot(), true);
  conductor_->tick();
  wake_ = conductor_->next_wake();
}

void StationFixture::cut_power() {
  conductor_.reset();
  player.power_off();
  sources.power_off();
  ledger.cut_power();
}

void StationFixture::deliver(const std::function<void()>& event) {
  if (!conductor_) return;
  if (stalled_) return unread_.push_back(event);
  event();
}

bool StationFixture::has_durable_start(const std::string& id) const {
  const auto durable = ledger.durable();
  const auto planned = station::planned_start_in(id);
  for (std::uint64_t i = 0; i < durable; ++i) {
    const auto& row = ledger.rows()[i];
    if (text(row, "kind") != "start") continue;
    if (planned.empty() ? text(row, "id") == id : text(row, "id").empty() && text(row, "planned_start") == planned) {
      return true;
    }
  }
  return false;
}

bool StationFixture::run_once(Steady until) {
  Steady next = until;
  const bool looks = conductor_ != nullptr && !stalled_;
  if (looks) next = std::min(next, wake_);
  if (const auto player_next = player.next()) next = std::min(next, *player_next);
  if (const auto source_next = sources.next()) next = std::min(next, *source_next);
  const auto row = ledger.next();
  if (row) next = std::min(next, *row);
  spins_ = next <= clock.steady() ? spins_ + 1 : 0;
  EXPECT_LT(spins_, 10000) << "somebody spins";
  if (spins_ >= 10000) return false;
  clock.advance_to(next);
  if (looks && row && *row <= next) conductor_->on_durable();
  player.step();
  sources.step();
  if (looks && wake_ <= next) conductor_->tick();
  if (looks) {
    for (const auto& event : keyer.take()) conductor_->on(event);
  }
  if (conductor_) wake_ = conductor_->next_wake();
  return next < until;
}

void StationFixture::run_until(Instant wall) {
  const Steady until = clock.when(wall);
  while (run_once(until)) {
  }
}

void StationFixture::run_for(Nanoseconds duration) {
  const Steady until = clock.steady() + duration;
  while (run_once(until)) {
  }
}

void StationFixture::stall(Nanoseconds duration) {
  stalled_ = true;
  run_for(duration);
  stalled_ = false;
  conductor_->tick();
  for (const auto& event : std::exchange(unread_, {})) event();
  wake_ = conductor_->next_wake();
}

station::Outcome StationFixture::play(const std::vector<PlayFile>& files, std::uint64_t number) {
  std::vector<station::PlayableItem> items;
  for (const auto& file : files) {
    items.push_back({{"/home/lan/" + file.name, file.at, file.stop},
                     {"/play/" + file.name, frames(file.length), -20.0},
                     sha(file.name)});
  }
  const auto outcome = conductor_->play(number, items, "Lan");
  wake_ = conductor_->next_wake();
  return outcome;
}

boost::json::object StationFixture::row_of_file(const std::string& name) const {
  for (const auto& row : ledger.of_kind("item")) {
    if (text(row, "clip") == "/home/lan/" + name) return row;
  }
  return {};
}

void SimSources::fail(const std::string& url, const std::string& problem) {
  problems[url] = problem;
  if (problem.empty()) return;
  for (const auto& wish : std::exchange(live_, {})) {
    if (wish.url != url) {
      live_.push_back(wish);
      continue;
    }
    station::SourceNews ended;
    ended.problem = problem;
    news(wish.id, wish.attempt, ended);
  }
}

void SimSources::start(const Wish& wish) {
  ++started;
  waiting_.push_back({wish, clock_.steady() + takes});
}

void SimSources::stop(const std::string& id, std::uint32_t attempt) {
  const auto is = [&](const Wish& wish) { return wish.id == id && wish.attempt == attempt; };
  std::erase_if(waiting_, [&](const Waiting& one) { return is(one.wish); });
  std::erase_if(live_, is);
}

std::optional<Steady> SimSources::next() const {
  std::optional<Steady> next;
  for (const auto& one : waiting_) next = std::min(next.value_or(one.ready), one.ready);
  return next;
}

void SimSources::step() {
  for (std::size_t i = 0; i < waiting_.size();) {
    if (waiting_[i].ready > clock_.steady()) {
      ++i;
      continue;
    }
    const auto wish = waiting_[i].wish;
    waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(i));
    const auto& name = !wish.url.empty() ? wish.url : wish.input.empty() ? wish.file : wish.input;
    if (!wish.url.empty()) lengths.try_emplace(name, frames(std::chrono::hours(48)));
    station::SourceNews ended;
    ended.frames = lengths[name];
    ended.problem = problems[name];
    if (ended.problem.empty()) {
      if (!wish.url.empty()) live_.push_back(wish);
      station::SourceNews ready;
      ready.ready = true;
      ready.pipe = "sim/" + std::to_string((ended.frames - wish.skip).count());
      ready.loudness = -16;
      news(wish.id, wish.attempt, ready);
    }
    const bool goes_on = !wish.input.empty() || !wish.url.empty();
    if (!goes_on || !ended.problem.empty()) news(wish.id, wish.attempt, ended);
    i = 0;
  }
}

station::Outcome StationFixture::announce(const std::string& file, Nanoseconds length, std::chrono::seconds every,
                                          Instant until, std::optional<station::DaySpan> between) {
  station::AnnounceOrder order;
  order.number = conductor_->new_announcement();
  order.by = "Lan";
  if (file.starts_with("input:")) {
    order.input = file.substr(6);
    order.length = frames(length);
    sources.lengths.try_emplace(order.input, frames(std::chrono::hours(4)));
  } else {
    order.file = "/usb/" + file;
    sources.lengths[order.file] = frames(length);
  }
  order.every = every;
  order.until = until;
  order.between = between;
  const auto outcome = conductor_->announce(order);
  wake_ = conductor_->next_wake();
  return outcome;
}

boost::json::object StationFixture::row_of_announcement(const std::string& file) const {
  boost::json::object found;
  for (const auto& row : ledger.of_kind("item")) {
    if (text(row, "clip") == "/usb/" + file || text(row, "note").starts_with("live from " + file)) found = row;
  }
  return found;
}

std::vector<std::string> StationFixture::violations() const {
  return spine_violations({ledger.rows(), plans_, player.heard(), clock.now()});
}

std::string StationFixture::verdict(const std::string& id) const {
  const auto row = ledger.verdict_of(id);
  return row.empty() ? "" : text(row, "verdict") + "/" + text(row, "reason");
}

}  // namespace loa::sim
