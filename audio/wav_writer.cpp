// The WAV header and sample encoding; no library, so that sizes beyond 4 GiB and the start instant are ours to say.
#include "audio/wav_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace loa::audio {
namespace {

constexpr std::int64_t kLargestRiff = 0xFFFFFFFF;
constexpr std::size_t kDs64Size = 28;
constexpr std::size_t kBextSize = 602;  // version 0 of EBU Tech 3285, no coding history

int bytes_per_sample(const WavFormat& format) {
  return format.sample == WavFormat::Sample::pcm16 ? 2 : 4;
}

int bytes_per_frame(const WavFormat& format) {
  return format.channels * bytes_per_sample(format);
}

class Header {
 public:
  void tag(std::string_view four) { bytes_.insert(bytes_.end(), four.begin(), four.end()); }
  void number(std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  /// `text` in a field of `width` bytes, filled up with zeros.
  void field(std::string_view text, std::size_t width) {
    const auto used = std::min(text.size(), width);
    bytes_.insert(bytes_.end(), text.begin(), text.begin() + static_cast<std::ptrdiff_t>(used));
    bytes_.resize(bytes_.size() + width - used, 0);
  }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

void add_bext(Header& header, const WavFormat& format) {
  using namespace std::chrono;
  const auto begins = *format.begins;
  const auto day = floor<days>(begins);
  const year_month_day date{day};
  const hh_mm_ss time{floor<seconds>(begins - day)};
  std::array<char, 64> text{};
  const auto within_day = duration_cast<nanoseconds>(begins - day).count();
  const auto samples = std::llround(static_cast<double>(within_day) * 1e-9 * format.sample_rate);
  header.tag("bext");
  header.number(kBextSize, 4);
  header.field("", 256);
  header.field("Loa", 32);
  header.field("", 32);
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  header.field(text.data(), 18);
  header.number(static_cast<std::uint64_t>(samples), 8);
  header.number(0, 2);
  header.field("", 254);
}

void add_format(Header& header, const WavFormat& format) {
  const bool is_float = format.sample == WavFormat::Sample::float32;
  header.tag("fmt ");
  header.number(16, 4);
  header.number(is_float ? 3 : 1, 2);
  header.number(static_cast<std::uint64_t>(format.channels), 2);
  header.number(static_cast<std::uint64_t>(format.sample_rate), 4);
  header.number(static_cast<std::uint64_t>(format.sample_rate) * static_cast<std::uint64_t>(bytes_per_frame(format)),
                4);
  header.number(static_cast<std::uint64_t>(bytes_per_frame(format)), 2);
  header.number(static_cast<std::uint64_t>(bytes_per_sample(format)) * 8, 2);
}

std::size_t header_size(const WavFormat& format) {
  return 12 + 8 + kDs64Size + (format.begins ? 8 + kBextSize : 0) + 24 + 8;
}

constexpr std::size_t kBextAt = 12 + 8 + kDs64Size;
constexpr std::size_t kFormatAt = kBextAt + 8 + kBextSize;
constexpr std::size_t kDateAt = kBextAt + 8 + 256 + 32 + 32;

/// What add_bext wrote; nothing when it is no such date.
std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> begins_in(const std::vector<std::uint8_t>& header,
                                                                         int rate) {
  using namespace std::chrono;
  const std::string date(header.begin() + kDateAt, header.begin() + kDateAt + 10);
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(date.c_str(), "%d-%u-%u", &year, &month, &day) != 3) return {};
  const year_month_day when{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  std::uint64_t samples = 0;
  for (std::size_t i = 8; i-- > 0;) samples = samples << 8 | header[kDateAt + 18 + i];
  if (!when.ok() || samples > static_cast<std::uint64_t>(rate) * 86'400) return {};
  return sys_days(when) + nanoseconds(std::llround(static_cast<double>(samples) * 1e9 / rate));
}

std::uint16_t to_pcm16(float sample) {
  const float scaled = std::nearbyint(sample * 32768.0F);
  const float clipped = std::isnan(scaled) ? 0.0F : std::clamp(scaled, -32768.0F, 32767.0F);
  return static_cast<std::uint16_t>(static_cast<std::int16_t>(clipped));
}

void encode(std::span<const float> samples, WavFormat::Sample as, std::vector<std::uint8_t>& out) {
  out.clear();
  for (const float sample : samples) {
    const bool pcm = as == WavFormat::Sample::pcm16;
    const std::uint32_t bits = pcm ? to_pcm16(sample) : std::bit_cast<std::uint32_t>(sample);
    for (int i = 0; i < (pcm ? 2 : 4); ++i) out.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
  }
}

}  // namespace

/// The room of the 64-bit sizes is a JUNK chunk until they are needed (EBU Tech 3306).
std::vector<std::uint8_t> wav_header(const WavFormat& format, std::int64_t data_bytes) {
  const auto riff = static_cast<std::int64_t>(header_size(format)) - 8 + data_bytes + data_bytes % 2;
  const bool large = riff > kLargestRiff;
  Header header;
  header.tag(large ? "RF64" : "RIFF");
  header.number(static_cast<std::uint64_t>(large ? kLargestRiff : riff), 4);
  header.tag("WAVE");
  header.tag(large ? "ds64" : "JUNK");
  header.number(kDs64Size, 4);
  header.number(large ? static_cast<std::uint64_t>(riff) : 0, 8);
  header.number(large ? static_cast<std::uint64_t>(data_bytes) : 0, 8);
  header.number(large ? static_cast<std::uint64_t>(data_bytes / bytes_per_frame(format)) : 0, 8);
  header.number(0, 4);
  if (format.begins) add_bext(header, format);
  add_format(header, format);
  header.tag("data");
  header.number(static_cast<std::uint64_t>(large ? kLargestRiff : data_bytes), 4);
  return header.bytes();
}

std::unique_ptr<WavWriter> WavWriter::create(const std::string& path, const WavFormat& format, std::string& error) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) {
    error = std::strerror(errno);
    return nullptr;
  }
  std::unique_ptr<WavWriter> writer(new WavWriter(fd, format));
  if (!writer->write_header()) {
    error = writer->fault();
    return nullptr;
  }
  return writer;
}

std::unique_ptr<WavWriter> WavWriter::resume(const std::string& path, const WavFormat& format, std::string& error) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) {
    error = std::strerror(errno);
    return nullptr;
  }
  std::unique_ptr<WavWriter> writer(new WavWriter(fd, format));
  return format.begins && writer->take_up() ? std::move(writer) : create(path, format, error);
}

