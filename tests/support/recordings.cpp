#include "tests/support/recordings.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

namespace loa::test {
namespace {

std::size_t place(const Bytes& whole, double part) {
  return static_cast<std::size_t>(static_cast<double>(whole.size()) * part);
}

Bytes junk(std::size_t count) {
  std::minstd_rand random(7);
  Bytes bytes(count, '\0');
  for (auto& byte : bytes) byte = static_cast<char>(random() >> 8);
  return bytes;
}

}  // namespace

Recordings::Recordings() {
  auto pattern = (std::filesystem::temp_directory_path() / "loa-recordings-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
}

Recordings::~Recordings() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Recordings::path(std::string_view name) const {
  return (folder_ / name).string();
}

void Recordings::run(const std::string& command) const {
  const auto whole = "cd '" + folder_.string() + "' && ( " + command + " ) 2>&1";
  FILE* pipe = ::popen(whole.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("no shell");
  std::string output;
  std::array<char, 4096> block{};
  while (const auto count = std::fread(block.data(), 1, block.size(), pipe)) output.append(block.data(), count);
  if (::pclose(pipe) != 0) throw std::runtime_error(command + "\n" + output);
}

std::string Recordings::wav(const std::string& name, const std::string& effects, int rate, int channels,
                            int bits) const {
  std::ostringstream command;
  command << "sox -D -R -n -r " << rate << " -c " << channels << " -b " << bits << " '" << name << "' " << effects;
  run(command.str());
  return path(name);
}

std::string Recordings::speech(const std::string& name, double seconds, int rate, int channels) const {
  return wav(name, "synth " + std::to_string(seconds) + " brownnoise tremolo 2.5 95 highpass 120 norm -3 ", rate,
             channels);
}

Bytes Recordings::read(std::string_view name) const {
  std::ifstream in(folder_ / name, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path(name));
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Recordings::write(std::string_view name, const Bytes& bytes) const {
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
  return path(name);
}

OpenFile::OpenFile(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (fd_ < 0) throw std::runtime_error("cannot open " + path);
}

OpenFile::~OpenFile() {
  ::close(fd_);
}

Bytes cut_at(const Bytes& whole, double part) {
  return whole.substr(0, place(whole, part));
}

Bytes without(const Bytes& whole, double at, std::size_t count) {
  return Bytes(whole).erase(place(whole, at), count);
}

Bytes with_junk(const Bytes& whole, double at, std::size_t count) {
  return Bytes(whole).insert(place(whole, at), junk(count));
}

Bytes overwritten(const Bytes& whole, double at, std::size_t count) {
  return Bytes(whole).replace(place(whole, at), count, junk(count));
}

Bytes with_number(Bytes whole, std::size_t at, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) whole.at(at + static_cast<std::size_t>(i)) = static_cast<char>(value >> (8 * i));
  return whole;
}

std::size_t data_size_at(const Bytes& wav) {
  const auto at = wav.find("data");
  if (at == Bytes::npos) throw std::runtime_error("no data chunk");
  return at + 4;
}

}  // namespace loa::test
