// `loa schema`: what is written, in which language, and over what it is never written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "tests/support/station_folder.hpp"

namespace loa {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

test::Finished schema(std::vector<std::string> words) {
  words.insert(words.begin(), {test::loa_program(), "schema"});
  return test::run_program(words);
}

std::string description_of_programmes(const std::string& text) {
  const auto whole = boost::json::parse(text);
  return std::string(whole.at_pointer("/properties/programmes/description").as_string());
}

TEST(SchemaCommand, AnswersWithOneSchemaInTheLanguageThatIsAskedFor) {
  EXPECT_EQ(description_of_programmes(schema({"schedule", "--lang", "vi"}).out),
            "Phát gì vào giờ nào, mỗi chương trình một mã riêng.");
  EXPECT_EQ(description_of_programmes(schema({"schedule", "--lang", "en"}).out),
            "What is played at which time of day, each with an id of its own.");
  for (const auto* kind : {"station", "schedule", "holidays"}) {
    const auto done = schema({kind});
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_EQ(boost::json::parse(done.out).at("$schema").as_string(), "http://json-schema.org/draft-07/schema#");
  }
}

TEST(SchemaCommand, WithoutAWordNeedsAFolderAndWritesAllOfThem) {
  EXPECT_EQ(schema({}).code, 2);
  const test::TempDir dir;
  const auto folder = dir / "a/b";
  ASSERT_EQ(schema({"--out", folder.string(), "--lang", "vi"}).code, 0);
  EXPECT_EQ(test::read_file(folder / "schedule.schema.json"), schema({"schedule", "--lang", "vi"}).out);
  EXPECT_TRUE(fs::exists(folder / "station.schema.json"));
  EXPECT_TRUE(fs::exists(folder / "holidays.schema.json"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 3);
}

TEST(SchemaCommand, RenewsASchemaAndNeverAnotherFile) {
  const test::TempDir dir;
  const auto old = dir.write("x.json", schema({"station", "--lang", "en"}).out);
  ASSERT_EQ(schema({"station", "--lang", "vi", "--out", old.string()}).code, 0);
  EXPECT_THAT(test::read_file(old), HasSubstr("Tên đài"));
  const auto own = dir.write("station.yaml", "station: {id: xa, name: Xã}\n");
  const auto refused = schema({"station", "--out", own.string(), "--lang", "vi"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("được giữ nguyên"));
  EXPECT_EQ(test::read_file(own), "station: {id: xa, name: Xã}\n");
  EXPECT_EQ(schema({"station", "--out", dir.path().string()}).code, 0);
  EXPECT_TRUE(fs::exists(dir / "station.schema.json"));
}

TEST(SchemaCommand, CheckSaysWhenTheEditorHasThoseOfAnotherVersion) {
  const test::StationFolder station;
  const auto found = [&] { return station.loa({"check", "--json"}).out; };
  EXPECT_THAT(found(), Not(HasSubstr("schema-old"))) << "without any";
  ASSERT_EQ(schema({"--out", (station.path() / ".loa").string(), "--lang", "en"}).code, 0);
  EXPECT_THAT(found(), Not(HasSubstr("schema-old"))) << "in another language than the station's";
  std::ofstream(station.path() / ".loa/schedule.schema.json", std::ios::app) << " ";
  EXPECT_THAT(found(), HasSubstr(R"("file":".loa/schedule.schema.json","severity":"warning","code":"schema-old")"));
  EXPECT_THAT(found(), Not(HasSubstr("station.schema.json")));
  ASSERT_EQ(schema({"--out", (station.path() / ".loa").string()}).code, 0);
  EXPECT_THAT(found(), Not(HasSubstr("schema-old")));
}

TEST(SchemaCommand, SaysWhatItCannotDo) {
  EXPECT_EQ(schema({"lich"}).code, 2);
  EXPECT_EQ(schema({"station", "schedule"}).code, 2);
  EXPECT_EQ(schema({"station", "--out", ""}).code, 2);
  const auto done = schema({"station", "--out", "/proc/loa/station.schema.json", "--lang", "en"});
  EXPECT_EQ(done.code, 3);
  EXPECT_THAT(done.err, HasSubstr("cannot be written"));
  EXPECT_EQ(schema({"--out", "/proc/loa"}).code, 3);
}

}  // namespace
}  // namespace loa
