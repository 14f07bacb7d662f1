// Masters are FLAC: exact length, exact seek.
#include "audio/master.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "audio/frames.hpp"
#include "audio/sndfile.hpp"

namespace loa::audio {
namespace {

class FlacMaster final : public MasterReader {
 public:
  FlacMaster(int fd, std::unique_ptr<SoundSource> source) : fd_(fd), source_(std::move(source)) {}
  ~FlacMaster() override {
    source_.reset();
    ::close(fd_);
  }

  int channels() const override { return source_->info().channels; }
  std::int64_t frames() const override { return source_->info().frames; }
  std::int64_t read(std::int64_t at, std::span<float> out) override;
  std::string fault() const override { return fault_; }

 private:
  int fd_;
  std::unique_ptr<SoundSource> source_;
  std::int64_t at_ = 0;  // where libsndfile stands; -1: unknown
  std::string fault_;
};

std::int64_t FlacMaster::read(std::int64_t at, std::span<float> out) {
  if (at < 0 || at >= frames()) return 0;
  const auto channels = static_cast<std::size_t>(source_->info().channels);
  const auto wanted = std::min(static_cast<std::int64_t>(out.size() / channels), frames() - at);
  if (at != at_ && !source_->seek(at)) {
    fault_ = source_->error().empty() ? "cannot be positioned" : source_->error();
    at_ = -1;
    return 0;
  }
  const auto got = source_->read(out.first(static_cast<std::size_t>(wanted) * channels));
  at_ = at + got;
  if (got < wanted) fault_ = source_->error().empty() ? "ends before its length" : source_->error();
  return got;
}

bool is_master(const SoundInfo& info) {
  return info.codec == "flac" && info.sample_rate == kRate && (info.channels == 1 || info.channels == 2);
}

}  // namespace

std::unique_ptr<MasterReader> MasterReader::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return nullptr;
  std::string error;
  auto source = SoundSource::open(fd, error);
  if (!source || !is_master(source->info())) {
    source.reset();
    ::close(fd);
    return nullptr;
  }
  return std::make_unique<FlacMaster>(fd, std::move(source));
}

}  // namespace loa::audio
