// By which decoder a recording is decoded: our exact ones where they take it whole, else those that know more kinds and
// bear damage.
#pragma once

#include "audio/master_make.hpp"
#include "audio/measure.hpp"

namespace loa::media {

/// As audio::measure and audio::make_master, for every recording that people bring.
audio::Measurement measure_any(int fd);
audio::MadeMaster make_any_master(int source, int out, const audio::MasterRecipe& recipe);

}  // namespace loa::media
