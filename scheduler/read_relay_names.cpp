// Relays that items name, and articles that relays name.
#include <algorithm>

#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::msg;
using playlists::Repertoire;

namespace {

void check_fallback(const Relay& relay, const Repertoire& repertoire, playlists::KnownNames& names,
                    Diagnostics& diagnostics) {
  if (relay.fallback.empty() || repertoire.articles.contains(relay.fallback)) return;
  if (!repertoire.playlists.contains(relay.fallback)) {
    return names.report_unknown(relay.fallback, relay.fallback_at, diagnostics);
  }
  diagnostics
      .error("wrong-kind", relay.fallback_at, msg("“{0}” is a playlist; “fallback” takes one article", relay.fallback))
      .would(msg("when nothing comes to be relayed, nothing could take its place"))
      .mend(msg("name an article"))
      .with(repertoire.playlists.find(relay.fallback)->second.at);
}

void report_unknown(const RelayItem& item, const std::vector<std::string>& known, const Repertoire& repertoire,
                    Diagnostics& diagnostics) {
  if (repertoire.articles.contains(item.id)) {
    diagnostics.error("wrong-kind", item.id_at, msg("“{0}” is an article, not a relay", item.id))
        .would(msg("nothing would sound in its place"))
        .mend(msg("write {{article: {0}}}", item.id));
    return;
  }
  const auto near = config::nearest(item.id, known);
  diagnostics.error("unknown-relay", item.id_at, msg("there is no relay “{0}”", item.id))
      .would(msg("nothing would sound in its place"))
      .mend(near.empty() ? msg("describe it under “relays”, with its “url” or its “input”")
                         : msg("did you mean “{0}”?", near));
}

/// Nothing says when a relay without a length ends.
void check_end(const Programme& programme, std::size_t index, Diagnostics& diagnostics) {
  const auto& items = programme.items;
  const auto* relay = std::get_if<RelayItem>(&items[index].what);
  const auto is_pinned = [](const ItemRule& item) { return item.pin.has_value(); };
  const bool ends = relay->length || programme.length ||
                    std::any_of(items.begin() + static_cast<std::ptrdiff_t>(index) + 1, items.end(), is_pinned);
  if (ends) return;
  diagnostics.error("relay-without-end", items[index].at, msg("nothing says when this relay ends"))
      .would(msg("it would not be heard at all"))
      .mend(msg("write how long it is, as in {{relay: {0}, for: 30min}}", relay->id));
}

}  // namespace

void check_relays(std::vector<Programme>& programmes, const std::vector<Relay>& relays, const Repertoire& repertoire,
                  bool more_relays, Diagnostics& diagnostics) {
  std::vector<std::string> ids, articles;
  for (const auto& relay : relays) ids.push_back(relay.id);
  for (const auto& [id, article] : repertoire.articles) articles.push_back(id);
  playlists::KnownNames names(std::move(articles), repertoire.partial);
  for (const auto& relay : relays) check_fallback(relay, repertoire, names, diagnostics);
  for (auto& programme : programmes) {
    const auto before = diagnostics.count(config::Severity::error);
    for (std::size_t i = 0; i < programme.items.size(); ++i) {
      const auto* item = std::get_if<RelayItem>(&programme.items[i].what);
      if (item == nullptr) continue;
      const bool known = std::binary_search(ids.begin(), ids.end(), item->id);
      if (!known && !more_relays && !repertoire.partial) report_unknown(*item, ids, repertoire, diagnostics);
      check_end(programme, i, diagnostics);
    }
    if (diagnostics.count(config::Severity::error) > before) programme.mistaken = programme.items_mistaken = true;
  }
}

}  // namespace loa::scheduler
