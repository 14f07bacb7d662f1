#include "daemon/station/run/play_desk.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "daemon/station/run/play_lines.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

namespace fs = std::filesystem;
using config::msg;

namespace {

/// Of the disk, kept free for the ledger; and how much larger a master may be than its recording.
constexpr std::uintmax_t kSpareBytes = 500ull << 20;
constexpr std::uintmax_t kGrows = 16;
/// Who waits keeps a connection, and `now` and `stop` need theirs.
constexpr std::size_t kMostPlays = 8;

bool has_room(const fs::path& folder, const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) return true;  // whoever opens it says why
  const auto space = fs::space(folder, error);
  return !error && space.available / kGrows >= kSpareBytes / kGrows + size;
}

}  // namespace

PlayDesk::PlayDesk(boost::asio::io_context& context, fs::path folder, Hooks hooks)
    : context_(context), folder_(std::move(folder)), hooks_(std::move(hooks)) {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

PlayDesk::~PlayDesk() {
  close();
  making_.join();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PlayDesk::close() {
  for (auto& [number, play] : plays_) play.give_up.request_stop();
}

void PlayDesk::ask(const boost::json::object& request, const std::shared_ptr<Listener>& listener) {
  const auto number = next_++;
  auto& play = plays_[number];
  play.listener = listener;
  play.language = config::language_named(wire::text_of(request, "lang")).value_or(play.language);
  play.by = wire::text_of(request, "by");
  play.items = play_items_in(request);
  play.open = play.items.size();
  if (play.items.empty() || play.by.empty()) return refuse(number, msg("the daemon does not know this command"));
  if (plays_.size() > kMostPlays) return refuse(number, msg("{0} others wait already; end one of them", kMostPlays));
  listener->gone = [this, number] { leave(number); };
  const auto work = [this, number, items = play.items, channels = hooks_.channels(), stop = play.give_up.get_token()] {
    auto ready = std::make_shared<Ready>(make_ready(number, items, channels, stop));
    boost::asio::post(context_, [this, number, ready] { begin(number, *ready); });
  };
  boost::asio::post(making_, work);
}

/// In the making thread.
PlayDesk::Ready PlayDesk::make_ready(std::uint64_t number, const std::vector<PlayItem>& items, int channels,
                                     const std::stop_token& stop) const {
  Ready ready;
  const auto folder = folder_of(number);
  std::error_code error;
  fs::create_directories(folder, error);
  for (const auto& item : items) {
    if (stop.stop_requested()) return ready;
    if (!has_room(folder, item.file)) ready.fault = msg("{0}: there is no room for it on the disk", item.file.string());
    if (!ready.fault.empty()) return ready;
    const auto out = folder / (std::to_string(ready.items.size()) + ".flac");
    auto made = make_play_master(item.file, channels, out, stop);
    ready.fault = std::move(made.fault);
    ready.items.push_back({item, std::move(made.master), std::move(made.sha256)});
  }
  return ready;
}

void PlayDesk::begin(std::uint64_t number, const Ready& ready) {
  const auto found = plays_.find(number);
  if (found == plays_.end()) {
    std::error_code ignored;
    fs::remove_all(folder_of(number), ignored);  // who asked has gone
    return;
  }
  if (!ready.fault.empty()) return refuse(number, ready.fault);
  if (ready.items.size() < found->second.items.size()) return refuse(number, msg("the station ends"));
  found->second.under_way = true;
  const auto outcome = hooks_.play(number, ready.items, found->second.by);
  if (!outcome.done) return refuse(number, outcome.message);
}

void PlayDesk::refuse(std::uint64_t number, const config::Text& why) {
  const auto& play = plays_.at(number);
  play.listener->tell({{"refused", why.in(play.language)}});
  play.listener->finish();
  forget(number);
}

void PlayDesk::leave(std::uint64_t number) {
  const auto found = plays_.find(number);
  if (found == plays_.end()) return;
  found->second.give_up.request_stop();
  const bool under_way = found->second.under_way;
  const auto by = found->second.by;
  if (under_way) return hooks_.withdraw(number, by);
  plays_.erase(found);
}

void PlayDesk::on_played(std::uint64_t number, const Played& played) {
  const auto found = plays_.find(number);
  if (found == plays_.end()) return;
  auto& play = found->second;
  auto told = played;
  // A player that was replaced counts from 0 again.
  told.underruns = std::max<std::int64_t>(0, underruns_ - std::exchange(underruns_before_, underruns_));
  play.listener->tell(to_line(told));
  if (--play.open > 0) return;
  play.listener->finish();
  forget(number);
}

void PlayDesk::forget(std::uint64_t number) {
  plays_.erase(number);
  std::error_code ignored;
  fs::remove_all(folder_of(number), ignored);
}

}  // namespace loa::station
