// Live sound of the running station: its sources, and who orders announcements.
#include "daemon/station/run/run_loop.hpp"

namespace loa::station {

void RunLoop::open_live() {
  LiveChildren::Hooks hooks;
  hooks.settings = [this] {
    LiveChildren::Settings settings;
    settings.media = sibling_program("loa-media").value_or("loa-media");
    settings.player = sibling_program("loa-player").value_or("loa-player");
    settings.channels = newest_->settings.audio.channels;
    settings.loudness = newest_->settings.audio.loudness;
    return settings;
  };
  hooks.news = [this](const std::string& id, std::uint32_t attempt, const SourceNews& news) {
    conductor_->on_source(id, attempt, news);
    if (announcements_) announcements_->on_source(id, news);
    tick();
  };
  live_ = std::make_unique<LiveChildren>(context_, std::move(hooks));
}

void RunLoop::open_announcements() {
  AnnounceDesk::Hooks hooks;
  hooks.conductor = [this]() -> Conductor& { return *conductor_; };
  hooks.done = [this] { tick(); };
  announcements_ = std::make_unique<AnnounceDesk>(context_, state_.paths().state() / "announce", std::move(hooks));
}

}  // namespace loa::station
