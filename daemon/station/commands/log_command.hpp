// `loa log` and `loa log verify` as functions: a state directory or files in, words or lines out.
// Knows where rows are read; must not know the command line. Reads only: safe while `run` writes, or without a ledger.
#pragma once

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "config/text.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::station {

enum class LogFormat {
  text,  // for people: items and incidents; checkpoints, article rows and the start rows of ended items are left out
  json,  // every row, verbatim
  csv,   // every row; UTF-8 with BOM, RFC 4180
};

struct LogRequest {
  std::filesystem::path state;                // the state directory; need not exist (then the log is empty)
  std::optional<calendar::Instant> from, to;  // `to` exclusive; of the planned start, else the start, else the writing
  LogFormat format = LogFormat::text;
  config::Language language = config::Language::vi;
  calendar::Zone zone;
};

struct VerifyRequest {
  std::filesystem::path state;               // its ledger is verified when `files` is empty
  std::vector<std::filesystem::path> files;  // in any order: they are put in the order of seq
  std::optional<std::filesystem::path> key;  // base64 of the 32 bytes, or a file with a key row (of several the newest)
  bool json = false;
  config::Language language = config::Language::vi;
};

/// The exit code: 0 done, 3 something cannot be read.
int log_command(const LogRequest& request, std::ostream& out, std::ostream& err);

/// The exit code: 0 whole and unaltered (a torn tail alone too), 1 not, 3 something cannot be read.
int verify_command(const VerifyRequest& request, std::ostream& out, std::ostream& err);

}  // namespace loa::station
