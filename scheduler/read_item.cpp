// One position of a programme's `items`.
#include <algorithm>
#include <array>

#include "config/unicode.hpp"
#include "config/value_shape.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;
using config::Node;
using config::NodePtr;
using config::Text;

namespace {

constexpr std::array<std::string_view, 6> kKinds{"article", "playlist", "pause", "fill", "campaign", "relay"};
constexpr std::array<std::string_view, 5> kOtherKeys{"days", "days_ago", "at", "count", "for"};
constexpr long long kMostDaysAgo = 366;
constexpr Duration kLongestPause = std::chrono::hours(24);
constexpr Duration kLongestRelay = std::chrono::hours(24);

using ItemWhat = decltype(ItemRule::what);

/// Whether something stands there that finish() will answer with the nearest known key.
bool has_strange_key(const Node& node) {
  return std::any_of(node.entries.begin(), node.entries.end(), [](const auto& entry) {
    return std::find(kOtherKeys.begin(), kOtherKeys.end(), entry.first->scalar) == kOtherKeys.end();
  });
}

Text kind_form() {
  return msg("write one of article, playlist, campaign, relay, pause or fill, as in {{article: nhac-hieu}}");
}

Text pause_form() {
  return msg("a pause is written as in {{pause: 5s}}");
}

/// The one kind that the item names; "" after a report when it is none or several.
std::string_view kind_of(const Node& node, Fields& fields) {
  std::vector<std::string_view> found;
  for (const auto kind : kKinds) {
    if (fields.has(kind)) found.push_back(kind);
  }
  if (found.empty() && (node.dropped || has_strange_key(node))) return {};
  if (found.empty()) {
    fields.diagnostics()
        .error("missing-kind", fields.span(), msg("the item does not say what to play"))
        .would(msg("nothing would sound in its place"))
        .mend(kind_form());
    return {};
  }
  if (found.size() == 1) return found.front();
  auto first = fields.key_span(found[0]), second = fields.key_span(found[1]);
  if (second.begin < first.begin) {
    std::swap(first, second);
    std::swap(found[0], found[1]);
  }
  fields.diagnostics()
      .error("several-kinds", second,
             msg("one item is one thing: “{0}” stands beside “{1}” ({2})", found[1], found[0], first.file_line()))
      .would(msg("nothing would sound in its place"))
      .mend(msg("give each its own line with a dash"))
      .with(first);
  return {};
}

int read_days_ago(Fields& fields) {
  return static_cast<int>(fields.whole("days_ago", 1, kMostDaysAgo).value_or(0));
}

template <class Item>
std::optional<ItemWhat> read_named(Fields& fields, std::string_view key) {
  const auto node = fields.find(key);
  auto id = node ? config::read_id(*node, fields.diagnostics()) : std::nullopt;
  const int days_ago = read_days_ago(fields);
  if (!id) return std::nullopt;
  return Item{std::move(*id), days_ago, node->span};
}

std::optional<ItemWhat> read_pause(Fields& fields) {
  const auto node = fields.find("pause");
  const auto length = node ? config::read_duration(*node, fields.diagnostics()) : std::nullopt;
  if (!length) return std::nullopt;
  if (*length > Duration(0) && *length <= kLongestPause) return PauseItem{*length};
  fields.diagnostics()
      .error("pause-range", node->span, msg("a pause lasts more than nothing and at most 24 hours"))
      .would(msg("when the next item begins could not be planned"))
      .mend(msg("write for example 5s, or take the pause away"));
  return std::nullopt;
}

std::optional<ItemWhat> read_campaign(Fields& fields) {
  const auto node = fields.find("campaign");
  auto id = node ? config::read_id(*node, fields.diagnostics()) : std::nullopt;
  const auto count = fields.whole("count", 1, kMostPlaces).value_or(1);
  if (!id) return std::nullopt;
  return CampaignItem{std::move(*id), static_cast<int>(count), node->span};
}

std::optional<ItemWhat> read_relay_item(Fields& fields) {
  const auto node = fields.find("relay");
  auto id = node ? config::read_id(*node, fields.diagnostics()) : std::nullopt;
  const auto span = fields.find("for");
  const auto length = span ? config::read_duration(*span, fields.diagnostics()) : std::nullopt;
  if (!id || (span && !length)) return std::nullopt;
  if (!length || (*length > Duration(0) && *length <= kLongestRelay)) {
    return RelayItem{std::move(*id), length, node->span};
  }
  fields.diagnostics()
      .error("relay-range", span->span, msg("a relay lasts more than nothing and at most 24 hours"))
      .would(msg("when the next item begins could not be planned"))
      .mend(msg("write for example {{relay: vov1, at: \"06:00\", for: 30min}}"));
  return std::nullopt;
}

FillItem read_fill_list(const Node& list, Diagnostics& diagnostics) {
  FillItem fill;
  for (const auto& node : list.items) {
    if (auto id = config::read_id(*node, diagnostics)) fill.entries.push_back({std::move(*id), node->span});
  }
  if (list.items.empty()) {
    diagnostics.warning("empty-list", list.span, msg("there is nothing to fill with"))
        .would(msg("the rest of the slot would be silent"))
        .mend(msg("write articles, as in {{fill: [nhac-a, nhac-b]}}"));
  }
  return fill;
}

std::optional<ItemWhat> read_fill(Fields& fields) {
  const auto node = fields.find("fill");
  if (!node) return std::nullopt;
  if (node->is_sequence()) return read_fill_list(*node, fields.diagnostics());
  auto id = config::read_id(*node, fields.diagnostics(), true);
  if (!id) return std::nullopt;
  return FillItem{{}, std::move(*id), node->span};
}

void refuse_days_ago(Fields& fields) {
  if (!fields.find("days_ago")) return;
  fields.diagnostics()
      .error("days-ago-misplaced", fields.key_span("days_ago"), msg("“days_ago” belongs to an article or a playlist"))
      .would(msg("it would change nothing"))
      .mend(msg("take it away here"));
}

std::optional<ItemWhat> read_what(Fields& fields, std::string_view kind) {
  if (kind == "article") return read_named<ArticleItem>(fields, kind);
  if (kind == "playlist") return read_named<PlaylistItem>(fields, kind);
  if (!kind.empty()) refuse_days_ago(fields);
  if (kind == "pause") return read_pause(fields);
  if (kind == "fill") return read_fill(fields);
  if (kind == "campaign") return read_campaign(fields);
  if (kind == "relay") return read_relay_item(fields);
  for (const auto key : kKinds) fields.find(key);
  for (const auto key : kOtherKeys) {
    if (key != "days" && key != "at") fields.find(key);
  }
  return std::nullopt;
}

std::optional<ItemRule> read_mapping(const NodePtr& node, const DayContext& context, Diagnostics& diagnostics) {
  Fields fields(node, diagnostics, msg("an item"));
  auto what = read_what(fields, kind_of(*node, fields));
  auto days = fields.days("days");
  const auto pin = fields.find("at");
  const auto time = pin ? config::read_time(*pin, diagnostics) : std::nullopt;
  fields.finish({kKinds.begin(), kKinds.end()});
  if (!what) return std::nullopt;
  ItemRule rule{std::move(*what), std::nullopt, time, node->span, pin ? pin->span : config::Span{}};
  if (days) rule.days = day_set(std::move(*days), context, diagnostics);
  return rule;
}

void report_shape(const Node& node, Diagnostics& diagnostics) {
  if (node.reported) return;
  if (node.is_null()) {
    diagnostics.error("empty-item", node.span, msg("there is nothing after the dash"))
        .would(msg("nothing would sound in its place"))
        .mend(msg("write the name of an article, or take the line away"));
    return;
  }
  diagnostics.error("wrong-type", node.span, msg("an item is the name of an article, or braces with its kind"))
      .would(msg("nothing would sound in its place"))
      .mend(msg("give each its own line with a dash, or make them a playlist"));
}

bool is_duration(const std::string& words) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.scalar = words;
  Diagnostics unsaid;
  return config::read_duration(node, unsaid).has_value();
}

