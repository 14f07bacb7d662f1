// Thousands of rules made up by their seed, and the rules others publish, answered alike by Loa, libical, dateutil and
// a plain reading of the RFC. tools/soak asks for more: LOA_RECURRENCE_SEED (the first) and LOA_RECURRENCE_RULES.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/recurrence_peers.hpp"

namespace loa::testing {
namespace {

constexpr std::uint64_t kRules = 400;  // each seed's

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const auto* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

calendar::RecurrenceRule rule_of(const RecurrenceQuestion& question) {
  return std::get<calendar::RecurrenceRule>(calendar::parse_recurrence(question.rule));
}

std::string description(const RecurrenceQuestion& question) {
  return question.rule + " from " + compact(question.dtstart);
}

std::vector<RecurrenceQuestion> questions(std::uint64_t first) {
  std::vector<RecurrenceQuestion> made;
  for (std::uint64_t i = 0, count = setting("LOA_RECURRENCE_RULES", kRules); i < count; ++i) {
    made.push_back(made_up_question(setting("LOA_RECURRENCE_SEED", 0) + first + i));
  }
  return made;
}

/// Those that the peer is not known to misread.
std::vector<RecurrenceQuestion> fit_for(std::string (*differs)(const calendar::RecurrenceRule&),
                                        std::vector<RecurrenceQuestion> questions) {
  std::erase_if(questions, [&](const auto& question) { return !differs(rule_of(question)).empty(); });
  return questions;
}

struct Tally {
  std::size_t answered = 0, with_occurrences = 0;
};

Tally compare(const std::vector<RecurrenceQuestion>& asked, const Answers& answers) {
  Tally tally;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!answers[i]) continue;
    const auto ours = ask_loa(asked[i]);
    ++tally.answered;
    tally.with_occurrences += ours.empty() ? 0 : 1;
    EXPECT_EQ(compact(ours), compact(*answers[i])) << description(asked[i]);
  }
  return tally;
}

class MadeUpRules : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(MadeUpRules, OccurAsDateutilSays) {
  const auto asked = fit_for(dateutil_differs, questions(GetParam()));
  const auto tally = compare(asked, ask_dateutil(asked, std::chrono::milliseconds(10)));
  EXPECT_GT(tally.answered, asked.size() / 2);
  EXPECT_GT(tally.with_occurrences, asked.size() / 3);
}

TEST_P(MadeUpRules, OccurAsLibicalSays) {
  auto asked = fit_for(libical_differs, questions(GetParam() + 1'000'000));
  for (auto& question : asked) question = synchronised(question);
  const auto tally = compare(asked, ask_libical(asked, std::chrono::milliseconds(5)));
  EXPECT_GT(tally.answered, asked.size() / 3);
  EXPECT_GT(tally.with_occurrences, asked.size() / 4);
}

TEST_P(MadeUpRules, OccurAsThePlainReadingSays) {
  std::size_t with_occurrences = 0, asked_plainly = 0;
  auto asked = questions(GetParam() + 2'000'000);
  asked.resize(asked.size() / 2);  // it is slow
  for (auto& question : asked) {
    question.limit = 12;
    const auto rule = rule_of(question);
    if (rule.frequency <= calendar::Frequency::minutely)
      question.until = std::min(question.until, question.dtstart + std::chrono::hours(3));
    const auto ours = ask_loa(question);
    // The plain reading tries every second of what does not come: only a few of those.
    if (ours.size() < question.limit && ++asked_plainly % 4 != 0) continue;
    with_occurrences += ours.empty() ? 0 : 1;
    EXPECT_EQ(compact(ours), compact(ask_plainly(question))) << description(question);
  }
  EXPECT_GT(with_occurrences, asked.size() / 6);
}

// Asked piece by piece, from the middle on, the answer is the same as from the beginning.
TEST_P(MadeUpRules, OccurTheSameFromAnyMomentOn) {
  const auto zone = calendar::Zone::find("UTC").value();
  for (const auto& question : questions(GetParam() + 3'000'000)) {
    const calendar::Recurrence recurrence(rule_of(question), question.dtstart, zone);
    const auto whole = recurrence.between(question.dtstart, question.until, 25);
    for (std::size_t i = 0; i < whole.size(); i += 3) {
      const auto at = whole[i];
      EXPECT_TRUE(recurrence.occurs(at)) << description(question);
      EXPECT_EQ(recurrence.next(at + std::chrono::milliseconds(1)),
                i + 1 < whole.size() ? std::optional(whole[i + 1]) : recurrence.next(at + std::chrono::seconds(1)))
          << description(question) << " after " << compact(at);
    }
    const auto middle = whole.empty() ? question.until : whole[whole.size() / 2];
    auto parts = recurrence.between(question.dtstart, middle);
    const auto rest = recurrence.between(middle, question.until, 25 - std::min<std::size_t>(25, parts.size()));
    parts.insert(parts.end(), rest.begin(), rest.end());
    EXPECT_EQ(compact(parts), compact(whole)) << description(question);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, MadeUpRules, ::testing::Values(1, 10'001, 20'001));

TEST(PublishedRules, OccurAsTheirPublishersPrograms) {
  std::ifstream in(LOA_SOURCE "/tests/scheduler/recurrence_published.tsv");
  std::size_t count = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#")) continue;
    std::istringstream columns(line);
    std::string who, dtstart, rule, expected;
    std::getline(columns, who, '\t');
    std::getline(columns, dtstart, '\t');
    std::getline(columns, rule, '\t');
    std::getline(columns, expected, '\t');
    const LocalTime end = std::chrono::local_days(std::chrono::year(2099) / 1 / 1);
    EXPECT_EQ(compact(ask_loa({rule, from_compact(dtstart), end, 5})), expected) << who << ": " << rule;
    ++count;
  }
  EXPECT_GT(count, 400u);
}

}  // namespace
}  // namespace loa::testing
