// One entry under `articles`.
#include "config/value_shape.hpp"
#include "playlists/clip_path.hpp"
#include "playlists/read.hpp"
#include "playlists/readers.hpp"
#include "playlists/resolve.hpp"

namespace loa::playlists {

using config::Diagnostics;
using config::Fields;
using config::msg;
using config::NodePtr;

namespace {

constexpr double kLeastGain = -24, kMostGain = 6;  // dB

/// One of `names`, whose order is that of the enumerators; absent: `otherwise`.
template <class Enum, std::size_t Count>
Enum read_named(Fields& fields, std::string_view key, const std::array<std::string_view, Count>& names,
                Enum otherwise) {
  const auto word = fields.choice(key, {names.begin(), names.end()});
  for (std::size_t i = 0; word && i < Count; ++i) {
    if (*word == names[i]) return static_cast<Enum>(i);
  }
  return otherwise;
}

void check_ending(const Article& article, Diagnostics& diagnostics) {
  const std::string_view path = article.clip;
  if (is_recording_name(path.substr(path.rfind('/') + 1))) return;
  diagnostics
      .warning("unknown-ending", article.clip_at, msg("“{0}” does not end like a recording", config::shown(path)))
      .would(msg("it would stay silent"))
      .mend(msg("recordings end in .mp3, .wav, .flac, .ogg or .opus"));
}

void read_clip(Fields& fields, Article& article) {
  const auto node = fields.require("clip", msg("write the recording below library/, as in “clip: dvc/khai-sinh.mp3”"));
  if (!node) return;
  article.clip_at = node->span;
  const auto words = config::read_words(*node, fields.diagnostics());
  if (!words) return;
  const auto fault = clip_fault(*words);
  if (!fault.what.empty()) {
    fields.diagnostics().error("clip-path", node->span, fault.what).would(msg("it would stay silent")).mend(fault.hint);
    return;
  }
  article.clip = nfc(*words);
  check_ending(article, fields.diagnostics());
}

/// Absent: the id, so that every list has something to show.
void read_title(Fields& fields, Article& article) {
  article.title = article.id;
  const auto node = fields.find("title");
  const auto words = node ? config::read_words(*node, fields.diagnostics()) : std::nullopt;
  if (!words) return;
  article.title = *words;
  const auto mark = unknown_mark(*words);
  if (mark.size() < 3 || mark.back() != '>') return;  // an ordinary "<"
  fields.diagnostics()
      .warning("unknown-mark", node->span, msg("“{0}” is no date mark", config::shown(mark)))
      .would(msg("it would stand in lists and reports as it is written"))
      .mend(msg("the marks are <date>, <yyyy>, <mm> and <dd>"));
}

void read_substitute(Fields& fields, Article& article) {
  const auto node = fields.find("missing");
  if (!node) return;
  article.missing_at = node->span;
  article.missing = config::read_id(*node, fields.diagnostics()).value_or("");
}

}  // namespace

Article read_article(const NamedNode& named, Diagnostics& diagnostics) {
  Article article;
  article.id = named.id;
  article.at = named.at;
  Fields fields(named.value, diagnostics, msg("an article"));
  read_title(fields, article);
  read_clip(fields, article);
  article.field = read_named(fields, "field", kFieldNames, Field::general);
  article.priority = read_named(fields, "priority", kPriorityNames, Priority::ordinary);
  article.source = read_named(fields, "source", kSourceNames, Source::own);
  article.summary = fields.words("summary").value_or("");
  article.language = fields.words("language").value_or("");
  article.author = fields.words("author").value_or("");
  article.approval = read_approval(fields);
  read_validity(fields, article.from, article.until, msg("the article would never be aired"));
  if (article.from) article.from_at = fields.key_span("from");
  if (article.until) article.until_at = fields.key_span("until");
  article.gain = fields.number("gain", kLeastGain, kMostGain).value_or(0);
  article.about = fields.duration("about");
  read_substitute(fields, article);
  fields.finish();
  return article;
}

void read_validity(Fields& fields, std::optional<Date>& from, std::optional<Date>& until, config::Text on_air) {
  from = fields.date("from");
  until = fields.date("until");
  if (!from || !until || *from <= *until) return;
  fields.diagnostics()
      .error("from-after-until", fields.key_span("until"),
             msg("“until” ({0}) is before “from” ({1})", config::to_string(*until), config::to_string(*from)))
      .would(std::move(on_air))
      .mend(msg("both days are included; change one of them"))
      .with(fields.key_span("from"));
  from = until = std::nullopt;  // nothing is to be said of the days that are left out
}

ApprovalRule read_approval(Fields& fields) {
  const auto word = fields.choice("approval", {"required", "off"});
  if (!word) return ApprovalRule::by_station;
  return *word == "off" ? ApprovalRule::off : ApprovalRule::required;
}

}  // namespace loa::playlists
