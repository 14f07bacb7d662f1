// Names that the items of programmes use: do they exist, and are they of the right kind?
#include <algorithm>

#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::msg;
using config::Span;
using playlists::Repertoire;

namespace {

constexpr std::size_t kMostComparisons = 30'000;  // of names with campaigns: about a tenth of a second

class NameCheck {
 public:
  NameCheck(const Repertoire& repertoire, const std::vector<Campaign>& campaigns, bool more_campaigns,
            Diagnostics& diagnostics)
      : repertoire_(repertoire),
        campaigns_(ids_of(campaigns)),
        guesses_left_(kMostComparisons / std::max<std::size_t>(campaigns_.size(), 1)),
        more_campaigns_(more_campaigns),
        names_(playlists::all_names(repertoire), repertoire.partial),
        diagnostics_(diagnostics) {}

  void operator()(const ArticleItem& item) {
    const auto article = repertoire_.articles.find(item.id);
    if (article != repertoire_.articles.end()) {
      if (item.days_ago > 0 && !article->second.dated()) report_undated(item, article->second);
    } else if (const auto playlist = repertoire_.playlists.find(item.id); playlist != repertoire_.playlists.end()) {
      diagnostics_.error("wrong-kind", item.id_at, msg("“{0}” is a playlist, not an article", item.id))
          .would(msg("nothing would sound in its place"))
          .mend(msg("write {{playlist: {0}}}", item.id));
    } else if (is_campaign(item.id)) {
      diagnostics_.error("wrong-kind", item.id_at, msg("“{0}” is a campaign, not an article", item.id))
          .would(msg("nothing would sound in its place"))
          .mend(msg("write {{campaign: {0}, count: 1}}", item.id));
    } else {
      names_.report_unknown(item.id, item.id_at, diagnostics_);
    }
  }

  void operator()(const PlaylistItem& item) {
    if (repertoire_.playlists.contains(item.id)) return;
    if (repertoire_.articles.contains(item.id)) {
      diagnostics_.error("wrong-kind", item.id_at, msg("“{0}” is an article, not a playlist", item.id))
          .would(msg("nothing would sound in its place"))
          .mend(msg("write {{article: {0}}}", item.id));
    } else {
      names_.report_unknown(item.id, item.id_at, diagnostics_);
    }
  }

  void operator()(const PauseItem&) {}
  void operator()(const RelayItem&) {}  // check_relays

  void operator()(const FillItem& item) {
    for (const auto& entry : item.entries) check_either(entry.id, entry.at);
    if (!item.playlist.empty()) check_either(item.playlist, item.id_at);
  }

  void operator()(const CampaignItem& item) {
    if (is_campaign(item.id) || repertoire_.partial || more_campaigns_) return;
    const auto near = nearest_campaign(item.id);
    diagnostics_.error("unknown-campaign", item.id_at, msg("there is no campaign “{0}”", item.id))
        .would(msg("nothing would sound in its place"))
        .mend(near.empty() ? msg("describe it under “campaigns”, with its articles and how often they play")
                           : msg("did you mean “{0}”?", near));
  }

  void operator()(const Campaign& campaign) {
    for (const auto& entry : campaign.entries) check_either(entry.id, entry.at);
    if (!campaign.playlist.empty()) check_either(campaign.playlist, campaign.playlist_at);
  }

 private:
  static std::vector<std::string> ids_of(const std::vector<Campaign>& campaigns) {
    std::vector<std::string> ids;
    for (const auto& campaign : campaigns) ids.push_back(campaign.id);
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  bool is_campaign(const std::string& id) const { return std::binary_search(campaigns_.begin(), campaigns_.end(), id); }

  std::string nearest_campaign(const std::string& id) {
    if (guesses_left_ == 0) return {};
    --guesses_left_;
    return config::nearest(id, campaigns_);
  }

  void check_either(const std::string& id, Span at) {
    if (repertoire_.articles.contains(id) || repertoire_.playlists.contains(id)) return;
    names_.report_unknown(id, at, diagnostics_);
  }

  void report_undated(const ArticleItem& item, const playlists::Article& article) {
    diagnostics_
        .warning("days-ago-undated", item.id_at,
                 msg("the recording of “{0}” has no date in its name ({1})", item.id, article.clip_at.file_line()))
        .would(msg("“days_ago” changes nothing: the same recording is played every day"))
        .mend(msg("take “days_ago” away, or name the recordings by day, as in “ban-tin/<date>.mp3”"))
        .with(article.clip_at);
  }

  const Repertoire& repertoire_;
  const std::vector<std::string> campaigns_;  // ids, sorted
  std::size_t guesses_left_;
  const bool more_campaigns_;
  playlists::KnownNames names_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_names(std::vector<Programme>& programmes, std::vector<Campaign>& campaigns, const Repertoire& repertoire,
                 bool more_campaigns, Diagnostics& diagnostics) {
  NameCheck check(repertoire, campaigns, more_campaigns, diagnostics);
  for (auto& campaign : campaigns) {
    const auto before = diagnostics.count(config::Severity::error);
    check(campaign);
    if (diagnostics.count(config::Severity::error) > before) campaign.mistaken = true;
  }
  for (auto& programme : programmes) {
    const auto before = diagnostics.count(config::Severity::error);
    for (const auto& item : programme.items) std::visit(check, item.what);
    if (diagnostics.count(config::Severity::error) > before) programme.mistaken = programme.items_mistaken = true;
  }
}

}  // namespace loa::scheduler
