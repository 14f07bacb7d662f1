// `loa devices`, `loa log` and `loa log verify` where nothing has ever been aired: the real programs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Devices, AreObjectsWithTheContractsKeys) {
  const auto done = test::StationFolder().loa({"devices", "--json"});
  EXPECT_EQ(done.code, 0);
  for (const auto& line : test::lines_of(done.out)) {
    const auto device = boost::json::parse(line).as_object();
    for (const char* key : {"name", "host_api", "outputs", "inputs", "default", "latency_ms", "error_bound_ms"}) {
      EXPECT_TRUE(device.contains(key)) << key << " in " << line;
    }
    EXPECT_EQ(line.find("E-"), std::string::npos) << "plain decimals: " << line;
    EXPECT_EQ(line.find("E0"), std::string::npos) << "plain decimals: " << line;
  }
}

TEST(Devices, OneThatKeepsTimeWithoutACardIsAlwaysThere) {
  const auto done = test::StationFolder().loa({"devices"});
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.out, HasSubstr("none"));
  EXPECT_THAT(done.err, IsEmpty());
}

TEST(Log, OfAStationThatNeverRanIsEmptyAndLeavesNothingBehind) {
  const test::StationFolder station;
  const auto done = station.loa({"log", "--json", "--from", "2026-11-23", "--to", "2026-11-24"});
  EXPECT_EQ(done.code, 0);
  EXPECT_THAT(done.out, IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(station.path() / "state"));
}

TEST(Log, AFileThatIsNoLedgerDoesNotVerify) {
  const test::StationFolder station;
  const auto file = station.write("so.jsonl", "{\"seq\":1}\n");
  const auto done = station.loa({"log", "verify", file, "--json"});
  EXPECT_EQ(done.code, 1);
  EXPECT_EQ(boost::json::parse(done.out).at("ok").as_bool(), false);
}

TEST(Log, AFileThatIsNotThereIsTheWorldsFailure) {
  EXPECT_EQ(test::StationFolder().loa({"log", "verify", "/nowhere.jsonl"}).code, 3);
}

}  // namespace
}  // namespace loa
