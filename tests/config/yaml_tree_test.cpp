// The tree keeps every value as written, with its place; limits hold whatever the text.
#include <gmock/gmock.h>

#include "tests/config/said.hpp"

namespace loa::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string text_at(const Node& node) {
  const auto& at = node.span;
  return std::string(at.source->bytes().substr(at.begin, at.end - at.begin));
}

TEST(YamlTree, TakesEveryFormOfAValueAsItIsWritten) {
  struct Case {
    std::string written, value;
    bool quoted;
  };
  const std::vector<Case> cases = {{"05:30", "05:30", false},
                                   {"17:00:00", "17:00:00", false},
                                   {"017", "017", false},
                                   {"no", "no", false},
                                   {"2026-12-01", "2026-12-01", false},
                                   {"\"x: y\"", "x: y", true},
                                   {"'it''s'", "it's", true},
                                   {"\"a \\\"b\\\"\"", "a \"b\"", true},
                                   {"https://a/b#c", "https://a/b#c", false},
                                   {"Bản tin xã <dd>/<mm>", "Bản tin xã <dd>/<mm>", false},
                                   {"một\n   hai", "một hai", false}};
  for (const auto& [written, value, quoted] : cases) {
    const Said said("k: " + written + "\n");
    ASSERT_THAT(said.places(), IsEmpty()) << said.text();
    const auto node = said.value("k");
    ASSERT_TRUE(node->is_scalar()) << written;
    EXPECT_EQ(node->scalar, value);
    EXPECT_EQ(node->quoted, quoted) << written;
    EXPECT_EQ(text_at(*node), written);
  }
}

TEST(YamlTree, PlacesOfListsAndMappingsReachTheirEnds) {
  const Said said("a: {b: [x, y], c: d}\ne:\n  - f\n  - g: h\n");
  EXPECT_EQ(text_at(*said.value("a")), "{b: [x, y], c: d}");
  EXPECT_EQ(text_at(*said.value("a")->entries[0].second), "[x, y]");
  EXPECT_EQ(text_at(*said.value("e")->items[1]), "g: h");
}

TEST(YamlTree, AValueKnowsTheKeyItBelongsTo) {
  const Said said("articles:\n  khai-sinh:\n    title: x\n");
  const auto article = said.value("articles")->entries[0].second;
  EXPECT_EQ(article->owner.source->bytes().substr(article->owner.begin, article->owner.end - article->owner.begin),
            "khai-sinh");
}

TEST(YamlTree, NothingIsAtItsKeyOrItsDash) {
  const Said said("a:\nb: [x]\nc:\n  -\n  - y\nd: ~\n");
  EXPECT_EQ(text_at(*said.value("a")), "a");
  EXPECT_EQ(text_at(*said.value("c")->items[0]), "-");
  EXPECT_EQ(text_at(*said.value("d")), "~");
  EXPECT_TRUE(said.value("d")->is_null());
}

TEST(YamlTree, AnAliasIsTheValueAtItsOwnPlace) {
  const Said said("a: &x {t: y}\nb: *x\n");
  const auto node = said.value("b");
  ASSERT_TRUE(node->is_mapping());
  EXPECT_EQ(node->entries[0].second->scalar, "y");
  EXPECT_EQ(text_at(*node), "*x");
  EXPECT_THAT(said.places(), IsEmpty());
}

TEST(YamlTree, AnAliasToABrokenBlockIsNoSecondMistake) {
  EXPECT_THAT(Said("a: &x b: c\nd: *x\n").places(), ElementsAre("1:8 colon-in-text"));
}

TEST(YamlTree, BlockTextsMayHoldAnything) {
  const Said said("a:\n  s: |\n    key: \"open\n    - [x\n  t: y\n");
  EXPECT_THAT(said.places(), IsEmpty()) << said.text();
  EXPECT_EQ(said.value("a")->entries[0].second->scalar, "key: \"open\n- [x\n");
}

TEST(YamlTree, CommentsMayHoldAnything) {
  EXPECT_THAT(Said("a: b  # it's \"open: [x\n# {\nc: d\n").places(), IsEmpty());
}

TEST(YamlTree, QuotedTextMayGoOnFurtherIn) {
  const Said said("a:\n  summary: \"dòng một\n    dòng hai\"\n  b: c\n");
  EXPECT_THAT(said.places(), IsEmpty());
  EXPECT_EQ(said.value("a")->entries[0].second->scalar, "dòng một dòng hai");
}

TEST(YamlTree, BracketsMayGoOverLines) {
  EXPECT_THAT(Said("a: [x,\n    y,\n]\nb: {c: d,\n    e: f}\n").places(), IsEmpty());
}

std::string bomb() {
  std::string text = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c <= 'i'; ++c) {
    text += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i) text += std::string(i > 0 ? "," : "") + '*' + static_cast<char>(c - 1);
    text += "]\n";
  }
  return text;
}

TEST(YamlLimits, BombsOfAliasesAreCountedByVisits) {
  EXPECT_THAT(Said(bomb()).places(), ElementsAre("6:11 alias-bomb"));
  EXPECT_EQ(Said(bomb()).root, nullptr);
}

