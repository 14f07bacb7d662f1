// The daemon's English notes as people read them.
#include "daemon/station/page/log_words.hpp"

#include <gtest/gtest.h>

namespace loa::station {
namespace {

using config::Language;

TEST(NoteWords, AreVietnameseForEveryKindOfNoteThatTheDaemonWrites) {
  for (const auto* note : {"first start", "in order", "starting", "trusted", "holdover", "open: none",
                           "open: USB Audio", "absent: no card", "lost: no frame for 1 s", "gone: hung",
                           "lost: does not keep time, frames a second instead of 48000: 24000", "set by -3600.000 s",
                           "last sign of life 2026-11-23T05:30:00.000Z"}) {
    EXPECT_NE(words_of_note(note).in(Language::vi), words_of_note(note).in(Language::en)) << note;
    EXPECT_NE(words_of_note(note).in(Language::vi), note);
  }
  EXPECT_EQ(words_of_note("lost: no card").in(Language::vi), "bị mất: no card");
}

TEST(ApprovalWords, SayWhoOrWhyNot) {
  EXPECT_EQ(words_of_approval("required").in(Language::vi), "chưa được duyệt");
  EXPECT_EQ(words_of_approval("off").in(Language::en), "needs no approval");
  EXPECT_EQ(words_of_approval("Nguyễn Thị Lan 2026-11-23T04:00:00.000+07:00").in(Language::en),
            "approved by Nguyễn Thị Lan");
  EXPECT_EQ(words_of_approval("later").in(Language::en), "later");
}

TEST(NoteWords, LeaveWhatAPersonWroteAsItIs) {
  EXPECT_EQ(words_of_note("Mất điện cả xã").in(Language::vi), "Mất điện cả xã");
}

}  // namespace
}  // namespace loa::station
