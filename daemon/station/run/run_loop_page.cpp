// What TINH-HINH.txt is told of the running station.
#include "daemon/station/run/run_loop.hpp"

namespace loa::station {

void RunLoop::open_page() {
  RunPage::Hooks hooks;
  hooks.now = [this] { return clock_.now(); };
  hooks.steady = [this] { return clock_.steady(); };
  hooks.plan = [this] { return newest_; };
  hooks.status = [this] { return conductor_ ? conductor_->status() : Status(); };
  page_ = std::make_unique<RunPage>(context_, state_.paths(), options_.language, std::move(hooks));
}

}  // namespace loa::station
