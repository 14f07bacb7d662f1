// An explanation as people and programs read it, with what the ledger says of the past.
#pragma once

#include <string>
#include <vector>

#include "daemon/station/commands/explain_past.hpp"
#include "scheduler/explain.hpp"

namespace loa::station {

struct ExplainText {
  const scheduler::Explanation& told;
  const calendar::Zone& zone;
  const Past* past = nullptr;  // null: asked about the future
  config::Text basis{};        // by which files it is told, where that is not plain; may be empty
  config::Language language = config::Language::vi;
  bool colour = false;

  /// The answer, a bar of the session with the instant marked, then a line for each step: its place and its words.
  std::string text() const;
  /// One object a step: rule file line text; of the ledger's rows seq at verdict reason.
  std::string json() const;
};

}  // namespace loa::station
