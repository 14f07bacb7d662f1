// What TINH-HINH.txt is written from: a value that owns all that it says, so that any thread may write it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "daemon/station/conductor/status.hpp"
#include "daemon/station/library/snapshot.hpp"

namespace loa::station {

/// What became of the station's files as they were read last.
enum class EditState {
  none,        // nothing was read yet: the folders do not answer
  in_force,    // at the start
  taken,       // an edit
  taken_back,  // a wrong or held edit was undone: the files say again what is in force
  accepted,    // a held edit, by somebody
  held,        // it takes away too much
  refused,     // mistakes
  other_id,    // it has another station's id
};

/// A finding without its source.
struct PageFinding {
  config::Severity severity = config::Severity::error;
  std::string file;
  std::size_t line = 0, column = 0;  // 0: the file or folder as a whole
  config::Text message, on_air, hint;
};

struct LastEdit {
  EditState state = EditState::none;
  Instant at;
  std::string changes;                   // on air, in words, several lines
  std::optional<Instant> recordings_at;  // new or changed recordings were taken since, the files being as they were;
  std::string recordings_change;         // on air, in words
  std::vector<PageFinding> findings;     // of the files as they are now
};

/// The time before this start.
struct BeforeStart {
  Instant begun;                     // this start
  std::optional<Instant> last_life;  // of the one before; nothing: the first start
};

struct PageFacts {
  config::Language language = config::Language::vi;
  Instant now;
  bool ended = false;  // the program ends in order
  SnapshotPtr plan;    // in force; null: nothing goes on air
  Status status;
  LastEdit edit;
  BeforeStart before;
  bool folders_hang = false;
};

/// "05:30", "05:30:12": of the day, in the zone; to the second.
std::string page_time(Instant instant, const calendar::Zone& zone);

/// In the order in which they are shown; the errors first. At most 200.
std::vector<PageFinding> page_findings(const config::Diagnostics& diagnostics);

}  // namespace loa::station
