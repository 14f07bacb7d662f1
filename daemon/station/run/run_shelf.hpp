// The shelf of masters that the conductor sees, whatever profile the settings ask for at the moment.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "daemon/station/conductor/conductor_wanted.hpp"
#include "daemon/station/library/masters.hpp"
#include "daemon/station/run/run_prepare.hpp"

namespace loa::station {

/// Main thread only.
class RunShelf final : public MasterShelf {
 public:
  /// `ready`: a master was made or given up. `tell`: a recording cannot be played for now.
  RunShelf(boost::asio::io_context& context, std::filesystem::path folder, std::function<void()> ready,
           std::function<void(const NotMastered&)> tell);

  /// A changed profile begins another shelf; masters of the old one stay until room is needed.
  void use(const config::AudioSettings& settings, std::shared_ptr<const Recordings> recordings);
  void want(const std::vector<Wanted>& wanted, const Snapshot& snapshot);
  std::optional<Master> find(const std::string& sha256, double gain) const override;
  void stop();

 private:
  void open_shelf(const MasterProfile& profile);
  void wait();
  void tell_failures();

  boost::asio::io_context& context_;
  std::filesystem::path folder_;
  std::function<void()> ready_;
  std::function<void(const NotMastered&)> tell_;
  MasterProfile profile_;
  std::shared_ptr<const Recordings> recordings_;
  std::unique_ptr<Masters> masters_;
  std::unique_ptr<boost::asio::posix::stream_descriptor> waiting_;  // a duplicate of the shelf's descriptor
};

/// The shelf's list of work for what the conductor wants.
std::vector<WantedMaster> wanted_list(const std::vector<Wanted>& wanted, const Snapshot& snapshot);

}  // namespace loa::station
