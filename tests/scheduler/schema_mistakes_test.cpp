// One mistake after another in files that are right: the schema refuses what the reader refuses, and nothing else.
#include <functional>
#include <map>

#include "tests/scheduler/schema_full_files.hpp"

namespace loa::scheduler {
namespace {

namespace json = boost::json;

// What only the reader can see, since it takes more than one value, or the letters of a number, to see it.
const std::map<std::string, std::string> kBeyond = {
    {"unknown-name", "whether an article or a playlist has that name"},
    {"unknown-programme", "whether a programme has that name"},
    {"unknown-campaign", "whether a campaign has that name"},
    {"unknown-relay", "whether a relay has that name"},
    {"relay-without-end", "that a relay without a length needs an end"},
    {"unknown-zone", "whether there is such a zone"},
    {"no-time", "that a programme with lunar days or a rule needs a time in its list"},
    {"item-unreached", "that a later time in `at` leaves no place for an item"},
    {"from-after-until", "which of two values is the later"},
    {"rrule", "what a recurrence rule may say, and that it counts from a first day"},
    {"fill-without-end", "that a fill needs a length or a pin behind it"},
    {"lunar-day", "the zero of 03 without quotes, which YAML reads as the number 3"},
};

const std::vector<json::value>& strange_values() {
  static const std::vector<json::value> values = {nullptr,
                                                  "",
                                                  " ",
                                                  "không đúng",
                                                  "khong-dung",
                                                  "Hoa",
                                                  "25:30",
                                                  "5h30",
                                                  "05:30",
                                                  "24:00",
                                                  "-5",
                                                  3,
                                                  -1,
                                                  99999,
                                                  3.5,
                                                  true,
                                                  "2026-13-40",
                                                  "05-12-2026",
                                                  "2026-12-05",
                                                  "12-05",
                                                  "2026-12-01..2026-12-05",
                                                  "30 min",
                                                  "30min",
                                                  "0s",
                                                  "1min1h",
                                                  "mon",
                                                  "daily",
                                                  "all",
                                                  "a\\b",
                                                  "/a/b.wav",
                                                  "../a.wav",
                                                  "a.wav",
                                                  "thu-muc/",
                                                  "lunar 13-01",
                                                  "lunar 01-15",
                                                  "holiday:quoc-khanh",
                                                  "hai\ndòng",
                                                  json::array{},
                                                  json::array{"x"},
                                                  json::array{nullptr},
                                                  json::array{json::object{}},
                                                  json::object{},
                                                  json::object{{"khong-co", 1}}};
  return values;
}

/// Each file that differs from `value` in one place.
void changes_of(const json::value& value, const std::function<void(json::value)>& found) {
  for (const auto& other : strange_values()) {
    if (other != value) found(other);
  }
  if (const auto* list = value.if_array()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      changes_of(list->at(i), [&](json::value changed) {
        auto copy = *list;
        copy[i] = std::move(changed);
        found(std::move(copy));
      });
    }
    return;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return;
  auto more = *object;
  more["khong-co"] = 1;
  found(std::move(more));
  for (const auto& [key, each] : *object) {
    auto less = *object;
    less.erase(key);
    found(std::move(less));
    changes_of(each, [&, name = std::string(key)](json::value changed) {
      auto copy = *object;
      copy[name] = std::move(changed);
      found(std::move(copy));
    });
  }
}

// What the reader takes and the schema does not: a recording whose name is a number.
bool is_name_of_number(const std::string& answer) {
  return answer.ends_with("/clip: 3.5 is not of type 'string'");
}

/// Both on each question; which of kBeyond were met.
std::set<std::string> expect_agreement(const std::vector<Question>& questions) {
  std::set<std::string> met;
  const auto answers = said_by_schema(questions);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    auto codes = said_by_reader(questions[i]).errors;
    const bool wrong = !codes.empty();
    if (answers[i].empty()) {
      std::erase_if(codes, [&](const auto& code) {
        if (kBeyond.contains(code)) met.insert(code);
        return kBeyond.contains(code);
      });
      EXPECT_TRUE(codes.empty()) << "taken by the schema only: " << *codes.begin() << "\n" << questions[i].text;
    } else {
      EXPECT_TRUE(wrong || is_name_of_number(answers[i])) << "refused by the schema only: " << answers[i] << "\n"
                                                          << questions[i].text;
    }
  }
  return met;
}

/// Boost.JSON writes 3.5 as 3.5E0, which is no number to the reader.
std::string as_yaml(const json::value& value) {
  auto text = json::serialize(value);
  for (auto at = text.find("3.5E0"); at != std::string::npos; at = text.find("3.5E0")) text.erase(at + 3, 2);
  return text;
}

TEST(SchemaMistakes, AreTheSameForSchemaAndReader) {
  std::vector<Question> questions = full_files();
  for (const auto& file : full_files()) {
    EXPECT_EQ(said_by_reader(file).errors, std::set<std::string>()) << file.text;
    changes_of(json::parse(file.text), [&](const json::value& changed) {
      questions.push_back({file.kind, as_yaml(changed)});
    });
  }
  ASSERT_GT(questions.size(), 5000u);
#ifdef LOA_SANITIZED  // they look for mistakes of another kind
  std::vector<Question> some;
  for (std::size_t i = 0; i < questions.size(); i += 8) some.push_back(questions[i]);
  expect_agreement(some);
#else
  const auto met = expect_agreement(questions);
  for (const auto& [code, reason] : kBeyond) EXPECT_TRUE(met.contains(code)) << code << " is no difference any more";
#endif
}

}  // namespace
}  // namespace loa::scheduler
