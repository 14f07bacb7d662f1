// A MemoryDisk whose calls fail when told: the n-th one, or all from some moment on.
// Knows when to fail; must not know who calls.
#pragma once

#include <atomic>
#include <limits>
#include <string>

#include "tests/support/memory_disk.hpp"

namespace loa::tests {

class FaultyDisk final : public station::Disk {
 public:
  MemoryDisk disk;
  /// The calls number [fail_from, fail_until) fail; counted from 0 over all calls, also const ones and those of files.
  /// May be changed while another thread calls.
  std::atomic<std::size_t> fail_from = std::numeric_limits<std::size_t>::max();
  std::atomic<std::size_t> fail_until = std::numeric_limits<std::size_t>::max();
  std::errc failure = std::errc::io_error;
  /// A failing append leaves this much of what it was given.
  std::size_t torn_bytes = 0;
  /// A failing sync takes what was not durable before, as a kernel may that dropped the dirty pages.
  bool sync_forgets = false;

  std::size_t calls() const { return calls_; }
  void fail_always() { fail_from = 0; }
  void heal() {
    fail_from = std::numeric_limits<std::size_t>::max();
    fail_until = std::numeric_limits<std::size_t>::max();
  }

  std::unique_ptr<station::AppendFile> open(const std::string& path, std::error_code& error) override {
    error = next();
    if (error) return nullptr;
    return std::make_unique<Appender>(*this, disk.open(path, error), path);
  }
  std::error_code truncate(const std::string& path, std::uint64_t size) override {
    const auto error = next();
    return error ? error : disk.truncate(path, size);
  }
  std::optional<std::string> read(const std::string& path, std::error_code& error) const override {
    error = next();
    return error ? std::nullopt : disk.read(path, error);
  }
  std::error_code replace(const std::string& path, std::string_view bytes) override {
    const auto error = next();
    return error ? error : disk.replace(path, bytes);
  }
  std::vector<std::string> list(const std::string& directory) const override {
    return next() ? std::vector<std::string>() : disk.list(directory);
  }
  std::error_code remove(const std::string& path) override {
    const auto error = next();
    return error ? error : disk.remove(path);
  }

 private:
  class Appender final : public station::AppendFile {
   public:
    Appender(FaultyDisk& owner, std::unique_ptr<station::AppendFile> file, std::string path)
        : owner_(owner), file_(std::move(file)), path_(std::move(path)) {}
    std::error_code append(std::string_view bytes) override {
      const auto error = owner_.next();
      const auto written = file_->append(error ? bytes.substr(0, owner_.torn_bytes) : bytes);
      return error ? error : written;
    }
    std::error_code sync() override {
      const auto error = owner_.next();
      if (!error) return file_->sync();
      auto& file = owner_.disk.files[path_];
      if (owner_.sync_forgets) file.bytes = file.durable;
      return error;
    }

   private:
    FaultyDisk& owner_;
    std::unique_ptr<station::AppendFile> file_;
    std::string path_;
  };

  std::error_code next() const {
    const auto call = calls_++;
    return call >= fail_from && call < fail_until ? std::make_error_code(failure) : std::error_code{};
  }
  mutable std::atomic<std::size_t> calls_ = 0;
};

}  // namespace loa::tests
