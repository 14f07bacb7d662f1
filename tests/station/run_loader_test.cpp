// The loader with work that answers, waits and never comes back; it owns all that it touches, as real work must.
#include "daemon/station/run/run_loader.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace loa::station {
namespace {

using namespace std::chrono_literals;

/// Each preparation waits for a ticket. Its number comes back as `unmeasured`.
struct Folder {
  std::mutex mutex;
  std::condition_variable given;
  int tickets = 0;
  std::atomic<std::size_t> prepared = 0, measured = 0;
  std::atomic<bool> finds = false;

  void give(int count) {
    const std::lock_guard lock(mutex);
    tickets += count;
    given.notify_all();
  }
  void take() {
    std::unique_lock lock(mutex);
    given.wait(lock, [this] { return tickets > 0; });
    --tickets;
  }
};

class LoaderTest : public ::testing::Test {
 protected:
  LoaderTest()
      : loader_(context_,
                {[folder = folder_](calendar::Instant, const SnapshotPtr&) {
                   folder->take();
                   Prepared prepared;
                   prepared.unmeasured = ++folder->prepared;
                   return prepared;
                 },
                 [folder = folder_](calendar::Instant, std::size_t, const SnapshotPtr&) {
                   folder->take();
                   ++folder->measured;
                   return folder->finds.load();
                 }},
                {[] { return calendar::Instant(); },
                 [this](const Prepared& prepared) { loaded_.push_back(prepared.unmeasured); }}) {}
  ~LoaderTest() override {
    folder_->give(1000);
    EXPECT_TRUE(aside_ends(20s));
  }
  bool until(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!condition() && std::chrono::steady_clock::now() < deadline) {
      context_.restart();
      context_.run_one_for(10ms);
    }
    return condition();
  }

  boost::asio::io_context context_;
  std::shared_ptr<Folder> folder_ = std::make_shared<Folder>();
  std::vector<std::size_t> loaded_;
  Loader loader_;
};

TEST_F(LoaderTest, TheFirstAnswerIsWaitedFor) {
  folder_->give(1);
  const auto first = loader_.first(20s);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->unmeasured, 1u);
  EXPECT_TRUE(loaded_.empty());
}

TEST_F(LoaderTest, AFirstAnswerThatDoesNotComeIsTakenWhenItDoes) {
  EXPECT_FALSE(loader_.first(20ms));
  folder_->give(1);
  EXPECT_TRUE(until([this] { return loaded_ == std::vector<std::size_t>{1}; }));
}

TEST_F(LoaderTest, AFirstAnswerMayBeWaitedForOnceMore) {
  EXPECT_FALSE(loader_.first(20ms));
  folder_->give(1);
  EXPECT_TRUE(loader_.first(20s));
  EXPECT_EQ(folder_->prepared, 1u) << "the same one";
}

TEST_F(LoaderTest, WhatIsAskedForMeanwhileIsDoneOnceAfterwards) {
  for (int each = 0; each < 5; ++each) loader_.load();
  folder_->give(5);
  EXPECT_TRUE(until([this] { return loaded_ == std::vector<std::size_t>{1, 2}; }));
  loader_.load();
  EXPECT_TRUE(until([this] { return loaded_.size() == 3; }));
}

TEST_F(LoaderTest, LoadsWhenMeasuringGaveSomething) {
  folder_->finds = true;
  loader_.measure_more();
  folder_->give(2);
  EXPECT_TRUE(until([this] { return loaded_.size() == 1; }));
  EXPECT_EQ(folder_->measured, 1u);
}

TEST_F(LoaderTest, AnEditMadeWhileItMeasuresIsReadAfterwards) {
  loader_.measure_more();
  loader_.load();
  folder_->give(2);
  EXPECT_TRUE(until([this] { return loaded_.size() == 1; }));
}

TEST_F(LoaderTest, StoppedItTellsNothingMore) {
  loader_.load();
  loader_.stop();
  folder_->give(1);
  EXPECT_TRUE(aside_ends(20s));
  context_.poll();
  EXPECT_EQ(folder_->prepared, 1u);
  EXPECT_TRUE(loaded_.empty());
}

TEST(LoaderGone, AnAnswerThatComesAfterItsLoaderTouchesNothing) {
  const auto folder = std::make_shared<Folder>();
  {
    boost::asio::io_context context;
    Loader loader(context,
                  {[folder](calendar::Instant, const SnapshotPtr&) {
                     folder->take();
                     return Prepared();
                   },
                   [](calendar::Instant, std::size_t, const SnapshotPtr&) { return false; }},
                  {[] { return calendar::Instant(); }, [](const Prepared&) { FAIL(); }});
    loader.load();
  }
  EXPECT_FALSE(aside_ends(0ms));
  folder->give(1);
  EXPECT_TRUE(aside_ends(20s));
}

}  // namespace
}  // namespace loa::station
