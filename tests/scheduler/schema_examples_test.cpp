// What is right for the reader is right for the schema: every example that is shown to operators, typed as editors type
// it.
#include <filesystem>
#include <fstream>

#include "tests/scheduler/schema_question.hpp"

namespace loa::scheduler {
namespace {

namespace fs = std::filesystem;

std::string kind_of(const std::string& text) {
  if (text.starts_with("station:") || text.find("\nstation:") != std::string::npos) return "station";
  return text.find("\nholidays:") != std::string::npos ? "holidays" : "schedule";
}

void add_examples(const fs::path& page, std::vector<Question>& questions) {
  std::ifstream in(page);
  std::string text;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (inside && line == "```") questions.push_back({kind_of('\n' + text), text});
    if (inside && line != "```") text += line + '\n';
    if (line == "```yaml") text.clear();
    inside = line == "```yaml" || (inside && line != "```");
  }
}

std::vector<Question> examples() {
  const fs::path source = LOA_SOURCE;
  std::vector<Question> questions;
  for (const auto& folder : {source, source / "docs"}) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".md") add_examples(entry.path(), questions);
    }
  }
  const auto add_file = [&](const std::string& kind, const fs::path& file) {
    questions.push_back({kind, test::read_file(file)});
  };
  add_file("holidays", source / "config/holidays.yaml");
  add_file("station", source / "daemon/station/example/station.yaml");
  for (const auto& entry : fs::directory_iterator(source / "daemon/station/example/schedule"))
    add_file("schedule", entry.path());
  return questions;
}

TEST(SchemaExamples, AreAllTaken) {
  const auto questions = examples();
  ASSERT_GT(questions.size(), 12u);
  const auto answers = said_by_schema(questions);
  for (std::size_t i = 0; i < questions.size(); ++i)
    EXPECT_EQ(answers[i], "") << questions[i].kind << ":\n" << questions[i].text;
}

// The schemas lie beside the example as `loa init` puts them beside a station, so that an editor finds them.
TEST(SchemaExamples, TheStationOfTheExampleHasTheSchemasOfTheProgram) {
  const auto folder = fs::path(LOA_SOURCE) / "daemon/station/example";
  for (const auto kind : config::kSchemaKinds) {
    EXPECT_EQ(test::read_file(folder / ".loa" / config::schema_file_name(kind)),
              config::schema_text(kind, config::Language::vi))
        << "to be renewed: loa schema --lang vi --out daemon/station/example/.loa";
  }
  EXPECT_TRUE(test::read_file(folder / "station.yaml")
                  .starts_with("# yaml-language-server: $schema=.loa/station.schema.json\n"));
  for (const auto& entry : fs::directory_iterator(folder / "schedule")) {
    EXPECT_TRUE(
        test::read_file(entry.path()).starts_with("# yaml-language-server: $schema=../.loa/schedule.schema.json\n"));
  }
}

// What is not yet supported is not in the schema, so that no editor offers what would be refused.
TEST(SchemaExamples, WhatIsNotYetSupportedIsNotOffered) {
  const std::string station = "station: {id: xa, name: Xã}\n";
  const std::vector<Question> questions = {{"station", station + "clock: {unknown: hold}\n"},
                                           {"station", station + "retention: {ledger: 5y}\n"},
                                           {"station", station + "hub: {url: \"https://dai.example:8443\"}\n"}};
  const auto answers = said_by_schema(questions);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    EXPECT_NE(answers[i], "") << questions[i].text;
    EXPECT_TRUE(said_by_reader(questions[i]).errors.contains("not-yet-supported"))
        << "built now: it belongs in config/schema.json\n"
        << questions[i].text;
  }
}

}  // namespace
}  // namespace loa::scheduler
