// Taking in recordings: each file that is not known yet is measured once, in full, by a child of its own. A hostile
// file can crash or hang that child, nothing else.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "daemon/station/library/intake_facts.hpp"
#include "daemon/station/library/library.hpp"

namespace loa::station {

struct IntakeProgress {
  std::size_t done = 0, total = 0;
  std::string clip;  // the one that was begun or finished last
};

struct IntakeOptions {
  std::filesystem::path program;  // loa-media
  std::size_t parallel = 0;       // 0 = one per core
  /// A file younger than this may still be being written and is left for later. With 0 it is measured at once, and
  /// again after 2 s when it has a problem.
  std::chrono::milliseconds settle{0};
  std::chrono::milliseconds patience{std::chrono::seconds(10)};  // how long to wait for files to settle
  std::chrono::milliseconds deadline{std::chrono::seconds(60)};  // for one file, plus 1 s per 100 kB
  std::function<void(const IntakeProgress&)> progress;
  std::function<void()> keep;  // called now and then to save what is known so far
  std::stop_token stop;
};

struct IntakeResult {
  std::size_t measured = 0;
  std::vector<std::string> unsettled;  // clips still being written: to be tried again later
  bool no_program = false;             // loa-media could not be started at all
};

/// The recordings of `listing` that are to be measured (KnownFacts::wants_measuring) and that may be clips: `other`
/// ones only when they are in `named` (sorted clips).
std::vector<std::size_t> unknown_recordings(const Listing& listing, const KnownFacts& known,
                                            const std::vector<std::string>& named = {},
                                            std::chrono::sys_seconds now = wall_seconds());

/// Measures `which` of the listing into `known`; blocks until all are done. Identities of files that changed since the
/// listing are brought up to date in it.
IntakeResult take_in(const std::vector<std::filesystem::path>& libraries, Listing& listing,
                     const std::vector<std::size_t>& which, KnownFacts& known, const IntakeOptions& options);

/// The very recording that was measured with this hash, open for reading; an empty one when the clip is not there or
/// has changed since.
Descriptor open_measured(const std::vector<std::filesystem::path>& libraries, const Listing& listing,
                         const KnownFacts& known, const std::string& clip, const std::string& sha256);

}  // namespace loa::station
