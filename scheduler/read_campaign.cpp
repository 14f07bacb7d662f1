// One entry under `campaigns`, and all of them from all files.
#include "playlists/readers.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;
using config::NodePtr;

namespace {

constexpr long long kMostPlays = 1'000'000;
constexpr std::chrono::days kLongestOwed{2 * 366};

void report_twice(const playlists::PlaylistEntry& entry, config::Span first, Diagnostics& diagnostics) {
  diagnostics
      .warning("duplicate-article", entry.at,
               msg("“{0}” stands in the list twice, first at {1}", entry.id, first.file_line()))
      .would(msg("it counts as one article"))
      .mend(msg("take one of them away"))
      .with(first);
}

void read_articles(Fields& fields, Campaign& campaign) {
  auto& diagnostics = fields.diagnostics();
  const auto node = fields.require("articles", msg("write its articles, as in “articles: [khai-sinh, can-cuoc]”"));
  if (!node) return;
  if (!node->is_sequence()) {
    campaign.playlist_at = node->span;
    campaign.playlist = config::read_id(*node, diagnostics, true).value_or("");
    return;
  }
  std::map<std::string, config::Span> seen;
  for (const auto& item : node->items) {
    auto id = config::read_id(*item, diagnostics);
    if (!id) continue;
    const auto [first, is_new] = seen.try_emplace(*id, item->span);
    if (is_new) campaign.entries.push_back({std::move(*id), item->span});
    if (!is_new) report_twice({*id, item->span}, first->second, diagnostics);
  }
  if (!node->items.empty()) return;
  diagnostics.warning("empty-list", node->span, msg("the campaign “{0}” has no articles", campaign.id))
      .would(msg("its places would stay empty"));
}

/// `total` is owed by a day: without one nobody could say that it is missing.
void report_open(const Campaign& campaign, Diagnostics& diagnostics) {
  diagnostics
      .warning("total-without-end", campaign.total_at,
               msg("“total” of “{0}” needs “from” and “until”, at most two years apart", campaign.id))
      .would(msg("by which day it is owed is not known; nobody would see that plays are missing"))
      .mend(msg("give the campaign its first and its last day"));
}

/// `fields`: the campaign's.
void read_plays(Fields& fields, Campaign& campaign) {
  const auto node = fields.find("plays");
  if (!node) return;
  Fields plays(node, fields.diagnostics(), msg("what a campaign owes"));
  campaign.per_day = plays.whole("per_day", 1, kMostPlays);
  campaign.total = plays.whole("total", 1, kMostPlays);
  if (campaign.per_day) campaign.per_day_at = plays.key_span("per_day");
  if (campaign.total) campaign.total_at = plays.key_span("total");
  if (const auto apart = plays.duration("apart")) campaign.apart = *apart;
  plays.finish();
  const bool is_long = campaign.from && campaign.until &&
                       std::chrono::sys_days(*campaign.until) - std::chrono::sys_days(*campaign.from) > kLongestOwed;
  if (!campaign.total || (campaign.owes_total() && !is_long)) return;
  const bool mistaken = !campaign.owes_total() && fields.has("from") && fields.has("until");
  if (!mistaken) report_open(campaign, fields.diagnostics());
  campaign.total.reset();
}

Campaign read_campaign(const playlists::NamedNode& named, Diagnostics& diagnostics) {
  Campaign campaign;
  campaign.id = named.id;
  campaign.span = named.at;
  Fields fields(named.value, diagnostics, msg("a campaign"));
  campaign.title = fields.words("title").value_or(named.id);
  read_articles(fields, campaign);
  playlists::read_validity(fields, campaign.from, campaign.until, msg("the campaign would never play"));
  read_plays(fields, campaign);
  fields.at_home_elsewhere({{"per_day", "plays:"}, {"total", "plays:"}, {"apart", "plays:"}});
  fields.finish();
  return campaign;
}

}  // namespace

std::vector<Campaign> read_campaigns(const std::vector<config::ScheduleFile>& files, Diagnostics& diagnostics) {
  std::map<std::string, Campaign, std::less<>> campaigns;
  playlists::GivenNames names(msg("give one of the campaigns another name"));
  for (const auto& file : files) {
    for (const auto& named : playlists::read_section(file.root, "campaigns", diagnostics)) {
      const auto mistakes = diagnostics.count(config::Severity::error);
      auto campaign = read_campaign(named, diagnostics);
      campaign.mistaken = diagnostics.count(config::Severity::error) > mistakes;
      if (names.take(named, file.folder, diagnostics)) campaigns.insert_or_assign(named.id, std::move(campaign));
    }
  }
  std::vector<Campaign> sorted;
  for (auto& [id, campaign] : campaigns) sorted.push_back(std::move(campaign));
  return sorted;
}

}  // namespace loa::scheduler
