#include "daemon/station/library/masters_note.hpp"

#include <fcntl.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

namespace fs = std::filesystem;
namespace json = boost::json;

std::optional<MasterNote> read_note(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  json::error_code error;
  const json::value value = json::parse(bytes, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto* frames = value.get_object().if_contains("frames");
  const auto* size = value.get_object().if_contains("size");
  const auto* loudness = value.get_object().if_contains("loudness");
  if (frames == nullptr || !frames->is_int64() || size == nullptr || !size->is_int64()) return std::nullopt;
  MasterNote note{frames->get_int64(), std::nullopt, static_cast<std::uint64_t>(size->get_int64())};
  if (loudness != nullptr && loudness->is_number()) note.loudness = loudness->to_number<double>();
  return note;
}

bool write_note(const fs::path& file, const MasterNote& note) {
  json::object object{{"frames", note.frames}, {"size", note.size}};
  if (note.loudness) object["loudness"] = *note.loudness;
  const std::string bytes = json::serialize(object) + "\n";
  const fs::path part = file.string() + ".part";
  const Descriptor out(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!out || ::write(out.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) return false;
  return ::fsync(out.get()) == 0 && ::rename(part.c_str(), file.c_str()) == 0;
}

}  // namespace loa::station