TEST(YamlLimits, ValuesAreCounted) {
  YamlLimits limits;
  limits.nodes = 10;
  EXPECT_THAT(Said("a: [1,2,3,4,5,6,7]\n", limits).places(), IsEmpty());  // with the root, the key and the list
  EXPECT_THAT(Said("a: [1,2,3,4,5,6,7,8]\n", limits).places(), ElementsAre("1:19 too-many-values"));
}

TEST(YamlLimits, DepthIsCountedThroughAliases) {
  YamlLimits limits;
  limits.depth = 4;
  EXPECT_THAT(Said("a: [[[x]]]\n", limits).places(), IsEmpty());
  EXPECT_THAT(Said("a: [[[[x]]]]\n", limits).places(), ElementsAre("1:7 too-deep"));
  EXPECT_THAT(Said("a: &x [[y]]\nb: [[*x]]\n", limits).places(), ElementsAre("2:6 too-deep"));
}

TEST(YamlLimits, BytesAreCountedBeforeAnythingIsRead) {
  YamlLimits limits;
  limits.bytes = 8;
  EXPECT_THAT(Said("a: bcde\n", limits).places(), IsEmpty());
  EXPECT_THAT(Said("a: [[[[[[\n", limits).places(), ElementsAre("file-too-big"));
}

TEST(YamlLimits, ThousandsOfMistakesEndInAThousandThatAreKept) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "a: b: c\n";
  const Said said(text);
  EXPECT_EQ(said.diagnostics.all().size(), 1000u);
  EXPECT_GT(said.diagnostics.count(Severity::error), 1000u);
}

// A file that is being saved, or that a power cut stopped: whatever is there, there is an answer.
const std::string kCommentedSchedule = R"(# Lịch phát của xã Ví Dụ
articles:
  nhac-hieu: {title: "Nhạc hiệu", clip: nhac-hieu.flac}
  khai-sinh:
    title: Đăng ký khai sinh tại nhà
    clip: dvc/khai-sinh.mp3
    field: policy
    priority: ordinary
    source: own
    author: Phòng Văn hóa - Xã hội
    from: 2026-11-01
    until: 2026-12-31
    gain: -1.5
  can-cuoc:
    title: 'Cấp thẻ căn cước: những điều cần biết'
    clip: dvc/can-cuoc.ogg
  ban-tin-xa:
    title: Bản tin xã <dd>/<mm>
    clip: ban-tin/<date>.mp3
    about: 12min
    missing: nhac-cho
  nhac-cho:
    title: Nhạc chờ
    clip: nhac-cho.wav
    summary: |
      Nhạc không lời, dùng khi
      thiếu bản ghi: "tạm"
playlists:
  mo-dau: [nhac-hieu, khai-sinh]
  thong-bao: {folder: thong-bao}
programmes:
  sang:
    title: Buổi sáng
    at: "05:30"
    repeat: daily
    except: [2026-12-05, 2026-12-24..2026-12-26]
    length: 45min
    overrun: fade
    late: join
    items:
      - nhac-hieu
      - playlist: mo-dau
      - {article: ban-tin-xa, days: [mon, wed, fri]}
      - {article: ban-tin-xa, days_ago: 1, days: [tue, thu]}
      - {pause: 5s}
      - {article: khai-sinh, at: "06:00"}
      - {fill: [nhac-cho]}
  trua:
    title: Buổi trưa
    at: {every: 60min, from: "11:00", until: "13:00"}
    repeat: weekdays
    items: [nhac-hieu, can-cuoc]
  chieu:
    title: "Buổi chiều"
    at: 17:00
    repeat: {dates: [2026-12-22, "2026-12-24..2026-12-26"]}
    length: 1h30min
    items:
      - nhac-hieu
      - khai-sinh
)";

TEST(YamlPrefixes, TheWholeFileHasNoMistake) {
  EXPECT_THAT(Said(kCommentedSchedule).places(), IsEmpty()) << Said(kCommentedSchedule).text();
}

TEST(YamlPrefixes, EveryCutOfAFileHasAnAnswer) {
  for (std::size_t size = 0; size < kCommentedSchedule.size(); ++size) {
    const Said said(kCommentedSchedule.substr(0, size));
    const bool answered = said.root != nullptr || !said.diagnostics.all().empty();
    ASSERT_TRUE(answered) << "cut after " << size << " bytes";
    ASSERT_FALSE(said.root == nullptr && !said.diagnostics.has_errors() && size > kCommentedSchedule.find('\n') + 1)
        << "cut after " << size << " bytes: what there is was dropped without an error";
  }
}

TEST(YamlPrefixes, EveryByteThatIsLostHasAnAnswer) {
  for (std::size_t at = 0; at < kCommentedSchedule.size(); ++at) {
    auto text = kCommentedSchedule;
    text.erase(at, 1);
    const Said said(text);
    ASSERT_TRUE(said.root != nullptr || said.diagnostics.has_errors()) << "without byte " << at;
  }
}

}  // namespace
}  // namespace loa::config
