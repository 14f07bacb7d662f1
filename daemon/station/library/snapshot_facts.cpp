#include "daemon/station/library/snapshot_facts.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <set>
#include <string>
#include <vector>

#include "daemon/station/library/flaws_json.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;

struct Mark {
  std::string_view name;
  std::string_view shape;  // 0 = a digit
};
constexpr Mark kMarks[] = {{"<date>", "0000-00-00"}, {"<yyyy>", "0000"}, {"<mm>", "00"}, {"<dd>", "00"}};

bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != shape[i]) return false;
  }
  return true;
}

const Mark* mark_at(std::string_view pattern) {
  for (const auto& mark : kMarks) {
    if (pattern.starts_with(mark.name)) return &mark;
  }
  return nullptr;
}

/// The names of a repertoire, sorted for many questions.
class Names {
 public:
  explicit Names(const playlists::Repertoire& repertoire) {
    for (const auto& [id, article] : repertoire.articles) {
      if (article.clip.find('<') == std::string::npos) {
        plain_.insert(article.clip);
      } else {
        dated_.push_back(article.clip);
      }
    }
    for (const auto& [id, playlist] : repertoire.playlists) {
      if (playlist.folder) folders_.push_back(playlist.folder->empty() ? "" : *playlist.folder + '/');
    }
  }

  bool cover(const std::string& clip) const {
    return plain_.contains(clip) ||
           std::any_of(dated_.begin(), dated_.end(), [&](const auto& one) { return matches_dated(one, clip); }) ||
           std::any_of(folders_.begin(), folders_.end(), [&](const auto& one) { return clip.starts_with(one); });
  }

 private:
  std::set<std::string> plain_;
  std::vector<std::string> dated_, folders_;
};

void put(json::object& object, const char* key, const std::optional<double>& number) {
  if (number) object[key] = *number;
}

json::value fact_json(const std::optional<playlists::Facts>& facts) {
  if (!facts) return nullptr;
  json::object made{{"sha256", facts->sha256},     {"frames", facts->frames},         {"rate", facts->sample_rate},
                    {"channels", facts->channels}, {"codec", facts->codec},           {"length", facts->length.count()},
                    {"problem", facts->problem},   {"detail", facts->problem_detail}, {"refused", facts->refused}};
  if (!facts->places.empty()) made["places"] = facts->places;
  put(made, "loudness", facts->loudness);
  put(made, "peak", facts->true_peak);
  if (!facts->flaws.empty()) made["flaws"] = flaws_json(facts->flaws);
  return made;
}

std::optional<double> number_in(const json::object& object, const char* key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr) return {};
  return value->to_number<double>();
}

std::string text_in(const json::object& object, const char* key) {
  return std::string(object.at(key).as_string());
}

playlists::Facts facts_from(const json::object& object) {
  playlists::Facts facts;
  facts.sha256 = text_in(object, "sha256");
  facts.frames = object.at("frames").to_number<std::int64_t>();
  facts.sample_rate = object.at("rate").to_number<int>();
  facts.channels = object.at("channels").to_number<int>();
  facts.codec = text_in(object, "codec");
  facts.loudness = number_in(object, "loudness");
  facts.true_peak = number_in(object, "peak");
  facts.problem = text_in(object, "problem");
  facts.problem_detail = text_in(object, "detail");
  if (object.contains("places")) facts.places = text_in(object, "places");
  facts.refused = object.at("refused").as_bool();
  if (const auto* flaws = object.if_contains("flaws")) facts.flaws = flaws_from(*flaws);
  facts.length = playlists::Frames(object.at("length").to_number<std::int64_t>());
  return facts;
}

}  // namespace

bool matches_dated(std::string_view pattern, std::string_view clip) {
  while (!pattern.empty()) {
    if (const auto* mark = mark_at(pattern)) {
      if (!has_shape(clip, mark->shape)) return false;
      pattern.remove_prefix(mark->name.size());
      clip.remove_prefix(mark->shape.size());
    } else {
      if (clip.empty() || clip.front() != pattern.front()) return false;
      pattern.remove_prefix(1);
      clip.remove_prefix(1);
    }
  }
  return clip.empty();
}

playlists::Catalogue nameable(const playlists::Repertoire& repertoire, const playlists::Catalogue& catalogue) {
  const Names names(repertoire);
  playlists::Catalogue named;
  for (const auto& [clip, facts] : catalogue.all()) {
    if (names.cover(clip)) named.set(clip, facts);
  }
  return named;
}

playlists::Approvals approvals_that_count(const scheduler::Schedule& schedule, const playlists::Catalogue& named,
                                          const playlists::Approvals& approvals) {
  if (!schedule.asks_for_approval()) return {};
  playlists::Approvals counting;
  for (const auto& [clip, facts] : named.all()) {
    const auto found = facts ? approvals.find(facts->sha256) : approvals.end();
    if (found != approvals.end()) counting.insert(*found);
  }
  return counting;
}

json::object approvals_json(const playlists::Approvals& approvals) {
  json::object made;
  for (const auto& [sha256, approval] : approvals) {
    made[sha256] = json::object{{"by", approval.by}, {"at", approval.at}};
  }
  return made;
}

playlists::Approvals approvals_from(const json::object& object) {
  playlists::Approvals approvals;
  for (const auto& [sha256, value] : object) {
    const auto& approval = value.as_object();
    approvals[std::string(sha256)] = {text_in(approval, "by"), text_in(approval, "at")};
  }
  return approvals;
}

json::object facts_json(const playlists::Catalogue& catalogue) {
  json::object made;
  for (const auto& [clip, facts] : catalogue.all()) made[clip] = fact_json(facts);
  return made;
}

playlists::Catalogue catalogue_from(const json::object& facts) {
  playlists::Catalogue catalogue;
  for (const auto& [clip, fact] : facts) {
    catalogue.set(std::string(clip), fact.is_null() ? std::nullopt : std::optional(facts_from(fact.as_object())));
  }
  return catalogue;
}

}  // namespace loa::station
