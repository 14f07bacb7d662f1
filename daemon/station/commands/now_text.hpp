// What `now` shows a person: a few lines and a bar. Reads the daemon's JSON answer; asks nobody.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "config/text.hpp"

namespace loa::station {

std::string now_text(const boost::json::object& status, config::Language language);

}  // namespace loa::station