/// False when the file is none of ours, or another format.
bool WavWriter::take_up() {
  const auto mine = wav_header(format_, 0);
  std::vector<std::uint8_t> found(mine.size());
  if (::pread(fd_, found.data(), found.size(), 0) != static_cast<ssize_t>(found.size())) return forget();
  const bool same = std::equal(mine.begin() + kBextAt, mine.begin() + kBextAt + 8, found.begin() + kBextAt) &&
                    std::equal(mine.begin() + kFormatAt, mine.end() - 4, found.begin() + kFormatAt);
  const auto begins = same ? begins_in(found, format_.sample_rate) : std::nullopt;
  const auto size = ::lseek(fd_, 0, SEEK_END);
  if (!begins || size < 0) return forget();
  format_.begins = begins;
  const auto whole = (size - static_cast<std::int64_t>(found.size())) / bytes_per_frame(format_);
  data_bytes_ = whole * bytes_per_frame(format_);
  if (::ftruncate(fd_, static_cast<std::int64_t>(found.size()) + data_bytes_) != 0) return forget();
  return write_header();
}

bool WavWriter::forget() {
  ::close(fd_);
  fd_ = -1;
  return false;
}

WavWriter::WavWriter(int fd, const WavFormat& format) : fd_(fd), format_(format) {}

WavWriter::~WavWriter() {
  close();
}

bool WavWriter::write(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty() && fault_.empty()) {
    const auto count = ::write(fd_, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      fault_ = std::strerror(errno);
    }
  }
  return fault_.empty();
}

bool WavWriter::write_header() {
  if (::lseek(fd_, 0, SEEK_SET) < 0) fault_ = std::strerror(errno);
  write(wav_header(format_, data_bytes_));
  if (fault_.empty() && ::lseek(fd_, 0, SEEK_END) < 0) fault_ = std::strerror(errno);
  header_covers_ = data_bytes_;
  return fault_.empty();
}

bool WavWriter::append(std::span<const float> samples) {
  if (!fault_.empty() || fd_ < 0) return false;
  encode(samples, format_.sample, encoded_);
  if (!write(encoded_)) return false;
  data_bytes_ += static_cast<std::int64_t>(encoded_.size());
  const std::int64_t second = static_cast<std::int64_t>(format_.sample_rate) * bytes_per_frame(format_);
  return data_bytes_ - header_covers_ < second || write_header();
}

std::string WavWriter::close() {
  if (fd_ < 0) return fault_;
  if (fault_.empty() && data_bytes_ % 2 != 0) write(std::array<std::uint8_t, 1>{});
  if (fault_.empty()) write_header();
  if (::close(fd_) != 0 && fault_.empty()) fault_ = std::strerror(errno);
  fd_ = -1;
  return fault_;
}

std::int64_t WavWriter::frames() const {
  return data_bytes_ / bytes_per_frame(format_);
}

}  // namespace loa::audio
