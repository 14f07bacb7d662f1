// What a stranger finds out about a copy of the ledger.
#include "daemon/wire/verify.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "tests/wire/chain.hpp"

namespace loa::wire {
namespace {

using tests::Chain;
using tests::verified;

TEST(Verifier, FindsAGoodLedgerGood) {
  Chain chain;
  chain.fill(25);
  const auto result = verified(chain.lines());
  EXPECT_TRUE(result.ok) << result.problem;
  EXPECT_EQ(result.rows, 25u);
  EXPECT_EQ(result.first, 1u);
  EXPECT_EQ(result.last, 25u);
  EXPECT_EQ(result.damaged, 0u);
  EXPECT_EQ(result.signed_until, 20u);
  EXPECT_EQ(result.problem, "");
  EXPECT_EQ(result.fingerprint, fingerprint_of(chain.key().public_key()));
}

TEST(Verifier, FindsNothingWrongWithNoLedger) {
  EXPECT_TRUE(verified({}).ok);
  EXPECT_EQ(verified({}).rows, 0u);
}

TEST(Verifier, NamesTheRowOfWhichAnyFieldWasAltered) {
  Chain chain;
  chain.fill(12);
  const auto lines = chain.lines();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto row = boost::json::parse(lines[i]).as_object();
    for (const auto& member : row) {
      auto altered = row;
      altered[member.key()] = member.value().is_string() ? boost::json::value("x") : boost::json::value(77);
      auto copy = lines;
      copy[i] = canonical(altered);
      const auto result = verified(copy);
      EXPECT_FALSE(result.ok) << lines[i] << " with another " << member.key();
      EXPECT_EQ(result.problem_line, i + 1) << result.problem;
    }
  }
}

/// Somebody without the key who knows how hashes are made.
TEST(Verifier, FindsARowThatWasAlteredAndHashedAgain) {
  Chain chain;
  chain.fill(12);
  auto lines = chain.lines();
  auto forged = boost::json::parse(lines[4]).as_object();
  forged["verdict"] = "missed";
  forged["hash"] = row_hash(forged);
  lines[4] = canonical(forged);
  const auto result = verified(lines);
  EXPECT_EQ(result.flaw, Flaw::chain);
  EXPECT_EQ(result.problem, "line 6: row 6: prev is not the hash of the row before");
}

TEST(Verifier, FindsAChainThatWasForgedUpToACheckpoint) {
  Chain chain, forged(PrivateKey::from_seed(std::string(32, 's')).value());
  chain.fill(12);
  forged.fill(12);
  auto lines = chain.lines();
  for (std::size_t i = 1; i < lines.size(); ++i) lines[i] = forged.lines()[i];
  EXPECT_EQ(verified(lines).problem, "line 2: row 2: prev is not the hash of the row before");
  EXPECT_EQ(verified(forged.lines(), base64(chain.key().public_key())).flaw, Flaw::foreign_key);
}

TEST(Verifier, NamesTheFirstRowAfterACut) {
  Chain chain;
  chain.fill(12);
  for (std::size_t cut = 1; cut + 1 < 12; ++cut) {
    auto lines = chain.lines();
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(cut));
    const auto result = verified(lines);
    EXPECT_EQ(result.flaw, Flaw::missing_rows) << cut;
    EXPECT_EQ(result.problem_seq, cut + 2);
    EXPECT_EQ(result.damaged, 0u);
  }
}

TEST(Verifier, NamesRowsThatChangedPlaces) {
  Chain chain;
  chain.fill(12);
  auto lines = chain.lines();
  std::swap(lines[3], lines[4]);
  EXPECT_EQ(verified(lines).problem, "line 4: row 5: rows are missing before this one");
}

TEST(Verifier, NamesARowThatStandsTwice) {
  Chain chain;
  chain.fill(12);
  auto lines = chain.lines();
  lines.insert(lines.begin() + 5, lines[4]);
  EXPECT_EQ(verified(lines).problem, "line 6: row 5: the row is out of order");
}

TEST(Verifier, NamesALineThatWasPutIn) {
  Chain chain;
  chain.fill(12);
  auto lines = chain.lines();
  lines.insert(lines.begin() + 5, "garbage");
  const auto result = verified(lines);
  EXPECT_EQ(result.problem, "line 6: this is no row of a ledger");
  EXPECT_EQ(result.damaged, 1u);
  EXPECT_EQ(result.rows, 12u);
}

