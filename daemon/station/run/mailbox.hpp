// Results of work beside the main thread, for a main thread that may be gone by then.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <utility>

#include "daemon/station/host/aside.hpp"

namespace loa::station {

/// Belongs to the main thread. Destroyed, it takes nothing more: work that ends later has nobody to tell, and is left
/// alone.
class Mailbox {
 public:
  explicit Mailbox(boost::asio::io_context& context) : door_(std::make_shared<Door>()) { door_->context = &context; }
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;
  ~Mailbox() {
    const std::lock_guard lock(door_->mutex);
    door_->context = nullptr;
  }

  /// Runs `work` beside (see run_aside: it must own what it touches); then `done` with what it gave, in the context's
  /// thread. `done` may touch the mailbox's owner.
  template <class Work, class Done>
  void ask(Work work, Done done) {
    run_aside([door = door_, work = std::move(work), done = std::move(done)]() mutable {
      auto given = std::make_shared<decltype(work())>(work());
      const std::lock_guard lock(door->mutex);
      if (door->context == nullptr) return;
      boost::asio::post(*door->context, [door, given, done = std::move(done)] {
        if (door->context != nullptr) done(std::move(*given));  // only the context's thread ever closes the door
      });
    });
  }

 private:
  struct Door {
    std::mutex mutex;
    boost::asio::io_context* context = nullptr;  // null: nobody is there any more
  };
  std::shared_ptr<Door> door_;
};

}  // namespace loa::station
