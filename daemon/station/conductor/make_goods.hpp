// What the ledger's rows say of missed plays of campaigns: which are made good where, and which are still owed. Knows
// rows and plans; must not know files.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "daemon/wire/row.hpp"
#include "playlists/catalogue.hpp"
#include "scheduler/make_good.hpp"

namespace loa::station {

/// A place for a missed play.
struct ChosenPlace {
  std::string place;
  scheduler::Instant start;  // planned
  scheduler::MakeGood missed;
};

/// What is to be made good, and what cannot be.
struct MakingGood {
  std::vector<ChosenPlace> chosen;
  std::map<std::pair<std::string, std::string>, std::size_t> without_place;  // campaign and article: how many plays
  bool more = false;  // there was too much for once: to be asked again when the rows of these are written
};

/// A row that says so, whole or as it goes in.
bool is_missed_play(const boost::json::object& row);

wire::Fields make_good_row(const ChosenPlace& chosen, const calendar::Zone& zone);

/// Of rows in the order of their seq, other kinds among them: of two for one missed play the later stands.
scheduler::MakeGoods make_goods_in(const std::vector<boost::json::object>& rows);

/// A place for each play that `rows` show as missed within the last month and that has none yet, or had one that would
/// begin at `from` or later and is no longer planned. Plays of campaigns and articles that the files know no more are
/// owed no more. `schedule`: with the make-goods of `rows`. Places begin at `from` or later; no two have the same.
MakingGood make_good(scheduler::Schedule schedule, const playlists::Catalogue& catalogue,
                     const std::vector<boost::json::object>& rows, scheduler::Instant from);

}  // namespace loa::station
