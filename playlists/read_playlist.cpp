// One entry under `playlists`: a list of ids, or a folder.
#include "config/value_shape.hpp"
#include "playlists/clip_path.hpp"
#include "playlists/read.hpp"
#include "playlists/readers.hpp"

namespace loa::playlists {

using config::Diagnostics;
using config::Fields;
using config::msg;
using config::Node;
using config::NodePtr;

namespace {

config::Text silent() {
  return msg("nothing would sound in its place");
}

void report_entry(const Node& node, Diagnostics& diagnostics) {
  diagnostics.error("wrong-type", node.span, msg("a playlist holds only names of articles and playlists"))
      .would(silent())
      .mend(msg("write the name alone; days, pauses and times belong to the items of a programme"));
}

void read_entries(const Node& list, Playlist& playlist, Diagnostics& diagnostics) {
  for (const auto& node : list.items) {
    if (node->is_mapping() || node->is_sequence()) {
      report_entry(*node, diagnostics);
    } else if (auto id = config::read_id(*node, diagnostics)) {
      playlist.entries.push_back({std::move(*id), node->span});
    }
  }
  if (!list.items.empty()) return;
  diagnostics.warning("empty-list", list.span, msg("the playlist “{0}” is empty", playlist.id))
      .would(silent())
      .mend(msg("write articles or playlists into it, as in [nhac-hieu, loi-xuong]"));
}

void read_folder(const NodePtr& value, Playlist& playlist, Diagnostics& diagnostics) {
  Fields fields(value, diagnostics, msg("a playlist"));
  const auto node = fields.require("folder", msg("write {{folder: thong-bao}}, or a list of articles"));
  playlist.approval = read_approval(fields);
  fields.finish();
  if (!node) return;
  playlist.folder_at = node->span;
  auto words = config::read_words(*node, diagnostics);
  if (!words) return;
  const auto fault = folder_fault(*words);
  if (!fault.what.empty()) {
    diagnostics.error("clip-path", node->span, fault.what).would(silent()).mend(fault.hint);
    return;
  }
  if (words->ends_with('/')) words->pop_back();
  playlist.folder = nfc(*words);
}

void report_shape(const NamedNode& named, Diagnostics& diagnostics) {
  if (named.value->reported) return;
  auto& found = diagnostics
                    .error("wrong-type", named.value->is_null() ? named.at : named.value->span,
                           msg("a playlist is a list of articles and playlists, or a folder"))
                    .would(silent());
  if (named.value->is_scalar()) {
    found.mend(msg("write [{0}], or {{folder: {0}}}", config::shown(named.value->scalar)));
  } else {
    found.mend(msg("write for example [nhac-hieu, loi-xuong], or {{folder: thong-bao}}"));
  }
}

}  // namespace

Playlist read_playlist(const NamedNode& named, Diagnostics& diagnostics) {
  Playlist playlist;
  playlist.id = named.id;
  playlist.at = named.at;
  if (named.value->is_sequence()) {
    read_entries(*named.value, playlist, diagnostics);
  } else if (named.value->is_mapping()) {
    read_folder(named.value, playlist, diagnostics);
  } else {
    report_shape(named, diagnostics);
  }
  return playlist;
}

}  // namespace loa::playlists
