// When a page is written: on a clock that the test moves, into a real folder.
#include "daemon/station/run/run_page.hpp"

#include <fstream>

#include "daemon/station/host/aside.hpp"
#include "tests/station/page_fixture.hpp"
#include "tests/support/sim_clock.hpp"
#include "tests/support/temp_dir.hpp"

namespace loa::station {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using sim::at;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::snapshot_of;

class RunPageTest : public testing::Test {
 protected:
  RunPageTest() {
    fs::create_directories(dir_ / "state");
    page_.began(std::nullopt);
  }
  /// Lets the second pass and hands over what the thread beside has made.
  void pass(std::chrono::nanoseconds time) {
    clock_.advance_to(clock_.steady() + time);
    page_.tick();
    ASSERT_TRUE(aside_ends(20s));  // then what it tells is in the queue
    context_.restart();
    context_.poll();
  }
  std::string written() const {
    const auto file = dir_ / "TINH-HINH.txt";
    return fs::exists(file) ? test::read_file(file) : std::string();
  }
  /// What was written since this was asked last.
  std::string fresh() {
    auto words = written();
    fs::remove(dir_ / "TINH-HINH.txt");
    return words;
  }

  test::TempDir dir_;
  boost::asio::io_context context_;
  sim::SimClock clock_{at("2026-11-27T23:59:00")};
  SnapshotPtr plan_ =
      snapshot_of("articles:\n  a: {title: A, clip: a.wav}\nprogrammes:\n  s: {at: \"05:30\", items: [a]}\n");
  RunPage page_{context_,
                StationPaths{dir_.path()},
                config::Language::vi,
                {[this] { return clock_.now(); }, [this] { return clock_.steady(); }, [this] { return plan_; },
                 [] { return Status(); }}};
};

TEST_F(RunPageTest, TheFirstComesAtOnceAndNoneWithoutNews) {
  pass(0s);
  EXPECT_THAT(fresh(), HasSubstr("Ghi lúc 23:59 T6 27/11/2026"));
  pass(30s);
  EXPECT_THAT(fresh(), IsEmpty());
}

TEST_F(RunPageTest, AnEditIsShownAtOnceRowsTogether) {
  pass(0s);
  fresh();
  page_.edited(EditState::refused, {});
  pass(1s);
  EXPECT_THAT(fresh(), HasSubstr("KHÔNG ĐƯỢC NHẬN"));
  page_.stir();
  pass(5s);
  EXPECT_THAT(fresh(), IsEmpty()) << "the last is not 10 s old";
  page_.stir();
  pass(5s);
  EXPECT_THAT(fresh(), HasSubstr("Ghi lúc 23:59:11"));
}

TEST_F(RunPageTest, AfterMidnightAndEveryHalfHourItIsWrittenAnew) {
  pass(0s);
  fresh();
  pass(61s);
  EXPECT_THAT(fresh(), HasSubstr("Ghi lúc 00:00:01 T7 28/11/2026"));
  pass(29min);
  EXPECT_THAT(fresh(), IsEmpty());
  pass(1min);
  EXPECT_THAT(fresh(), HasSubstr("Ghi lúc 00:30:01"));
}

TEST_F(RunPageTest, AWrongEditThatIsUndoneIsSaidToBeSo) {
  page_.edited(EditState::refused, {});
  page_.edited(EditState::none, {});
  pass(0s);
  EXPECT_THAT(fresh(), HasSubstr("LẦN SỬA GẦN NHẤT: đã sửa lại"));
}

TEST_F(RunPageTest, AWrongEditThatIsUndoneTogetherWithARecordingIsSaidToBeSo) {
  page_.edited(EditState::refused, {});
  page_.recordings({}, "");
  pass(0s);
  EXPECT_THAT(fresh(), HasSubstr("LẦN SỬA GẦN NHẤT: đã sửa lại"));
}

TEST_F(RunPageTest, FoldersThatDidNotAnswerYetAreNoMistake) {
  page_.edited(EditState::none, {});
  page_.folders_hang(true);
  pass(0s);
  const auto words = fresh();
  EXPECT_THAT(words, HasSubstr("LẦN SỬA GẦN NHẤT: chưa đọc được các tệp"));
  EXPECT_THAT(words, HasSubstr("Thư mục của đài không trả lời"));
}

TEST_F(RunPageTest, WhatCannotBeWrittenIsSaidOnce) {
  fs::create_directories(dir_ / "TINH-HINH.txt/x");
  testing::internal::CaptureStderr();
  pass(0s);
  page_.edited(EditState::taken, {});
  pass(11s);
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::AllOf(HasSubstr("không ghi được"), HasSubstr("TINH-HINH.txt")));
  testing::internal::CaptureStderr();
  page_.edited(EditState::taken, {});
  pass(11s);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), IsEmpty());
}

