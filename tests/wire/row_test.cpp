// A row sealed and read back, and the typed form of start and item rows.
#include "daemon/wire/row.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "daemon/wire/crypto.hpp"
#include "daemon/wire/item_row.hpp"

namespace loa::wire {
namespace {

Fields boot_fields() {
  return {{"kind", "boot"},     {"at", "2026-11-22T05:29:50.000+07:00"},
          {"boot", "b1"},       {"station", "xa-vi-du"},
          {"clock", "trusted"}, {"note", "khởi động"}};
}

TEST(Row, ItsLineIsCanonicalAndItsHashIsOverTheRestOfIt) {
  const auto sealed = seal(boot_fields(), 1, kNoHash);
  const std::string without_hash =
      R"({"at":"2026-11-22T05:29:50.000+07:00","boot":"b1","clock":"trusted","kind":"boot","note":"khởi động",)"
      R"("prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"station":"xa-vi-du"})";
  EXPECT_EQ(sealed.hash, sha256_hex(without_hash));
  const auto row = boost::json::parse(sealed.line).as_object();
  EXPECT_EQ(canonical(row), sealed.line);
  EXPECT_EQ(text_of(row, "hash"), sealed.hash);
  EXPECT_EQ(row_hash(row), sealed.hash);
  EXPECT_FALSE(row.contains("sig"));
}

TEST(Row, ASignatureIsOverStationSeqAndHashAndChangesNoHash) {
  std::string asked;
  const auto plain = seal(boot_fields(), 7, kNoHash);
  const auto sealed = seal(boot_fields(), 7, kNoHash, [&](std::string_view text) {
    asked = text;
    return std::string("c2ln");
  });
  EXPECT_EQ(asked, "loa-ledger-1\nxa-vi-du\n7\n" + sealed.hash);
  EXPECT_EQ(sealed.hash, plain.hash);
  EXPECT_EQ(text_of(boost::json::parse(sealed.line).as_object(), "sig"), "c2ln");
}

TEST(Row, NumbersAndTextsAreMadeFitForIt) {
  auto fields = boot_fields();
  fields["start_error_ms"] = 0.12345;
  fields["note"] = "T\xD5ng";
  fields["level_lufs"] = nullptr;
  const auto read = read_row(seal(fields, 2, kNoHash).line);
  ASSERT_EQ(read.fault, RowFault::none);
  EXPECT_EQ(canonical(read.row.at("start_error_ms")), "0.123");
  EXPECT_EQ(text_of(read.row, "note"), "T\uFFFDng");
  EXPECT_FALSE(read.row.contains("level_lufs"));
}

TEST(Row, ReadingNamesWhatIsWrong) {
  const auto line = seal(boot_fields(), 3, kNoHash).line;
  auto changed = line;
  changed.replace(changed.find("05:29"), 5, "05:28");
  auto nameless = boot_fields();
  nameless.erase("boot");
  const std::pair<std::string, RowFault> cases[] = {
      {line, RowFault::none},
      {"", RowFault::not_json},
      {"[]", RowFault::not_json},
      {line.substr(1), RowFault::not_json},
      {" " + line, RowFault::not_canonical},
      {"{\"zz\":1," + line.substr(1), RowFault::not_canonical},
      {seal(nameless, 3, kNoHash).line, RowFault::incomplete},
      {seal(boot_fields(), 0, kNoHash).line, RowFault::incomplete},
      {seal(boot_fields(), 3, "beef").line, RowFault::incomplete},
      {changed, RowFault::hash},
  };
  for (const auto& [text, fault] : cases) EXPECT_EQ(read_row(text).fault, fault) << text;
}

TEST(Row, VerdictsAndReasonsAreTheWordsOfTheContract) {
  for (const auto* name : {"aired", "late", "partial", "missed", "withheld", "overridden"}) {
    ASSERT_TRUE(verdict_named(name)) << name;
    EXPECT_EQ(name_of(*verdict_named(name)), name);
  }
  for (const auto* name : {"none", "power", "clock", "device", "file", "hours", "limit", "approval", "expired",
                           "calendar", "emergency", "operator", "relay", "overrun", "network"}) {
    ASSERT_TRUE(reason_named(name)) << name;
    EXPECT_EQ(name_of(*reason_named(name)), name);
  }
  EXPECT_FALSE(verdict_named("played"));
  EXPECT_FALSE(reason_named(""));
}

ItemRow full_item() {
  ItemRow row;
  row.id = "xa-vi-du/2026-11-23T0530/sang/2";
  row.session = "xa-vi-du/2026-11-23T0530/sang";
  row.what = "clip";
  row.article = "khai-sinh";
  row.campaign = "dich-vu-cong";
  row.clip = "dvc/khai-sinh.mp3";
  row.sha256 = std::string(64, 'a');
  row.priority = "ordinary";
  row.planned_start = "2026-11-23T05:30:00.000+07:00";
  row.planned_end = "2026-11-23T05:30:30.000+07:00";
  row.start = "2026-11-23T05:30:00.001+07:00";
  row.end = "2026-11-23T05:30:30.001+07:00";
  row.frames_planned = 1440000;
  row.frames_played = 0;
  row.start_error_ms = -0.25;
  row.level_lufs = -16.1;
  row.device = "none";
  row.operator_ = "Lan";
  row.order = "Chủ tịch UBND xã";
  row.makes_good = "xa-vi-du/2026-11-22T0530/sang/2";
  row.heard = HeardSound{true, 0.98, 1, 0.25, -20.5};
  row.note = "ghi chú";
  row.verdict = Verdict::aired;
  row.reason = Reason::operator_;
  return row;
}

TEST(ItemRow, EveryFieldGoesThroughALineAndBack) {
  auto fields = full_item().fields();
  EXPECT_EQ(fields.size(), 25u);
  for (const auto& member : boot_fields()) {
    if (!fields.contains(member.key())) fields[member.key()] = member.value();
  }
  const auto read = read_row(seal(fields, 9, kNoHash).line);
  ASSERT_EQ(read.fault, RowFault::none);
  EXPECT_EQ(ItemRow::from(read.row), full_item());
}

TEST(ItemRow, WhatDoesNotApplyIsAbsent) {
  ItemRow row;
  row.kind = ItemRow::Kind::start;
  row.id = "x/2026-11-23T0530/sang/1";
  EXPECT_EQ(canonical(row.fields()), R"({"id":"x/2026-11-23T0530/sang/1","kind":"start"})");
}

TEST(ItemRow, OtherKindsAndWrongTypesAreNone) {
  for (const auto* text : {R"({"kind":"boot"})", R"({})", R"({"kind":1})", R"({"kind":"item","id":5})",
                           R"({"kind":"item","frames_played":"7"})", R"({"kind":"item","frames_played":0.5})",
                           R"({"kind":"item","verdict":"played"})", R"({"kind":"item","reason":null})"}) {
    EXPECT_FALSE(ItemRow::from(boost::json::parse(text).as_object())) << text;
  }
}

}  // namespace
}  // namespace loa::wire
