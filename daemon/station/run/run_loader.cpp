#include "daemon/station/run/run_loader.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <utility>

namespace loa::station {

namespace {

constexpr std::size_t kMeasuredAtOnce = 32;

}  // namespace

Loader::Work preparing(const std::filesystem::path& station, IntakeOptions intake) {
  // Made in the first job: what is known from earlier lies on the disk too.
  const auto preparer = std::make_shared<std::unique_ptr<Preparer>>();
  const auto of_station = [=]() -> Preparer& {
    if (!*preparer) *preparer = std::make_unique<Preparer>(station, intake, true);
    return **preparer;
  };
  return {[=](calendar::Instant now, const SnapshotPtr& in_force) { return of_station().prepare(now, in_force); },
          [=](calendar::Instant now, std::size_t most, const SnapshotPtr& in_force) {
            return of_station().measure_more(now, most, in_force);
          },
          [=] { of_station().keep_facts(); }};
}

Loader::Loader(boost::asio::io_context& context, Work work, Hooks hooks)
    : context_(context),
      work_(std::make_shared<const Work>(std::move(work))),
      hooks_(std::move(hooks)),
      timer_(context),
      mailbox_(context) {}

std::optional<Prepared> Loader::first(std::chrono::milliseconds patience) {
  auto working = boost::asio::make_work_guard(context_);
  const auto deadline = std::chrono::steady_clock::now() + patience;
  waits_for_first_ = true;
  if (!loading_) {
    prepare([this](Prepared prepared) {
      if (!waits_for_first_) return hooks_.loaded(std::move(prepared));
      first_ = std::move(prepared);
    });
  }
  while (!first_ && std::chrono::steady_clock::now() < deadline) context_.run_one_until(deadline);
  waits_for_first_ = false;
  working.reset();
  context_.restart();  // without work it counts as stopped
  return std::exchange(first_, std::nullopt);
}

void Loader::prepare(std::function<void(Prepared)> done) {
  loading_ = true;
  mailbox_.ask(
      [work = work_, now = hooks_.now(), in_force = hooks_.in_force()] { return work->prepare(now, in_force); },
      [this, done = std::move(done)](Prepared prepared) {
        loading_ = false;
        if (stopped_) return;
        done(std::move(prepared));
        ended();
      });
}

void Loader::ended() {
  if (facts_wait_ && !loading_) keep_facts();
  if (load_again_ && !loading_) load();
}

void Loader::load() {
  if (stopped_) return;
  load_again_ = loading_;
  if (!loading_) prepare(hooks_.loaded);
}

void Loader::load_in(std::chrono::milliseconds pause) {
  timer_.expires_after(pause);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) load();
  });
}

void Loader::measure_more() {
  if (loading_ || stopped_) return;
  loading_ = true;
  const auto measure = [work = work_, now = hooks_.now(), in_force = hooks_.in_force()] {
    return work->measure_more(now, kMeasuredAtOnce, in_force);
  };
  mailbox_.ask(measure, [this](bool found) {
    loading_ = false;
    if (found) load();
    ended();
  });
}

void Loader::keep_facts() {
  if (stopped_ || !work_->keep_facts) return;
  facts_wait_ = loading_;
  if (loading_) return;
  loading_ = true;
  const auto keep = [work = work_] {
    work->keep_facts();
    return true;
  };
  mailbox_.ask(keep, [this](bool) {
    loading_ = false;
    ended();
  });
}

void Loader::stop() {
  stopped_ = true;
  timer_.cancel();
}

}  // namespace loa::station
