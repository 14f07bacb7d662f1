// The product's equation as one function: every planned item has exactly one verdict, nothing sounds without a durable
// start row, no row is without a plan or an operator, and what a person plays takes nothing from the plan. Written from
// the contract, not from the conductor.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/sim_ledger.hpp"
#include "tests/support/sim_player.hpp"

namespace loa::sim {

struct Evidence {
  const std::vector<boost::json::object>& rows;
  const std::map<std::string, std::string>& plans;  // hash → bytes
  const std::vector<Heard>& heard;
  Instant now;
};

/// One sentence each; empty = the equation holds. Items that start before `now` are owed.
std::vector<std::string> spine_violations(const Evidence& evidence);

}  // namespace loa::sim
