// What a running station says of itself, in both languages.
#include "daemon/station/run/run_tell.hpp"

#include <gmock/gmock.h>

namespace loa::station {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> said(const LedgerDamage& found, const LedgerDamage& before,
                              config::Language language = config::Language::en) {
  std::vector<std::string> lines;
  for (const auto& words : words_for_damage(found, before)) lines.push_back(words.in(language));
  return lines;
}

TEST(WordsForDamage, AreNoneWhenTheLedgerIsInOrder) {
  EXPECT_THAT(said({0, 0, "2026-11.jsonl", 0}, {}), IsEmpty());
}

TEST(WordsForDamage, CountRightly) {
  EXPECT_THAT(said({1, 1, "2026-11.jsonl", 1}, {}),
              ElementsAre("ledger: a torn tail of 1 byte is dropped",
                          "ledger: 1 damaged line in 2026-11.jsonl; `loa log verify` says more",
                          "ledger: 1 row is lost in an older month; `loa log verify` says more"));
  EXPECT_THAT(said({6, 2, "2026-11.jsonl", 3}, {}),
              ElementsAre("ledger: a torn tail of 6 bytes is dropped",
                          "ledger: 2 damaged lines in 2026-11.jsonl; `loa log verify` says more",
                          "ledger: 3 rows are lost in older months; `loa log verify` says more"));
}

TEST(WordsForDamage, AreSaidOnce) {
  const LedgerDamage opened{6, 2, "2026-11.jsonl", 0};
  EXPECT_THAT(said(opened, opened), IsEmpty());
  EXPECT_THAT(said({6, 2, "2026-11.jsonl", 1}, opened, config::Language::vi),
              ElementsAre("nhật ký: mất 1 dòng ở các tháng trước; xem thêm bằng `loa log verify`"));
}

TEST(WordsForRow, OfADeviceAtAWrongSpeedSayWhatToDo) {
  const auto note = "lost: " + std::string(wire::kKeepsNoTime) + "24000";
  const auto words = words_for_row({{"kind", "device"}, {"note", note}});
  const auto english = words.in(config::Language::en);
  EXPECT_TRUE(english.starts_with("SOUND DEVICE: it takes 24000 frames a second instead of 48000")) << english;
  EXPECT_NE(english.find("loa devices"), std::string::npos);
  EXPECT_TRUE(words.in(config::Language::vi).starts_with("THIẾT BỊ ÂM THANH: nhận 24000 mẫu mỗi giây"));
}

}  // namespace
}  // namespace loa::station
