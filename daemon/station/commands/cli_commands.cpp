#include "daemon/station/commands/cli_commands.hpp"

#include <algorithm>

#include "daemon/station/commands/add_command.hpp"
#include "daemon/station/commands/announce_command.hpp"
#include "daemon/station/commands/approve_command.hpp"
#include "daemon/station/commands/check_command.hpp"
#include "daemon/station/commands/cli_log.hpp"
#include "daemon/station/commands/devices_command.hpp"
#include "daemon/station/commands/diff_command.hpp"
#include "daemon/station/commands/explain_command.hpp"
#include "daemon/station/commands/init_command.hpp"
#include "daemon/station/commands/library_command.hpp"
#include "daemon/station/commands/plan_command.hpp"
#include "daemon/station/commands/play_command.hpp"
#include "daemon/station/commands/render_command.hpp"
#include "daemon/station/commands/run_command.hpp"
#include "daemon/station/commands/schema_command.hpp"

namespace loa::station {

namespace {

using config::msg;

OptionSpec by(bool required = true) {
  return {"by", "NAME", msg("who asks for it; it is written into the log"), required};
}
OptionSpec from_day() {
  return {"from", "DATE", msg("first day, as in 2026-11-23")};
}
OptionSpec to_day() {
  return {"to", "DATE", msg("the day after the last one")};
}

std::vector<CommandSpec> looking() {
  return {
      {"check",
       check_command,
       msg("finds every mistake in the station's files and whatever would go wrong on air"),
       {},
       "",
       0,
       {"json"}},
      {"plan",
       plan_command,
       msg("shows what will play, day by day"),
       {{"from", "DATE", msg("first day; default today")},
        {"to", "DATE", msg("the day after the last one; default 7 days")}},
       "",
       0,
       {"json", "csv", "ics"}},
      {"explain",
       explain_command,
       msg("tells which rules, in which file and line, put this on air or keep it off; INSTANT as in 2026-11-23T05:30, "
           "ID as `loa plan --json` shows it, NAME of an article, a playlist, a campaign or a programme"),
       {},
       "INSTANT|DATE|ID|NAME",
       1,
       {"json"}},
      {"diff",
       diff_command,
       msg("shows what would change on air with another folder in the station's place"),
       {},
       "OTHER_DIR",
       1,
       {"json"}},
      {"library",
       library_command,
       msg("lists every recording with its length, its loudness and its faults"),
       {},
       "",
       0,
       {"json"}},
      {"add",
       add_command,
       msg("brings a recording from anywhere into the library, under the name that the schedule asks for"),
       {{"article", "ID", msg("whose recording it is"), true},
        {"date", "DATE", msg("of which day, where the clip's name holds a date; default today")},
        {"replace", "", msg("takes the place of another recording, which is kept beside it")}},
       "FILE",
       1,
       {"json"}},
      {"devices", devices_command, msg("lists the sound devices of this machine"), {}, "", 0, {"json"}},
      {"log", show_log, msg("shows what was really aired"), {from_day(), to_day()}, "", 0, {"json", "csv"}},
      {"log verify",
       verify_log,
       msg("proves that the log is whole and unaltered"),
       {{"key", "FILE", msg("the station's public key, when it is known from elsewhere")}},
       "FILE…",
       0,
       {"json"}},
  };
}

std::vector<CommandSpec> playing() {
  return {
      {"run",
       run_command,
       msg("plays the plan and writes the log, until it is stopped"),
       {{"for", "DURATION", msg("stop after this time, as in 10min")},
        {"out", "FILE.wav", msg("with `device: none`: keep what would have sounded")}}},
      {"now", now_command, msg("shows what is on air"), {}, "", 0, {"json"}},
      {"stop", order_command, msg("silences what is on air until its slot's end"), {by()}},
      {"skip", order_command, msg("goes to the next item at once"), {by()}},
      {"accept", order_command, msg("takes the edit that is held back"), {by()}},
      {"approve",
       approve_command,
       msg("approves recordings as they are now, so that they are aired; who and when go into the log"),
       {{"date", "DATE", msg("of the day's recordings that are meant; default today; FIRST..LAST for several days")},
        {"by", "NAME", msg("who approves them"), true}},
       "ARTICLE|CLIP…",
       1,
       {"json"}},
      {"play",
       play_command,
       msg("plays files on the device; where the station runs, through it: gated and logged"),
       {{"at", "INSTANT", msg("when the first one starts; default at once")},
        {"list", "FILE", msg("lines of INSTANT<TAB>FILE[<TAB>STOP]; + as INSTANT = directly after")},
        {"device", "NAME", msg("the device, or a part of its name")},
        {"channels", "1|2", msg("how many channels the device is opened with")},
        {"by", "NAME", msg("who wants it, for the log of a running station; default: who is logged in")}},
       "FILE…",
       0,
       {"json"}},
      {"announce",
       announce_command,
       msg("breaks in at once over whatever sounds, at any hour, with a file or a live input"),
       {{"by", "NAME", msg("who ordered it; it is written into the log")},
        {"repeat", "DURATION", msg("again and again, as in 60min, counted from now")},
        {"between", "FROM-UNTIL", msg("repeats only at these times of the day, as in 07:00-20:00")},
        {"until", "INSTANT", msg("no repeat after it; default in 24 hours, at most in 31 days")},
        {"input", "DEVICE", msg("live from an input device, or a part of its name, instead of a file")},
        {"for", "DURATION", msg("how long the input stays open at most, as in 10min")},
        {"emergency", "", msg("lets a live input sound outside the permitted hours too")},
        {"stop", "", msg("ends every announcement and its repeats")}},
       "[FILE]"},
      {"render",
       render_command,
       msg("writes what a stretch of time sounds like into a file"),
       {{"from", "INSTANT", msg("where it begins"), true},
        {"to", "INSTANT", msg("where it ends"), true},
        {"out", "FILE.wav", msg("the file to write"), true},
        {"log", "FILE", msg("the rows that belong to it")}}},
  };
}

std::vector<CommandSpec> beginning() {
  return {
      {"init",
       init_command,
       msg("begins a station in a new folder, with a schedule to go on from"),
       {{"id", "ID", msg("the station's id: a-z, 0-9 and -; default: made of the folder's name")},
        {"name", "NAME", msg("the station's name as it stands in reports; default: the folder's name")},
        {"timezone", "TZ", msg("an IANA name; default Asia/Ho_Chi_Minh")}},
       "DIR",
       1},
      {"schema",
       schema_command,
       msg("writes the JSON Schema of the files, with which editors complete and explain keys"),
       {{"out", "FILE|DIR", msg("where to; a folder without one of the words takes all of them")}},
       "[station|schedule|holidays]"},
  };
}

/// Of the contract; later issues bring them.
std::vector<CommandSpec> later() {
  std::vector<CommandSpec> table;
  for (const char* name : {"clock", "export", "enrol", "rehearse", "report", "remark", "fault"}) {
    table.push_back({name, nullptr, {}, {}});
  }
  return table;
}

}  // namespace

std::vector<CommandSpec> command_table() {
  std::vector<CommandSpec> table = beginning();
  for (auto& part : {looking(), playing(), later()}) table.insert(table.end(), part.begin(), part.end());
  return table;
}

const CommandSpec* find_command(const std::vector<CommandSpec>& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.name == name; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace loa::station
