// Inspection first, then libsndfile, then the two held against each other.
#include "audio/decode.hpp"

#include <fmt/format.h>

namespace loa::audio {
namespace {

constexpr std::size_t kBlockFrames = 4096;

Inspection inspect(FileBytes& bytes) {
  switch (kind_of(bytes)) {
    case Kind::wav:
      return inspect_wav(bytes);
    case Kind::flac:
      return inspect_flac(bytes);
    case Kind::ogg:
      return inspect_ogg(bytes);
    case Kind::mp3:
      return inspect_mp3(bytes);
    case Kind::unsupported:
      return {{"unsupported-format", "a kind of sound file that is not played"}, {}, {}};
    case Kind::not_audio:
      break;
  }
  return {{"not-audio", "no sound file"}, {}, {}};
}

Refusal too_long() {
  return {"too-long", "longer than 4 hours"};
}

/// What can be told before anything is decoded.
Refusal duration_refusal(const Inspection& inspection, int sample_rate) {
  if (!inspection.length) return {};
  const std::int64_t rate = inspection.length->rate == 0 ? sample_rate : inspection.length->rate;
  return inspection.length->least > kLongestSeconds * rate ? too_long() : Refusal{};
}

Refusal inspect_file(const FileView& view, Inspection& inspection) {
  if (auto refusal = file_refusal(view.fd)) return refusal;
  const auto bytes = std::make_unique<FileBytes>(view);
  inspection = inspect(*bytes);
  if (bytes->failed()) return {"unreadable", "a read failed"};
  return inspection.refusal;
}

}  // namespace

std::unique_ptr<Decoder> Decoder::open(int fd, Refusal& why) {
  return open_view(FileView{fd, 0, -1, {}}, why);
}

std::unique_ptr<Decoder> Decoder::open_view(const FileView& view, Refusal& why) {
  Inspection inspection;
  why = inspect_file(view, inspection);
  if (why) return nullptr;
  std::string error;
  auto source = SoundSource::open(view, error);
  why = source ? format_refusal(source->info()) : Refusal{"unsupported-format", error};
  if (!why) why = duration_refusal(inspection, source->info().sample_rate);
  if (why) return nullptr;
  return std::unique_ptr<Decoder>(new Decoder(std::move(source), std::move(inspection)));
}

Decoder::Decoder(std::unique_ptr<SoundSource> source, Inspection inspection)
    : source_(std::move(source)),
      inspection_(std::move(inspection)),
      block_(kBlockFrames * static_cast<std::size_t>(source_->info().channels)),
      guard_(source_->info().sample_rate, source_->info().channels) {}

std::span<const float> Decoder::next() {
  const auto got = guard_.stopped() ? 0 : source_->read(block_);
  const auto samples = static_cast<std::size_t>(got * info().channels);
  const std::span<const float> block(block_.data(), samples);
  guard_.take(block);
  return block;
}

Refusal Decoder::verdict() const {
  if (auto refusal = guard_.refusal()) return refusal;
  if (const auto error = source_->error(); !error.empty()) return {"damaged", error};
  if (auto refusal = length_refusal()) return refusal;
  if (frames() == 0) return {"empty", "no sound in the file"};
  return {};
}

Refusal Decoder::length_refusal() const {
  if (!inspection_.length) {
    const bool announced = info().frames > 0 && info().frames <= kLongestSeconds * kHighestRate;
    if (!announced || info().frames == frames()) return {};
    return {"damaged", fmt::format("{} frames decoded, {} announced", frames(), info().frames)};
  }
  const auto [least, most, rate] = *inspection_.length;
  const auto decoded = rate == 0 ? frames() : frames() * rate / info().sample_rate;
  if (decoded >= least && decoded <= most) return {};
  return {inspection_.mismatch, fmt::format("{} frames decoded, {} to {} in the file", decoded, least, most)};
}

}  // namespace loa::audio
