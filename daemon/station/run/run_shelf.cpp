#include "daemon/station/run/run_shelf.hpp"

#include <fcntl.h>

#include "daemon/station/host/paths.hpp"

namespace loa::station {

namespace {

bool same(const MasterProfile& one, const MasterProfile& other) {
  return one.loudness == other.loudness && one.true_peak == other.true_peak && one.channels == other.channels;
}

}  // namespace

RunShelf::RunShelf(boost::asio::io_context& context, std::filesystem::path folder, std::function<void()> ready,
                   std::function<void(const NotMastered&)> tell)
    : context_(context), folder_(std::move(folder)), ready_(std::move(ready)), tell_(std::move(tell)) {}

void RunShelf::use(const config::AudioSettings& settings, std::shared_ptr<const Recordings> recordings) {
  recordings_ = std::move(recordings);
  const MasterProfile profile{settings.loudness, settings.true_peak, settings.channels};
  if (!masters_ || !same(profile, profile_)) open_shelf(profile);
}

void RunShelf::open_shelf(const MasterProfile& profile) {
  stop();
  profile_ = profile;
  MastersOptions options;
  options.folder = folder_;
  options.program = sibling_program("loa-media").value_or("loa-media");
  options.profile = profile;
  options.spare_bytes = ledger_reserve(folder_);
  options.open = [this](const WantedMaster& wanted) -> std::function<Descriptor()> {
    return [all = recordings_, clip = wanted.clip, sha256 = wanted.sha256] {
      return open_measured(all->libraries, all->listing, all->known, clip, sha256);
    };
  };
  masters_ = std::make_unique<Masters>(std::move(options));
  waiting_ = std::make_unique<boost::asio::posix::stream_descriptor>(context_,
                                                                     ::fcntl(masters_->wait_fd(), F_DUPFD_CLOEXEC, 0));
  wait();
}

void RunShelf::wait() {
  waiting_->async_wait(boost::asio::posix::stream_descriptor::wait_read,
                       [this](const boost::system::error_code& error) {
                         if (error || !masters_) return;
                         const bool changed = masters_->on_ready();
                         tell_failures();
                         if (changed) ready_();
                         wait();
                       });
}

void RunShelf::want(const std::vector<Wanted>& wanted, const Snapshot& snapshot) {
  if (recordings_->libraries.empty()) return;  // the folders were not read yet
  if (masters_) masters_->want(wanted_list(wanted, snapshot));
  tell_failures();
}

void RunShelf::tell_failures() {
  if (!masters_) return;
  for (const auto& failure : masters_->take_failures()) tell_(failure);
}

std::optional<Master> RunShelf::find(const std::string& sha256, double gain) const {
  return masters_ ? masters_->find(sha256, gain) : std::nullopt;
}

void RunShelf::stop() {
  waiting_.reset();
  masters_.reset();
}

std::vector<WantedMaster> wanted_list(const std::vector<Wanted>& wanted, const Snapshot& snapshot) {
  std::vector<WantedMaster> list;
  for (const auto& each : wanted) {
    const auto* facts = snapshot.catalogue.facts(each.clip);
    list.push_back({each.sha256, each.clip, each.gain, facts == nullptr ? Frames(0) : facts->length});
  }
  return list;
}

}  // namespace loa::station
