// libsndfile over a descriptor, through its virtual files.
#include "audio/sndfile.hpp"

#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>
#include <vector>

namespace loa::audio {
namespace {

constexpr double kFlacCompression = 0.25;  // of 0 … 1: within 3 % of the best size at a fraction of the time

struct SndfileCloser {
  void operator()(SNDFILE* file) const { sf_close(file); }
};
using Handle = std::unique_ptr<SNDFILE, SndfileCloser>;

/// What libsndfile sees as a file: the bytes and a place of its own.
struct ReadingFile {
  explicit ReadingFile(FileView view) : bytes(std::move(view)) {}
  FileBytes bytes;
  sf_count_t at = 0;
};

struct WritingFile {
  int fd = -1;
  sf_count_t at = 0;
  bool failed = false;
};

sf_count_t moved(sf_count_t offset, int whence, sf_count_t at, sf_count_t size) {
  const sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? at : size;
  return std::max<sf_count_t>(0, base + offset);
}

sf_count_t reading_size(void* user) {
  return static_cast<ReadingFile*>(user)->bytes.size();
}

sf_count_t reading_seek(sf_count_t offset, int whence, void* user) {
  auto& file = *static_cast<ReadingFile*>(user);
  file.at = moved(offset, whence, file.at, file.bytes.size());
  return file.at;
}

sf_count_t reading_read(void* out, sf_count_t count, void* user) {
  auto& file = *static_cast<ReadingFile*>(user);
  const auto wanted = static_cast<std::size_t>(std::max<sf_count_t>(0, count));
  const auto got = file.bytes.copy(file.at, {static_cast<std::uint8_t*>(out), wanted});
  file.at += static_cast<sf_count_t>(got);
  return static_cast<sf_count_t>(got);
}

sf_count_t refuse_write(const void*, sf_count_t, void*) {
  return 0;
}

sf_count_t reading_tell(void* user) {
  return static_cast<ReadingFile*>(user)->at;
}

sf_count_t writing_size(void* user) {
  struct stat status {};
  return ::fstat(static_cast<WritingFile*>(user)->fd, &status) == 0 ? status.st_size : 0;
}

sf_count_t writing_seek(sf_count_t offset, int whence, void* user) {
  auto& file = *static_cast<WritingFile*>(user);
  file.at = moved(offset, whence, file.at, writing_size(user));
  return file.at;
}

sf_count_t writing_read(void* out, sf_count_t count, void* user) {
  auto& file = *static_cast<WritingFile*>(user);
  const auto got = ::pread(file.fd, out, static_cast<std::size_t>(std::max<sf_count_t>(0, count)), file.at);
  file.at += std::max<ssize_t>(0, got);
  return std::max<ssize_t>(0, got);
}

sf_count_t writing_write(const void* data, sf_count_t count, void* user) {
  auto& file = *static_cast<WritingFile*>(user);
  sf_count_t done = 0;
  while (done < count && !file.failed) {
    const auto* from = static_cast<const std::uint8_t*>(data) + done;
    const auto wrote = ::pwrite(file.fd, from, static_cast<std::size_t>(count - done), file.at + done);
    if (wrote > 0) done += wrote;
    file.failed = wrote == 0 || (wrote < 0 && errno != EINTR);
  }
  file.at += done;
  return done;
}

sf_count_t writing_tell(void* user) {
  return static_cast<WritingFile*>(user)->at;
}

SF_VIRTUAL_IO reading_calls() {
  return {reading_size, reading_seek, reading_read, refuse_write, reading_tell};
}

SF_VIRTUAL_IO writing_calls() {
  return {writing_size, writing_seek, writing_read, writing_write, writing_tell};
}

std::string codec_of(int format) {
  const int sub = format & SF_FORMAT_SUBMASK;
  if (sub == SF_FORMAT_VORBIS) return "vorbis";
  if (sub == SF_FORMAT_OPUS) return "opus";
  switch (format & SF_FORMAT_TYPEMASK) {
    case SF_FORMAT_MPEG:
      return sub == SF_FORMAT_MPEG_LAYER_III ? "mp3" : "other";
    case SF_FORMAT_FLAC:
      return "flac";
    case SF_FORMAT_WAV:
    case SF_FORMAT_WAVEX:
    case SF_FORMAT_RF64:
    case SF_FORMAT_W64:
      return "wav";
    default:  // an int of libsndfile's, not an enum of ours
      return "other";
  }
}

/// Of each channel in the order of WAV files, its place in that of Xiph's codings (Vorbis I, 4.3.9; RFC 7845, 5.1.1.2).
using Order = std::vector<std::size_t>;
Order order_of(const SoundInfo& info) {
  if (info.codec != "vorbis" && info.codec != "opus") return {};
  switch (info.channels) {
    case 3:
      return {0, 2, 1};
    case 5:
      return {0, 2, 1, 3, 4};
    case 6:
      return {0, 2, 1, 5, 3, 4};
    case 7:
      return {0, 2, 1, 6, 5, 3, 4};
    case 8:
      return {0, 2, 1, 7, 5, 6, 3, 4};
    default:  // the same in both
      return {};
  }
}

void put_in_order(std::span<float> samples, const Order& order) {
  std::array<float, 8> frame{};
  for (std::size_t at = 0; at + order.size() <= samples.size() && !order.empty(); at += order.size()) {
    std::copy_n(samples.data() + at, order.size(), frame.begin());
    for (std::size_t channel = 0; channel < order.size(); ++channel) samples[at + channel] = frame[order[channel]];
  }
}

}  // namespace

struct SoundSource::State {
  explicit State(FileView view) : file(std::move(view)) {}
  ReadingFile file;
  SF_INFO info{};
  Handle handle;
  Order order;
};

std::unique_ptr<SoundSource> SoundSource::open(int fd, std::string& error) {
  return open(FileView{fd, 0, -1, {}}, error);
}

std::unique_ptr<SoundSource> SoundSource::open(FileView view, std::string& error) {
  auto state = std::make_unique<State>(std::move(view));
  auto calls = reading_calls();
  state->handle.reset(sf_open_virtual(&calls, SFM_READ, &state->info, &state->file));
  if (!state->handle) {
    error = sf_strerror(nullptr);
    return nullptr;
  }
  return std::unique_ptr<SoundSource>(new SoundSource(std::move(state)));
}

SoundSource::SoundSource(std::unique_ptr<State> state) : state_(std::move(state)) {
  const auto& info = state_->info;
  info_ = {info.frames, info.samplerate, info.channels, codec_of(info.format)};
  state_->order = order_of(info_);
}

SoundSource::~SoundSource() = default;

std::int64_t SoundSource::read(std::span<float> out) {
  const auto frames = static_cast<sf_count_t>(out.size()) / info_.channels;
  const auto got = sf_readf_float(state_->handle.get(), out.data(), frames);
  put_in_order(out.first(static_cast<std::size_t>(got * info_.channels)), state_->order);
  return got;
}

bool SoundSource::seek(std::int64_t frame) {
  return sf_seek(state_->handle.get(), frame, SEEK_SET) == frame;
}

std::string SoundSource::error() const {
  if (state_->file.bytes.failed()) return "the file cannot be read";
  const int code = sf_error(state_->handle.get());
  return code == SF_ERR_NO_ERROR ? std::string() : sf_error_number(code);
}

struct FlacSink::State {
  WritingFile file;
  SF_INFO info{};
  Handle handle;
};

std::unique_ptr<FlacSink> FlacSink::open(int fd, int sample_rate, int channels) {
  auto state = std::make_unique<State>();
  state->file.fd = fd;
  state->info.samplerate = sample_rate;
  state->info.channels = channels;
  state->info.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24;
  auto calls = writing_calls();
  state->handle.reset(sf_open_virtual(&calls, SFM_WRITE, &state->info, &state->file));
  if (!state->handle) return nullptr;
  sf_command(state->handle.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
  double level = kFlacCompression;
  sf_command(state->handle.get(), SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
  return std::unique_ptr<FlacSink>(new FlacSink(std::move(state)));
}

FlacSink::FlacSink(std::unique_ptr<State> state) : state_(std::move(state)) {}

FlacSink::~FlacSink() = default;

bool FlacSink::write(std::span<const float> samples) {
  const auto count = static_cast<sf_count_t>(samples.size());
  return sf_write_float(state_->handle.get(), samples.data(), count) == count && !state_->file.failed;
}

bool FlacSink::close() {
  const bool good = sf_close(state_->handle.release()) == 0;
  return good && !state_->file.failed;
}

}  // namespace loa::audio
