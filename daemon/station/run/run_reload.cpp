#include "daemon/station/run/run_reload.hpp"

#include <utility>

#include "daemon/station/host/output.hpp"

namespace loa::station {

using config::msg;

void say_findings(const config::Diagnostics& diagnostics, config::Language language, std::string& said) {
  auto words = diagnostics.all().empty() ? std::string() : to_text(diagnostics, language, wants_colour(Stream::err));
  const bool again = words == std::exchange(said, words);
  if (!words.empty() && (!again || diagnostics.has_errors())) say_lines(words);
}

void say_taken(Taken taken, bool initial, const Status& status, config::Language language) {
  const auto plan = status.plan.substr(0, 12);
  if (initial && taken != Taken::held) return say(language, msg("the plan is in force: {0}", plan));
  switch (taken) {
    case Taken::accepted:
      return say(language, msg("the edit is taken, in force from one minute from now on: {0}", plan));
    case Taken::unchanged:
      return;
    case Taken::held:
      return say(
          language,
          msg("THE EDIT IS HELD: it leaves {0} of {1} items in the next 7 days. If that is meant: loa accept --by NAME",
              status.held ? status.held->after : 0, status.held ? status.held->before : 0));
  }
}

}  // namespace loa::station
