// What `play` reads and says: its list, its orders, and the lines between it and a running station.
#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "daemon/station/conductor/play_list.hpp"
#include "daemon/station/run/play_lines.hpp"

namespace loa::station {
namespace {

using namespace std::chrono_literals;

calendar::Zone zone() {
  return calendar::Zone::find("Asia/Ho_Chi_Minh").value();
}
Instant at(const char* text) {
  return calendar::parse_instant(text, zone()).value();
}
boost::json::object over_the_wire(const boost::json::object& line) {
  return boost::json::parse(boost::json::serialize(line)).as_object();
}

TEST(PlayListText, HasInstantsPlusAndStops) {
  const auto list =
      read_play_list("# thử\r\n2026-11-23T05:30\ta.mp3\n\n+\t/nhạc/b.mp3\t2026-11-23T05:31:00.5\r\n", "/lists", zone());
  ASSERT_TRUE(list.fault.empty()) << list.fault.in(config::Language::en);
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_EQ(list.items[0].file, "/lists/a.mp3");
  EXPECT_EQ(list.items[0].at, at("2026-11-23T05:30"));
  EXPECT_EQ(list.items[1].file, "/nhạc/b.mp3");
  EXPECT_FALSE(list.items[1].at);
  EXPECT_EQ(list.items[1].stop, at("2026-11-23T05:31:00.500"));
}

TEST(PlayListText, SaysWhichLineIsWrong) {
  for (const char* wrong : {"a.mp3", "25:99\ta.mp3", "+\t", "+\ta\tb\tc", "2026-11-23T05:30\ta\t2026-11-23T05:30"}) {
    const auto list = read_play_list(std::string("+\tgood.mp3\n") + wrong, "/", zone());
    EXPECT_THAT(list.fault.in(config::Language::en), testing::HasSubstr("line 2")) << wrong;
  }
}

TEST(PlayOrders, ChainByFramesAndAnchorAtInstants) {
  const auto planned = play_orders({{{"a", {}, {}}, {"/m/a", Frames(1000), {}}, ""},
                                    {{"b", {}, {}}, {"/m/b", Frames(500), {}}, ""},
                                    {{"c", at("2026-11-23T05:30"), {}}, {"/m/c", Frames(7), {}}, ""}},
                                   at("2026-11-23T05:00"), 3);
  ASSERT_EQ(planned.size(), 3u);
  EXPECT_EQ(planned[0].order.id, "play/3.1");
  EXPECT_EQ(planned[1].order.anchor, at("2026-11-23T05:00"));
  EXPECT_EQ(planned[1].order.at, Frames(1000));
  EXPECT_EQ(planned[1].planned, at("2026-11-23T05:00") + Frames(1000));
  EXPECT_EQ(planned[2].order.anchor, at("2026-11-23T05:30"));
  EXPECT_EQ(planned[2].order.at, Frames(0));
}

TEST(PlayLines, CarryTheRequest) {
  const std::vector<PlayItem> items{{"/a", at("2026-11-23T05:30"), {}}, {"/b", {}, at("2026-11-23T05:31")}};
  const auto request = over_the_wire(play_request(items, "Lan", "vi"));
  const auto read = play_items_in(request);
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].file, "/a");
  EXPECT_EQ(read[0].at, items[0].at);
  EXPECT_FALSE(read[0].stop);
  EXPECT_EQ(read[1].stop, items[1].stop);
}

TEST(PlayLines, RequestsThatAreNoneAreRefused) {
  for (const char* wrong : {R"({})", R"({"files":3})", R"({"files":[3]})", R"({"files":[{}]})",
                            R"({"files":[{"file":"relative.mp3"}]})", R"({"files":[{"file":"/a"},{"file":7}]})"}) {
    EXPECT_THAT(play_items_in(boost::json::parse(wrong).as_object()), testing::IsEmpty()) << wrong;
  }
}

TEST(PlayLines, CarryWhatBecameOfAFile) {
  Played played;
  played.index = 4;
  played.planned = at("2026-11-23T05:30");
  played.start = at("2026-11-23T05:30") + Frames(3);
  played.end = *played.start + Frames(480);
  played.frames = Frames(480);
  played.underruns = 2;
  played.verdict = "partial";
  played.reason = "device";
  const auto read = played_in(over_the_wire(to_line(played)));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->index, 4u);
  EXPECT_EQ(read->planned, played.planned);
  EXPECT_EQ(read->start, played.start);
  EXPECT_EQ(read->end, played.end);
  EXPECT_EQ(read->frames, played.frames);
  EXPECT_EQ(read->underruns, 2);
  EXPECT_EQ(read->verdict, "partial");
  EXPECT_EQ(read->reason, "device");
  EXPECT_FALSE(played_in({{"refused", "why"}}));
}

}  // namespace
}  // namespace loa::station
