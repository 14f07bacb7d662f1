// What `loa log` and `loa log verify` print, for people and for machines.
#include "daemon/station/commands/log_command.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "daemon/station/commands/log_csv.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/wire/item_row.hpp"
#include "tests/station/ledger_fixture.hpp"

namespace loa::station {
namespace {

using namespace tests;
namespace fs = std::filesystem;
using config::Language;

wire::ItemRow item_at(const std::string& time, wire::Verdict verdict, wire::Reason reason) {
  wire::ItemRow row;
  row.id = "xa-vi-du/2026-11-23T0530/sang/2";
  row.article = "khai-sinh";
  row.what = "clip";
  row.planned_start = "2026-11-23T" + time + ".000+07:00";
  row.frames_planned = 48000 * 65;
  row.frames_played = 48000 * 30;
  row.verdict = verdict;
  row.reason = reason;
  return row;
}

class LogCommand : public testing::Test {
 protected:
  LogCommand() {
    std::string pattern = (fs::temp_directory_path() / "loa-log-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    std::error_code error;
    disk = RealDisk::make_directory(folder / "state", error);
  }
  ~LogCommand() override { fs::remove_all(folder); }

  void make_ledger() {
    FileLedger ledger(*disk, clock, options_for());
    ledger.append({{"kind", "boot"}, {"note", "khởi động"}});
    auto aired = item_at("05:30:00", wire::Verdict::aired, wire::Reason::none);
    aired.start_error_ms = 0.3;
    auto started = aired;
    started.kind = wire::ItemRow::Kind::start;
    started.verdict.reset();
    started.reason.reset();
    ledger.append(started.fields());
    ledger.append(aired.fields());
    auto partial = item_at("06:00:00", wire::Verdict::partial, wire::Reason::power);
    partial.id = "xa-vi-du/2026-11-23T0600/sang/1";
    ledger.append(partial.fields());
    ledger.checkpoint();
  }

  int log(LogFormat format, std::optional<const char*> from = {}, std::optional<const char*> to = {}) {
    out.str("");
    LogRequest request{folder / "state", {}, {}, format, Language::en, hanoi()};
    if (from) request.from = calendar::parse_instant(*from, request.zone);
    if (to) request.to = calendar::parse_instant(*to, request.zone);
    return log_command(request, out, err);
  }
  /// Names of files in `folder`.
  int verify(std::vector<std::string> files = {}, std::optional<std::string> key = {}, bool json = false) {
    out.str("");
    VerifyRequest request;
    request.state = folder / "state";
    for (const auto& name : files) request.files.push_back(folder / name);
    if (key) request.key = folder / *key;
    request.json = json;
    request.language = language;
    return verify_command(request, out, err);
  }
  boost::json::object verified_json() {
    verify({}, {}, true);
    return boost::json::parse(out.str()).as_object();
  }
  fs::path file() const { return folder / "state/ledger/2026-11.jsonl"; }
  std::string bytes() const {
    std::ostringstream text;
    text << std::ifstream(file()).rdbuf();
    return text.str();
  }
  void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

  fs::path folder;
  std::unique_ptr<RealDisk> disk;
  ManualClock clock;
  Language language = Language::en;
  std::ostringstream out, err;
};

TEST_F(LogCommand, IsATableForPeople) {
  make_ledger();
  EXPECT_EQ(log(LogFormat::text), 0);
  auto lines = out.str();
  lines = lines.substr(lines.find("started up") - 21);  // behind the key row
  EXPECT_EQ(lines,
            "22/11/2026 07:00:00  started up                                                     khởi động\n"
            "23/11/2026 05:30:00  aired                                    +0.3 ms  0:30         "
            "khai-sinh  xa-vi-du/2026-11-23T0530/sang/2\n"
            "23/11/2026 06:00:00  aired in part       power cut or PC off           0:30 / 1:05  "
            "khai-sinh  xa-vi-du/2026-11-23T0600/sang/1\n");
}

TEST_F(LogCommand, SpeaksVietnamese) {
  make_ledger();
  LogRequest request{folder / "state", {}, {}, LogFormat::text, Language::vi, hanoi()};
  EXPECT_EQ(log_command(request, out, err), 0);
  EXPECT_NE(out.str().find("phát một phần"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("mất điện hoặc tắt máy"), std::string::npos);
}

TEST_F(LogCommand, JsonIsTheRowsVerbatim) {
  make_ledger();
  EXPECT_EQ(log(LogFormat::json), 0);
  EXPECT_EQ(out.str(), bytes());
}

TEST_F(LogCommand, CsvHasOneLineARow) {
  make_ledger();
  EXPECT_EQ(log(LogFormat::csv), 0);
  EXPECT_TRUE(out.str().starts_with("\xEF\xBB\xBFseq,at,kind,"));
  std::size_t lines = 0;
  for (auto at = out.str().find("\r\n"); at != std::string::npos; at = out.str().find("\r\n", at + 2)) ++lines;
  EXPECT_EQ(lines, 1u + 6u);
}

TEST_F(LogCommand, ShowsWhatARowIsAboutBetweenTwoInstants) {
  make_ledger();
  log(LogFormat::json, "2026-11-23T05:30", "2026-11-23T06:00");
  const auto text = out.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << "start and item of 05:30: " << text;
  log(LogFormat::json, "2026-11-24T00:00");
  EXPECT_EQ(out.str(), "");
}

TEST_F(LogCommand, AStationWithoutLedgerHasAnEmptyLog) {
  EXPECT_EQ(log(LogFormat::text), 0);
  EXPECT_EQ(out.str(), "");
  fs::remove_all(folder / "state");
  EXPECT_EQ(log(LogFormat::json), 0);
  language = Language::vi;
  EXPECT_EQ(verify(), 0);
  EXPECT_EQ(out.str(), "Nhật ký phát thanh còn trống.\n");
  EXPECT_EQ(err.str(), "");
}

TEST_F(LogCommand, PassesOverDamageAndSaysSo) {
  make_ledger();
  auto text = bytes();
  text[text.find("khởi")] = 'K';
  write(file(), text + "{\"torn");
  EXPECT_EQ(log(LogFormat::json), 0);
  EXPECT_EQ(out.str().find("Khởi"), std::string::npos);
  EXPECT_EQ(err.str(), "1 damaged line is not shown; `loa log verify` says more\n");
}

TEST_F(LogCommand, AMonthThatCannotBeReadIsTheWorldsFailure) {
  make_ledger();
  fs::create_directory(folder / "state/ledger/2026-12.jsonl");
  EXPECT_EQ(log(LogFormat::json), 3);
  EXPECT_EQ(out.str(), bytes()) << "the others are shown";
  EXPECT_EQ(verify(), 3);
}

TEST_F(LogCommand, VerifyAnswersAsTheContractSays) {
  make_ledger();
  const auto line = verified_json();
  EXPECT_EQ(line.at("rows"), 6);
  EXPECT_EQ(line.at("first"), 1);
  EXPECT_EQ(line.at("last"), 6);
  EXPECT_EQ(line.at("ok"), true);
  EXPECT_EQ(line.at("damaged"), 0);
  EXPECT_FALSE(line.contains("problem"));
  EXPECT_EQ(verify(), 0);
  EXPECT_EQ(out.str(),
            "The ledger is whole and unaltered: 6 rows, number 1 to 6.\nSigned up to row 6.\nFingerprint of the key: " +
                std::string(line.at("fingerprint").as_string()) + "\n");
}

TEST_F(LogCommand, VerifyNamesTheDamage) {
  make_ledger();
  auto text = bytes();
  text[text.find("khởi")] = 'K';
  write(file(), text);
  EXPECT_EQ(verify(), 1);
  EXPECT_TRUE(
      out.str().starts_with("The ledger is NOT in order: 2026-11.jsonl, line 2: the row was changed: its hash "
                            "does not match.\n5 good rows, 1 damaged lines.\n"))
      << out.str();
  const auto line = verified_json();
  EXPECT_EQ(line.at("problem"), "2026-11.jsonl:2: row 2: the hash does not match: the row was changed");
  EXPECT_EQ(line.at("ok"), false);
  EXPECT_EQ(line.at("damaged"), 1);
}

TEST_F(LogCommand, VerifyFindsATornTailGood) {
  make_ledger();
  write(file(), bytes() + "{\"torn");
  EXPECT_EQ(verify(), 0);
  EXPECT_EQ(verified_json().at("torn"), true);
}

TEST_F(LogCommand, VerifyTakesFilesInAnyOrder) {
  make_ledger();
  const auto text = bytes();
  const auto half = text.find('\n', text.size() / 2) + 1;
  write(folder / "b", text.substr(half));
  write(folder / "a", text.substr(0, half));
  EXPECT_EQ(verify({"b", "a"}), 0);
  EXPECT_EQ(verify({"none"}), 3);
}

TEST_F(LogCommand, VerifyTakesAKeyFromOutside) {
  make_ledger();
  const auto text = bytes();
  const auto key_row = text.substr(0, text.find('\n') + 1);
  const auto key = wire::text_of(boost::json::parse(key_row.substr(0, key_row.size() - 1)).as_object(), "public_key");
  write(folder / "copy", text.substr(key_row.size()));
  write(folder / "row", key_row);
  write(folder / "base64", key + "\n");
  write(folder / "other", wire::base64(wire::PrivateKey::generate().public_key()));
  write(folder / "rubbish", "rubbish");
  EXPECT_EQ(verify({"copy"}), 1) << "signed, and no key to check it with";
  EXPECT_EQ(verify({"copy"}, "row"), 0) << out.str();
  EXPECT_EQ(verify({"copy"}, "base64"), 0);
  EXPECT_EQ(verify({"copy"}, "other"), 1);
  EXPECT_EQ(verify({}, "base64"), 0);
  EXPECT_EQ(verify({}, "other"), 1);
  EXPECT_EQ(verify({}, "rubbish"), 3);
  EXPECT_EQ(verify({}, "none"), 3);
}

TEST(LogCsv, NoCellRunsAsAFormula) {
  const std::pair<const char*, const char*> cases[] = {
      {"Bản tin xã", "Bản tin xã"},
      {"=1+1", "'=1+1"},
      {"+84", "'+84"},
      {"-giá", "'-giá"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\tx", "'\tx"},
      {"\rx", "\"'\rx\""},
      {"a,b", "\"a,b\""},
      {"nói \"to\"", "\"nói \"\"to\"\"\""},
      {"hai\ndòng", "\"hai\ndòng\""},
      {"=a,b", "\"'=a,b\""},
      {"", ""},
  };
  for (const auto& [text, cell] : cases) EXPECT_EQ(csv_cell(text), cell) << text;
}

TEST(LogCsv, NumbersStayNumbersAndNothingIsLeftOut) {
  const auto line = csv_line({{"seq", 1}, {"start_error_ms", -0.25}, {"public_key", "abc"}, {"removed", {"x"}}});
  EXPECT_TRUE(line.starts_with("1,,"));
  EXPECT_NE(line.find(",-0.25,"), std::string::npos);
  EXPECT_TRUE(line.ends_with(",\"{\"\"public_key\"\":\"\"abc\"\",\"\"removed\"\":[\"\"x\"\"]}\"\r\n")) << line;
}

}  // namespace
}  // namespace loa::station
