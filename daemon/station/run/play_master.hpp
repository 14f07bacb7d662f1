// A file that a person wants to hear, made ready for the player: 48 kHz, its loudness untouched. Blocks.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "config/text.hpp"
#include "daemon/station/seams.hpp"

namespace loa::station {

struct PlayMaster {
  Master master;
  std::string sha256;  // of the file
  config::Text fault;  // empty: it plays whole; else why it does not
};

/// By loa-media, into `out`. Gives up when `stop` is requested.
PlayMaster make_play_master(const std::filesystem::path& file, int channels, const std::filesystem::path& out,
                            const std::stop_token& stop = {});

}  // namespace loa::station
