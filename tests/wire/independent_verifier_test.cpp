// Our ledger before a verifier that shares no code with it: verify_ledger.py, written from the contract alone.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/wire/chain.hpp"

namespace loa::wire {
namespace {

using tests::Chain;
namespace fs = std::filesystem;

class IndependentVerifier : public testing::Test {
 protected:
  IndependentVerifier() {
    std::string pattern = (fs::temp_directory_path() / "loa-verify-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    chain.fill(8);
    chain.add({{"kind", "item"},
               {"note", "tiếng Việt, \"ngoặc\" \\ \n \x01 🎵"},
               {"start_error_ms", -0.12345},
               {"level_lufs", -16.0},
               {"frames_played", 1440000},
               {"\U0001F600", 1},
               {"\uFB33", 2},
               {"removed", {"a", "b"}}});
    chain.fill(12);
    const auto old_key = chain.key();
    chain.add_key(PrivateKey::generate(), old_key);
    chain.fill(22);
  }
  ~IndependentVerifier() override { fs::remove_all(folder); }

  int verdict_on(const std::vector<std::string>& lines, const std::string& tail = "") {
    {
      std::ofstream file(folder / "2026-11.jsonl", std::ios::binary);
      for (const auto& line : lines) file << line << '\n';
      file << tail;
    }
    const auto command = std::string("python3 ") + LOA_SOURCE + "/tests/wire/verify_ledger.py " +
                         (folder / "2026-11.jsonl").string() + " > " + (folder / "said").string() + " 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::string said() const {
    std::ifstream file(folder / "said");
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder;
  Chain chain;
};

TEST_F(IndependentVerifier, FindsOurLedgerGood) {
  EXPECT_EQ(verdict_on(chain.lines()), 0) << said();
  EXPECT_EQ(said(), "22 rows, 0 problems\n");
  EXPECT_EQ(verdict_on(chain.lines(), "{\"torn"), 0) << said();
}

TEST_F(IndependentVerifier, AgreesOnWhatIsWrong) {
  std::vector<std::vector<std::string>> wrong(4, chain.lines());
  wrong[0][8].replace(wrong[0][8].find("1440000"), 7, "1440001");
  wrong[1].erase(wrong[1].begin() + 4);
  std::swap(wrong[2][4], wrong[2][5]);
  wrong[3][4] = "garbage";
  for (const auto& lines : wrong) {
    EXPECT_EQ(verdict_on(lines), 1) << said();
    EXPECT_FALSE(tests::verified(lines).ok);
  }
}

TEST_F(IndependentVerifier, AgreesOnASignatureThatIsAnothers) {
  auto lines = chain.lines();
  auto& line = lines[9];
  const auto at = line.find("\"sig\":\"") + 7;
  line.replace(at, 88, base64(PrivateKey::generate().sign("x")));
  EXPECT_EQ(verdict_on(lines), 1);
  EXPECT_NE(said().find(":10: the signature does not hold"), std::string::npos) << said();
}

}  // namespace
}  // namespace loa::wire