TEST_F(RunPageTest, ThePreflightIsSaidOnceADayAtItsHour) {
  plan_ = snapshot_of("articles:\n  a: {title: A, clip: a.wav}\nprogrammes:\n  s: {at: \"05:30\", items: [a]}\n", {},
                      "preflight: \"00:30\"\n");
  const auto said = [&](std::chrono::nanoseconds time) {
    testing::internal::CaptureStderr();
    pass(time);
    return testing::internal::GetCapturedStderr();
  };
  EXPECT_THAT(said(0s), IsEmpty()) << "23:59, its hour is past, but what came is still being measured";
  EXPECT_THAT(said(121s), IsEmpty()) << "00:01: the next day's hour is still to come";
  EXPECT_THAT(said(30min), HasSubstr("NGÀY MAI, CN 29/11/2026, CÒN THIẾU 1 THỨ:\n  05:30 s: “A”: chưa có"));
  EXPECT_THAT(said(1h), IsEmpty());
  plan_ = snapshot_of("articles:\n  a: {title: A, clip: a.wav}\nprogrammes:\n  s: {at: \"05:30\", items: [a]}\n",
                      {{"a.wav", 60s}}, "preflight: \"00:30\"\n");
  EXPECT_THAT(said(24h), HasSubstr("ngày mai, T2 30/11/2026, không thiếu gì\n"));
  plan_ = snapshot_of("articles:\n  a: {title: A, clip: a.wav}\nprogrammes:\n  s: {at: \"05:30\", items: [a]}\n", {},
                      "preflight: off\n");
  EXPECT_THAT(said(24h), IsEmpty());
}

TEST_F(RunPageTest, AFolderBesideItWithTheSameIdIsToldUntilItIsMended) {
  const auto own = dir_ / "goc", copy = dir_ / "ban-sao";
  fs::create_directories(own / "state");
  fs::create_directories(copy);
  const auto settings = [&](const std::string& id) {
    std::ofstream(copy / "station.yaml") << "station: {id: " << id << ", name: B}\n";
  };
  settings(plan_->settings.id);
  RunPage page{context_,
               StationPaths{own},
               config::Language::vi,
               {[this] { return clock_.now(); }, [this] { return clock_.steady(); }, [this] { return plan_; },
                [] { return Status(); }}};
  page.began(std::nullopt);
  const auto passed = [&](std::chrono::nanoseconds time) {
    testing::internal::CaptureStderr();
    for (int i = 0; i < 2; ++i) {  // what was found beside, then the page about it
      clock_.advance_to(clock_.steady() + time);
      page.tick();
      EXPECT_TRUE(aside_ends(20s));
      context_.restart();
      context_.poll();
    }
    return testing::internal::GetCapturedStderr();
  };
  const auto shown = [&] { return test::read_file(own / "TINH-HINH.txt"); };
  EXPECT_THAT(passed(11s), HasSubstr("đài trong ../ban-sao có cùng mã"));
  EXPECT_THAT(shown(), HasSubstr("đài trong ../ban-sao có cùng mã"));
  page.edited(EditState::taken, {});
  EXPECT_THAT(passed(11s), IsEmpty()) << "said once";
  EXPECT_THAT(shown(), HasSubstr("có cùng mã")) << "it is so still";
  settings("xa-khac");
  EXPECT_THAT(passed(24h), testing::Not(HasSubstr("có cùng mã")));
  EXPECT_THAT(shown(), testing::Not(HasSubstr("có cùng mã"))) << "another day has been looked again";
}

TEST_F(RunPageTest, TheEndIsWrittenWithoutTheLoop) {
  pass(0s);
  page_.ended(10s);
  EXPECT_THAT(fresh(), HasSubstr("ĐÀI ĐÃ TẮT từ 23:59"));
}

}  // namespace
}  // namespace loa::station
