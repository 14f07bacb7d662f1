// A file of the operator, asked of both: the reader and the schema.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "config/schema.hpp"
#include "scheduler/schedule.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::scheduler {

struct Question {
  std::string kind;  // one of config::kSchemaKinds
  std::string text;  // the whole file
};

inline constexpr const char* kSomeStation = "station: {id: xa-vi-du, name: Xã Ví Dụ}\n";

struct ReadersAnswer {
  std::set<std::string> errors;  // their codes
  std::string text;
};

/// What the reader says of the file; the files beside it are without mistakes.
inline ReadersAnswer said_by_reader(const Question& question) {
  const bool schedule = question.kind == "schedule", holidays = question.kind == "holidays";
  std::vector<config::StationText> texts;
  std::string station = question.kind == "station" ? question.text : kSomeStation;
  if (holidays) station += "holidays: holidays.yaml\n";
  texts.push_back({"station.yaml", std::move(station), 0, config::StationText::Role::station});
  texts.push_back({"schedule/lich.yaml", schedule ? question.text : "articles: {a: {clip: a.wav}}\n", 0});
  if (holidays) texts.push_back({"holidays.yaml", question.text, 0, config::StationText::Role::holidays});
  config::Diagnostics diagnostics;
  const auto files = config::read_station_texts(std::move(texts), diagnostics);
  read_schedule(files, diagnostics);
  ReadersAnswer answer{{}, to_text(diagnostics, config::Language::en, false)};
  for (const auto& each : diagnostics.all()) {
    if (each.severity == config::Severity::error) answer.errors.insert(each.code);
  }
  return answer;
}

/// For each: "" when the schema takes it, else the first mistake.
inline std::vector<std::string> said_by_schema(const std::vector<Question>& questions) {
  const test::TempDir folder;
  for (const auto kind : config::kSchemaKinds) {
    folder.write(config::schema_file_name(kind), config::schema_text(kind, config::Language::vi));
  }
  std::string asked;
  for (const auto& question : questions) {
    asked += boost::json::serialize(boost::json::object{{"kind", question.kind}, {"yaml", question.text}}) + '\n';
  }
  folder.write("questions", asked);
  const auto done =
      test::run_program({"/usr/bin/python3", LOA_SOURCE "/tests/support/schema_verdicts.py", folder.path().string(),
                         (folder / "questions").string(), (folder / "answers").string()});
  EXPECT_EQ(done.code, 0) << done.err << "(Debian packages python3-jsonschema and python3-yaml are needed)";
  std::vector<std::string> answers;
  std::ifstream in(folder / "answers");
  for (std::string line; std::getline(in, line);) answers.emplace_back(boost::json::parse(line).as_string());
  EXPECT_EQ(answers.size(), questions.size());
  answers.resize(questions.size(), "not answered");
  return answers;
}

}  // namespace loa::scheduler
