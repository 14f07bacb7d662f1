// The lines between daemon and player: what is said comes through unchanged, and what is no message is nothing.
#include "daemon/wire/player_messages.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace loa::wire;

Instant instant(std::int64_t frames) {
  return Instant{Frames{frames}};
}

PlayOrder an_order() {
  PlayOrder order;
  order.id = "xa-vi-du/2026-11-23T0530/sang/3.1";
  order.attempt = 2;
  order.master = "/trạm \"Ví Dụ\"/state/masters/a.flac";
  order.anchor = instant(86'147'712'000'000);
  order.at = Frames{-48000};
  order.offset = Frames{7};
  order.frames = Frames{480'001};
  order.fade = Frames{96'000};
  order.heeds_soft_hours = false;
  return order;
}

TEST(PlayerMessages, OrdersComeThroughUnchanged) {
  const std::vector<Order> orders = {
      an_order(),
      CancelOrder{"a", 3, Frames{0}},
      GateOrder{
          {{instant(1), instant(2)}, {instant(5), instant(9)}}, Frames{480'000}, {{instant(1), instant(5), -6.5}}},
      GateOrder{},
      QuitOrder{},
  };
  for (const auto& order : orders) {
    const auto line = to_line(order);
    EXPECT_EQ(line.find('\n'), line.size() - 1) << line;
    const auto back = order_from(line);
    ASSERT_TRUE(back.has_value()) << line;
    EXPECT_EQ(*back, order) << line;
  }
}

TEST(PlayerMessages, APathOfAnyBytesComesThrough) {
  auto order = an_order();
  order.master = "/tr\xe1m\n\x01/\xff.flac";
  const auto line = to_line(Order{order});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto back = order_from(line);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(std::get<PlayOrder>(*back), order);
}

TEST(PlayerMessages, AGateThatIsAlwaysOpenIsSaidAsFarAsItCan) {
  const auto back = order_from(to_line(Order{GateOrder{{{Instant::min(), Instant::max()}}, Frames{5}}}));
  ASSERT_TRUE(back.has_value());
  const auto& interval = std::get<GateOrder>(*back).open.at(0);
  EXPECT_EQ(interval.from, instant(0));
  EXPECT_EQ(interval.until, instant(400'000'000'000'000));
}

TEST(PlayerMessages, DeviceAndBeatComeThroughUnchanged) {
  const auto device = event_from(to_line(Event{DeviceEvent{"open", "system", "JACK", 42.5}}));
  ASSERT_TRUE(device.has_value());
  EXPECT_EQ(std::get<DeviceEvent>(*device).name, "system");
  EXPECT_EQ(std::get<DeviceEvent>(*device).note, "JACK");
  EXPECT_EQ(std::get<DeviceEvent>(*device).latency_ms, 42.5);

  const BeatEvent beat{12'345, 6, instant(77), "id", 4, Frames{99}, true};
  const auto heard = event_from(to_line(Event{beat}));
  ASSERT_TRUE(heard.has_value());
  const auto& back = std::get<BeatEvent>(*heard);
  EXPECT_EQ(std::tie(back.taken, back.underruns, back.heard, back.id, back.attempt, back.played, back.gate_open),
            std::tie(beat.taken, beat.underruns, beat.heard, beat.id, beat.attempt, beat.played, beat.gate_open));
}

TEST(PlayerMessages, AnEarlyStartKeepsItsSign) {
  const auto event = event_from(to_line(Event{StartedEvent{"a", 1, instant(5), std::chrono::nanoseconds{-83'000}}}));
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(std::get<StartedEvent>(*event).error, std::chrono::nanoseconds{-83'000});
  EXPECT_EQ(std::get<StartedEvent>(*event).at, instant(5));
}

TEST(PlayerMessages, EveryCauseOfAnEndHasItsName) {
  for (const auto cause : {EndCause::whole, EndCause::cut, EndCause::cancelled, EndCause::gate, EndCause::underrun,
                           EndCause::unreadable}) {
    const auto event = event_from(to_line(Event{EndedEvent{"a", 1, instant(5), Frames{3}, cause, "why"}}));
    ASSERT_TRUE(event.has_value());
    EXPECT_EQ(std::get<EndedEvent>(*event).cause, cause);
    EXPECT_EQ(std::get<EndedEvent>(*event).played, Frames{3});
    EXPECT_EQ(std::get<EndedEvent>(*event).note, "why");
  }
}

struct Garbage {
  const char* why;
  std::string line;
};

TEST(PlayerMessages, WhatIsNoOrderIsNothing) {
  const std::vector<Garbage> cases = {
      {"nothing", ""},
      {"no JSON", "play it again"},
      {"half a line", R"({"order":"play","id":"a")"},
      {"no object", "[1,2]"},
      {"an unknown kind", R"({"order":"dance"})"},
      {"an event is no order", R"({"event":"beat"})"},
      {"a kind that is no text", R"({"order":1})"},
      {"an empty id", R"({"order":"cancel","id":"","attempt":1,"fade":0})"},
      {"a missing field", R"({"order":"cancel","id":"a","attempt":1})"},
      {"a negative attempt", R"({"order":"cancel","id":"a","attempt":-1,"fade":0})"},
      {"an attempt of 2^32", R"({"order":"cancel","id":"a","attempt":4294967296,"fade":0})"},
      {"a fraction of a frame", R"({"order":"cancel","id":"a","attempt":1,"fade":0.5})"},
      {"a negative length", R"({"order":"cancel","id":"a","attempt":1,"fade":-1})"},
      {"a length beyond reason", R"({"order":"cancel","id":"a","attempt":1,"fade":9000000000000000000})"},
      {"an instant before 1970", R"({"order":"gate","open":[[-1,5]],"good_for":1})"},
      {"an instant beyond what nanoseconds hold", R"({"order":"gate","open":[[1,400000000000001]],"good_for":1})"},
      {"an interval of one edge", R"({"order":"gate","open":[[1]],"good_for":1})"},
      {"an interval of words", R"({"order":"gate","open":[["a","b"]],"good_for":1})"},
      {"a gate without intervals' list", R"({"order":"gate","open":{},"good_for":1})"},
      {"two objects", R"({"order":"quit"}{"order":"quit"})"},
      {"a bomb of brackets", std::string(100'000, '[')},
      {"zeros", std::string(64, '\0')},
  };
  for (const auto& [why, line] : cases) EXPECT_FALSE(order_from(line).has_value()) << why;
}

TEST(PlayerMessages, WhatIsNoEventIsNothing) {
  const std::vector<Garbage> cases = {
      {"an order is no event", to_line(Order{QuitOrder{}})},
      {"an unknown cause", R"({"event":"ended","id":"a","attempt":1,"at":0,"played":0,"cause":"boredom","note":""})"},
      {"a latency of words", R"({"event":"device","state":"open","name":"x","note":"","latency_ms":"low"})"},
      {"a beat without its gate",
       R"({"event":"beat","taken":1,"underruns":0,"heard":0,"id":"","attempt":0,"played":0})"},
  };
  for (const auto& [why, line] : cases) EXPECT_FALSE(event_from(line).has_value()) << why;
}

TEST(PlayerMessages, EveryPrefixOfALineIsNothing) {
  const auto line = to_line(Order{an_order()});
  for (std::size_t length = 0; length + 2 < line.size(); ++length) {
    EXPECT_FALSE(order_from(std::string_view(line).substr(0, length)).has_value()) << length;
  }
}

}  // namespace