TEST(Verifier, NamesASignatureThatIsMissingOrAnothers) {
  Chain chain;
  chain.fill(22);
  auto swapped = chain.lines();
  auto first = boost::json::parse(swapped[9]).as_object(), second = boost::json::parse(swapped[19]).as_object();
  std::swap(first["sig"], second["sig"]);
  swapped[9] = canonical(first);
  EXPECT_EQ(verified(swapped).problem, "line 10: row 10: the signature is not by the key in force");
  auto bare = chain.lines();
  second.erase("sig");
  bare[19] = canonical(second);
  EXPECT_EQ(verified(bare).problem, "line 20: row 20: the signature is not by the key in force");
}

TEST(Verifier, FollowsAKeyThatTheOldOneSigned) {
  Chain chain;
  chain.fill(5);
  const auto old_key = chain.key(), new_key = PrivateKey::generate();
  chain.add_key(new_key, old_key);
  chain.fill(25);
  const auto result = verified(chain.lines());
  EXPECT_TRUE(result.ok) << result.problem;
  EXPECT_EQ(result.fingerprint, fingerprint_of(new_key.public_key()));
  EXPECT_TRUE(verified(chain.lines(), base64(old_key.public_key())).ok);
  EXPECT_TRUE(verified(chain.lines(), base64(new_key.public_key())).ok);
}

TEST(Verifier, NamesAKeyThatTheOldOneDidNotSign) {
  Chain chain;
  chain.fill(5);
  const auto thief = PrivateKey::generate();
  chain.add_key(thief, thief);
  chain.fill(25);
  EXPECT_EQ(verified(chain.lines()).problem, "line 6: row 6: the new key is not signed by the old one");
}

TEST(Verifier, NeedsAKeyFromOutsideForACopyWithoutKeyRow) {
  Chain chain;
  chain.fill(25);
  auto lines = chain.lines();
  lines.erase(lines.begin(), lines.begin() + 5);
  EXPECT_EQ(verified(lines).flaw, Flaw::unknown_key);
  const auto result = verified(lines, base64(chain.key().public_key()));
  EXPECT_TRUE(result.ok) << result.problem;
  EXPECT_EQ(result.first, 6u);
  EXPECT_EQ(verified(lines, base64(PrivateKey::generate().public_key())).flaw, Flaw::signature);
  EXPECT_EQ(verified(lines, "no key").ok, false);
}

TEST(Verifier, FindsATornTailAloneGood) {
  Chain chain;
  chain.fill(12);
  for (const auto& [tail, has_newline] : {std::pair<std::string, bool>{"{\"at\":", false},
                                          {chain.rows.back().line, false},
                                          {std::string(100, '\0'), false},
                                          {std::string(100, '\0'), true}}) {
    Verifier verifier;
    for (const auto& line : chain.lines()) verifier.line(line, true);
    verifier.line(tail, has_newline);
    EXPECT_TRUE(verifier.result().ok);
    EXPECT_TRUE(verifier.result().torn_tail);
    EXPECT_EQ(verifier.result().rows, 12u);
  }
}

TEST(Verifier, FindsATornLineInsideDamaged) {
  Chain chain;
  chain.fill(12);
  Verifier verifier;
  verifier.file("2026-10.jsonl");
  for (std::size_t i = 0; i < 6; ++i) verifier.line(chain.lines()[i], true);
  verifier.line("{\"at\":", false);
  verifier.file("2026-11.jsonl");
  for (std::size_t i = 6; i < 12; ++i) verifier.line(chain.lines()[i], true);
  EXPECT_EQ(verifier.result().problem, "2026-10.jsonl:7: a torn line that is not the end");
  EXPECT_EQ(verifier.result().damaged, 1u);
  EXPECT_FALSE(verifier.result().torn_tail);
}

/// As the ledger leaves it: the damaged line used its number, prev goes on from the last good row, a lost row answers.
TEST(Verifier, CountsOneDamageOnceAndStaysNotOk) {
  Chain chain;
  chain.fill(6);
  auto lines = chain.lines();
  const auto prev = chain.rows[4].hash;
  lines[5][10] ^= 1;
  const Fields fields{{"kind", "lost"}, {"from", 6},      {"to", 6},           {"at", "a"},
                      {"boot", "b"},    {"station", "s"}, {"clock", "trusted"}};
  lines.push_back(seal(fields, 7, prev).line);
  const auto result = verified(lines);
  EXPECT_FALSE(result.ok);
  EXPECT_EQ(result.damaged, 1u);
  EXPECT_EQ(result.rows, 6u);
  EXPECT_EQ(result.last, 7u);
}

}  // namespace
}  // namespace loa::wire
