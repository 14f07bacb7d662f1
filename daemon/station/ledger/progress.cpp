// Slots of the progress file: their bytes, and which is next. A slot is "<sha256 of the rest, hex> <canonical JSON>"
// filled up with spaces and a newline, so that a person can read it too.
#include "daemon/station/ledger/progress.hpp"

#include <boost/json/parse.hpp>

#include "daemon/wire/row.hpp"

namespace loa::station {

namespace {

constexpr std::size_t kSlots = 2;
constexpr std::size_t kHashDigits = 64;

std::string body_of(const Progress& progress, std::uint64_t counter) {
  boost::json::object body{{"at", progress.at},         {"attempt", progress.attempt}, {"counter", counter},
                           {"frames", progress.frames}, {"id", progress.id},           {"reached", progress.reached}};
  boost::json::array waiting;
  for (const auto& one : progress.waiting) waiting.push_back(boost::json::array{one.id, one.frames, one.reached});
  if (!waiting.empty()) body["waiting"] = std::move(waiting);
  return wire::canonical(body);
}

std::vector<Progress::Waiting> waiting_in(const boost::json::object& body) {
  std::vector<Progress::Waiting> found;
  const auto* list = body.if_contains("waiting");
  if (list == nullptr || !list->is_array()) return found;
  for (const auto& each : list->get_array()) {
    const auto* one = each.if_array();
    const bool good =
        one != nullptr && one->size() == 3 && (*one)[0].is_string() && (*one)[1].is_int64() && (*one)[2].is_int64();
    if (good) found.push_back({std::string((*one)[0].get_string()), (*one)[1].get_int64(), (*one)[2].get_int64()});
  }
  return found;
}

bool fits(const std::string& body) {
  return kHashDigits + 1 + body.size() + 1 <= kSlotBytes;
}

std::optional<ProgressSlot> slot_of(const boost::json::object& body) {
  const auto* frames = body.if_contains("frames");
  const auto* reached = body.if_contains("reached");
  if (frames == nullptr || !frames->is_int64() || reached == nullptr || !reached->is_int64()) return {};
  ProgressSlot slot;
  slot.counter = wire::number_of(body, "counter");
  slot.progress.at = wire::text_of(body, "at");
  slot.progress.id = wire::text_of(body, "id");
  slot.progress.attempt = static_cast<std::uint32_t>(wire::number_of(body, "attempt"));
  slot.progress.frames = frames->get_int64();
  slot.progress.reached = reached->get_int64();
  slot.progress.waiting = waiting_in(body);
  return slot;
}

std::optional<ProgressSlot> newest_slot(const Disk& disk) {
  std::error_code error;
  const auto bytes = disk.read(std::string(kProgressFile), error);
  if (!bytes) return {};
  std::optional<ProgressSlot> newest;
  for (std::size_t offset = 0; offset < bytes->size() && offset < kSlots * kSlotSpacing; offset += kSlotSpacing) {
    const auto slot = progress_from_slot(std::string_view(*bytes).substr(offset, kSlotBytes));
    if (slot && (!newest || slot->counter > newest->counter)) newest = slot;
  }
  return newest;
}

}  // namespace

std::string progress_slot(const Progress& progress, std::uint64_t counter) {
  auto body = body_of(progress, counter);
  for (auto fewer = progress; !fewer.waiting.empty() && !fits(body); body = body_of(fewer, counter)) {
    fewer.waiting.pop_back();
  }
  if (!fits(body)) {
    auto without_id = progress;
    without_id.id.clear();
    without_id.waiting.clear();
    without_id.frames = without_id.reached = 0;
    body = body_of(without_id, counter);
  }
  body.resize(kSlotBytes - kHashDigits - 2, ' ');
  return wire::sha256_hex(body) + ' ' + body + '\n';
}

std::optional<ProgressSlot> progress_from_slot(std::string_view bytes) {
  if (bytes.size() != kSlotBytes || bytes.back() != '\n' || bytes[kHashDigits] != ' ') return {};
  const auto body = bytes.substr(kHashDigits + 1, kSlotBytes - kHashDigits - 2);
  if (wire::sha256_hex(body) != bytes.substr(0, kHashDigits)) return {};
  boost::json::error_code error;
  const auto value = boost::json::parse(body, error);
  if (error || !value.is_object()) return {};
  return slot_of(value.get_object());
}

ProgressWriter::ProgressWriter(SlotDisk* slots, const Disk& disk) : slots_(slots), counter_(0) {
  if (slots_ == nullptr) return;
  if (const auto newest = newest_slot(disk)) counter_ = newest->counter;
}

std::error_code ProgressWriter::write(const Progress& progress) {
  if (slots_ == nullptr) return {};
  const auto next = counter_ + 1;
  // Also after a failure the same slot is tried again: the other one is the good one.
  const auto error =
      slots_->write_slot(std::string(kProgressFile), next % kSlots * kSlotSpacing, progress_slot(progress, next));
  if (!error) counter_ = next;
  return error;
}

std::optional<Progress> read_progress(const Disk& disk) {
  const auto newest = newest_slot(disk);
  if (!newest) return {};
  return newest->progress;
}

}  // namespace loa::station
