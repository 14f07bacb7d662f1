// The whole of TINH-HINH.txt as bytes. Pure: the same facts and rows in, the same bytes out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "daemon/station/page/page_facts.hpp"
#include "daemon/station/page/page_verdicts.hpp"

namespace loa::station {

/// The first day whose verdicts the page tells: yesterday, or before it that on which the PC went off, at most 31 days
/// back.
config::Date told_since(const PageFacts& facts, const calendar::Zone& zone);

/// The station's zone, or that of Viet Nam where no plan was ever taken.
calendar::Zone zone_of(const PageFacts& facts);

/// `days`: verdicts since told_since(). `room`: bytes free on the disk of state/, when that is known.
std::string page_bytes(const PageFacts& facts, const std::vector<DayVerdicts>& days,
                       std::optional<std::uint64_t> room = std::nullopt);

}  // namespace loa::station