/// "playlist mo-dau": a kind without its colon.
Text advice_about_kind(const std::string& kind, const std::string& value) {
  const bool good = kind == "pause" ? is_duration(value) : config::id_like(value) == value;
  if (good) return config::write_this(kind + ": " + value);
  return kind == "pause" ? pause_form() : kind_form();
}

/// What an item in words that are no id was meant to be: a kind without its colon, several, the path of a recording.
Text advice_about(const std::string& words) {
  const auto blank = words.find(' ');
  const auto first = words.substr(0, blank);
  const bool kind = blank != std::string::npos && std::find(kKinds.begin(), kKinds.end(), first) != kKinds.end();
  if (kind) return advice_about_kind(first, words.substr(blank + 1));
  if (words.find_first_of(",;") != std::string::npos) return msg("give each its own line with a dash");
  const bool path =
      words.find('/') != std::string::npos || (words.find('.') != std::string::npos && blank == std::string::npos);
  if (path)
    return msg("name the recording under “articles” (“clip: {0}”), and write the article's name here",
               config::shown(words));
  const auto plain = config::folded(words);
  const bool pause = plain.starts_with("nghi ") && plain.find_first_of("0123456789") == 5;  // no "Nghị quyết 29"
  return pause ? pause_form() : Text();
}

/// Answers words that are neither an id nor like one; false: read_id has an answer.
bool report_words(const Node& node, Diagnostics& diagnostics) {
  auto advice = node.reported ? Text() : advice_about(node.scalar);
  if (advice.empty()) return false;
  diagnostics.error("bad-id", node.span, msg("“{0}” is no name of an article", config::shown(node.scalar)))
      .would(msg("nothing would sound in its place"))
      .mend(std::move(advice));
  return true;
}

}  // namespace

std::optional<ItemRule> read_item(const NodePtr& node, const DayContext& context, Diagnostics& diagnostics) {
  if (node->is_mapping()) return read_mapping(node, context, diagnostics);
  if (!node->is_scalar()) {
    report_shape(*node, diagnostics);
    return std::nullopt;
  }
  if (report_words(*node, diagnostics)) return std::nullopt;
  auto id = config::read_id(*node, diagnostics);
  if (!id) return std::nullopt;
  return ItemRule{ArticleItem{std::move(*id), 0, node->span}, {}, {}, node->span, {}};
}

}  // namespace loa::scheduler
