// Orders as no daemon of ours gives them: any anchors, offsets, lengths, gates and cancels, through the wire's own
// words and some that are none.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>

#include "daemon/wire/player_messages.hpp"

namespace loa::test {

class HostileOrders {
 public:
  /// Masters are chosen among `masters`.
  HostileOrders(std::uint64_t seed, std::vector<std::string> masters) : dice_(seed), masters_(std::move(masters)) {}

  std::int64_t upto(std::int64_t most) { return static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(most)); }

  wire::PlayOrder play(wire::Instant now) {
    wire::PlayOrder order;
    order.id = "cue-" + std::to_string(upto(60));
    order.attempt = static_cast<std::uint32_t>(upto(40));
    order.master = masters_[static_cast<std::size_t>(upto(static_cast<std::int64_t>(masters_.size())))];
    order.anchor = instant(now);
    order.at = wire::Frames{upto(3) != 0 ? 0 : length() - length()};
    order.offset = wire::Frames{upto(3) != 0 ? 0 : length()};
    order.frames = wire::Frames{length()};
    order.fade = wire::Frames{upto(3) != 0 ? 0 : length()};
    return order;
  }
  wire::CancelOrder cancel() {
    return {"cue-" + std::to_string(upto(60)), static_cast<std::uint32_t>(upto(40)), wire::Frames{length()}};
  }
  wire::GateOrder gate(wire::Instant now) {
    wire::GateOrder order;
    for (auto ranges = upto(14); ranges > 0; --ranges) order.open.push_back({instant(now), instant(now)});
    order.good_for = wire::Frames{length()};
    return order;
  }
  /// No order at all, or half of one.
  std::string garbage(const wire::Order& order) {
    static const std::array<std::string, 6> words = {
        "{}",  "[]", "gate", R"({"type":"gate","open":[[0,9e99]]})", R"({"type":"gate","open":[[1]],"good_for":-1})",
        "\xff"};
    auto line = wire::to_line(order);
    if (upto(2) == 0) return words[static_cast<std::size_t>(upto(6))] + "\n";
    line[static_cast<std::size_t>(upto(static_cast<std::int64_t>(line.size()) - 1))] = '#';
    return line;
  }

 private:
  std::int64_t length() {
    const std::array<std::int64_t, 6> most = {1, 100, 4'800, 48'000, 480'000, 4'000'000'000'000};
    return upto(most[static_cast<std::size_t>(upto(6))] + 1);
  }
  wire::Instant instant(wire::Instant now) {
    const std::array<std::int64_t, 5> most = {2'000, 48'000, 240'000, 48'000LL * 3600, 48'000LL * 86'400 * 400};
    const auto reach = most[static_cast<std::size_t>(upto(5))];
    if (upto(40) == 0) return wire::Instant{wire::Frames{upto(2) * 400'000'000'000'000}};
    return now + wire::Frames{upto(2 * reach) - reach};
  }

  std::mt19937_64 dice_;
  std::vector<std::string> masters_;
};

}  // namespace loa::test
