// The lines between daemon and listener: there and back, and what is no such line.
#include "daemon/wire/listener_messages.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace loa::wire {
namespace {

TEST(ListenerMessages, GoThereAndBack) {
  using std::chrono::nanoseconds;
  const std::vector<ListenerOrder> orders = {
      SoundsOrder{"xa/2026-11-23T0530/sang/1", "/đài/state/masters/a.flac", Frames{5}, Frames{48'000}, nanoseconds{9}},
      SoundsOrder{"a", "/\xe2\x83", Frames{0}, Frames{0}, nanoseconds{0}}, OverOrder{"a", Frames{7}}, AskOrder{"a"}};
  for (const auto& order : orders) EXPECT_EQ(listener_order_from(to_line(order)), order) << to_line(order);
  const std::vector<ListenerEvent> events = {HeardEvent{"a", HeardSound{true, 0.875, 0.5, 0.25, -31.5}},
                                             HeardEvent{"a", HeardSound{false, 0.125, 0, {}, -60}},
                                             HeardEvent{"a", {}},
                                             InputEvent{InputEvent::State::open, ""},
                                             InputEvent{InputEvent::State::lost, "no \"line\"\n"},
                                             ListenerBeat{}};
  for (const auto& event : events) EXPECT_EQ(listener_event_from(to_line(event)), event) << to_line(event);
}

TEST(ListenerMessages, WhatIsNoneIsNone) {
  for (const char* line :
       {"", "{}", "[]", "{\"order\":\"ask\"}", "{\"order\":\"over\",\"id\":\"a\"}",
        "{\"order\":\"over\",\"id\":\"a\",\"played\":-1}", "{\"order\":\"hear\",\"id\":\"a\",\"played\":1}",
        "{\"order\":\"sounds\",\"id\":\"a\",\"master\":\"m\",\"offset\":0,\"frames\":1.5,\"at\":0}"}) {
    EXPECT_FALSE(listener_order_from(line)) << line;
  }
  for (const char* line :
       {"", "{\"event\":\"heard\"}", "{\"event\":\"heard\",\"id\":\"a\",\"heard\":1}",
        "{\"event\":\"heard\",\"id\":\"a\",\"heard\":{\"found\":true,\"score\":2,\"share\":0,\"level\":0}}",
        "{\"event\":\"heard\",\"id\":\"a\",\"heard\":{\"found\":true,\"score\":\"1\",\"share\":0,\"level\":0}}",
        "{\"event\":\"input\",\"state\":\"gone\",\"note\":\"\"}", "{\"event\":\"input\",\"state\":\"open\"}"}) {
    EXPECT_FALSE(listener_event_from(line)) << line;
  }
}

// What a row carries: at most 3 decimals, a level to a tenth.
TEST(HeardSound, IsRoundedInARow) {
  const auto object = heard_object({true, 0.87654321, 0.98765, 0.41234, -31.2345});
  EXPECT_EQ(object.at("score").as_double(), 0.877);
  EXPECT_EQ(object.at("share").as_double(), 0.99);
  EXPECT_EQ(object.at("delay").as_double(), 0.41);
  EXPECT_EQ(object.at("level").as_double(), -31.2);
  EXPECT_EQ(heard_from(object)->found, true);
}

}  // namespace
}  // namespace loa::wire
