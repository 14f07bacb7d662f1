// The lines between daemon and keyer: there and back, and what is no such line.
#include "daemon/wire/keyer_messages.hpp"

#include <gtest/gtest.h>

namespace loa::wire {
namespace {

TEST(KeyerMessages, GoThereAndBack) {
  const std::vector<KeyerOrder> orders = {
      KeysOrder{{{"serial", "/dev/ttyUSB0", "rts", "", true, "cts"}, {"command", "", "", "/opt/tăng âm", false, ""}}},
      KeysOrder{{{"command", "", "", "/opt/t\xe2\x83ng", false, ""}}}, WantOrder{{true, false}}, WantOrder{},
      ReleaseOrder{}};
  for (const auto& order : orders) EXPECT_EQ(keyer_order_from(to_line(order)), order) << to_line(order);
  const std::vector<KeyerEvent> events = {
      KeyEvent{1, KeyEvent::What::failed, true, "no \"relay\"\n"}, KeyEvent{0, KeyEvent::What::agrees, false, ""},
      KeyEvent{0, KeyEvent::What::failed, true, "\xa3 half of a letter"}, KeyerBeat{}};
  for (const auto& event : events) EXPECT_EQ(keyer_event_from(to_line(event)), event) << to_line(event);
}

TEST(KeyerMessages, WhatIsNoneIsNone) {
  for (const char* line : {"", "{}", "[]", "{\"order\":\"want\"}", "{\"order\":\"want\",\"on\":[0]}",
                           "{\"order\":\"keys\",\"keys\":[{\"kind\":\"laser\"}]}", "{\"order\":1}"}) {
    EXPECT_FALSE(keyer_order_from(line)) << line;
  }
  for (const char* line :
       {"{\"event\":\"key\"}", "{\"event\":\"key\",\"key\":-1,\"what\":\"done\",\"on\":true,\"note\":\"\"}",
        "{\"event\":\"key\",\"key\":0,\"what\":\"none\",\"on\":true,\"note\":\"\"}", "x"}) {
    EXPECT_FALSE(keyer_event_from(line)) << line;
  }
}

}  // namespace
}  // namespace loa::wire
