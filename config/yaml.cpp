// From one file's text to its tree: pre-scan, yaml-cpp, libyaml's second opinion, and the blocks one by one when the
// whole is broken. Must not know what the keys mean.
#include "config/yaml.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "config/encoding.hpp"
#include "config/value_shape.hpp"
#include "config/yaml_lone.hpp"
#include "config/yaml_places.hpp"
#include "config/yaml_second.hpp"
#include "config/yaml_syntax.hpp"
#include "config/yaml_tree.hpp"

namespace loa::config {
namespace {

using yaml::Block;
using yaml::Prepared;

bool too_big(const SourceText& source, Diagnostics& diagnostics, const YamlLimits& limits) {
  if (source.bytes().size() <= limits.bytes) return false;
  report_too_big(diagnostics, source.name(), source.bytes().size(), limits);
  return true;
}

// Nothing but blanks and comments. An empty file is what a power cut leaves of one that was being saved.
bool has_nothing(const Prepared& text, Diagnostics& diagnostics) {
  if (yaml::skip_blanks(text.bytes, 0) < text.bytes.size()) return false;
  const bool comments = !text.scan.regions.empty();
  const auto& name = text.source->name();
  if (comments) {
    diagnostics.file_warning("only-comments", name, msg("the file holds nothing but comments"))
        .would(msg("nothing of it plays"))
        .mend(msg("delete the file if that is meant, or take the # away"));
  } else {
    diagnostics.file_error("empty-file", name, msg("the file is empty"))
        .would(msg("nothing of it plays; a power cut while saving leaves such files"))
        .mend(msg("take the file from a copy, or delete it if that is meant"));
  }
  return true;
}

// Beyond so many, nobody wants the first mistake of each; what follows is one block.
constexpr std::size_t kMostBlocks = 1000;

// A line at column 1 that is neither item, closing bracket nor comment begins a block.
std::vector<Block> blocks_of(const Prepared& text) {
  const std::string_view bytes = text.bytes;
  std::vector<Block> blocks;
  for (auto line = text.begin; line < bytes.size() && blocks.size() < kMostBlocks;
       line = yaml::next_line(bytes, line)) {
    const auto* region = text.scan.at(line);
    const bool within = region != nullptr && region->begin < line;
    if (within || std::string_view(" \t#-]}\r\n.").find(bytes[line]) != std::string_view::npos) continue;
    if (!blocks.empty()) blocks.back().end = line;
    blocks.push_back({blocks.empty() ? text.begin : line, bytes.size()});
  }
  if (blocks.empty()) blocks.push_back({text.begin, bytes.size()});
  return blocks;
}

// A block that is broken is in the tree as its key with a value that has been reported, so that nobody says that
// the names in it are missing.
void add_broken(const Prepared& text, const Block& block, Node& root) {
  const std::string_view bytes = text.bytes;
  const auto begin = yaml::skip_blanks(bytes, block.begin);
  const auto name = yaml::key_of_line(bytes.substr(begin, yaml::line_end(bytes, begin) - begin));
  if (name.empty()) return;
  auto key = std::make_shared<Node>();
  key->kind = Node::Kind::scalar;
  key->scalar = std::string(name);
  key->span = key->owner = {text.source, begin, begin + name.size()};
  auto value = std::make_shared<Node>();
  value->span = value->owner = key->span;
  value->reported = true;
  root.entries.emplace_back(std::move(key), std::move(value));
}

// Reads the blocks one by one. An alias whose anchor stands in another block is no mistake of its own.
class Blocks {
 public:
  Blocks(const Prepared& text, YamlLimits limits, Diagnostics& diagnostics)
      : text_(text), budget_{limits, 0}, diagnostics_(diagnostics), root_(std::make_shared<Node>()) {
    root_->kind = Node::Kind::mapping;
    note_anchors();
  }

  std::shared_ptr<Node> run() {
    const auto before = diagnostics_.count(Severity::error);
    for (const auto& block : blocks_of(text_)) {
      if (!read(block)) return nullptr;
    }
    // No block was broken that could hold the anchor: the alias itself is the mistake.
    const bool silent = text_.reported.empty() && diagnostics_.count(Severity::error) == before;
    if (silent && excused_) yaml::explain(text_, excused_->first, excused_->second, diagnostics_);
    if (root_->entries.empty()) return nullptr;
    root_->span = {text_.source, root_->entries.front().first->span.begin, root_->entries.back().second->span.end};
    root_->owner = root_->span;
    return root_;
  }

 private:
  bool read(const Block& block) {
    const auto before = diagnostics_.count(Severity::error);
    auto tree = yaml::build_tree(text_, block.begin, block.end, budget_, diagnostics_);
    if (tree.limit) return false;
    if (!tree.fault && diagnostics_.count(Severity::error) == before) tree.fault = second(block);
    if (tree.fault) {
      report(block, *tree.fault);
      add_broken(text_, block, *root_);
    } else if (tree.root && tree.root->is_mapping()) {
      root_->entries.insert(root_->entries.end(), tree.root->entries.begin(), tree.root->entries.end());
    } else if (tree.root && !text_.reported_within(block.begin, block.end)) {
      report_not_keys(*tree.root, diagnostics_);
    }
    return true;
  }

  std::optional<yaml::Fault> second(const Block& block) const {
    const auto found = yaml::second_opinion(std::string_view(text_.bytes).substr(block.begin, block.end - block.begin));
    if (!found || found->words.find("undefined alias") != std::string::npos) return std::nullopt;
    return yaml::Fault{std::min(block.begin + found->offset, text_.bytes.size()), found->words};
  }

  // The name of the anchor or alias whose sign stands at `offset`.
  std::string_view name_at(std::size_t offset) const {
    const std::string_view bytes = text_.bytes;
    const auto end = std::min(bytes.find_first_of(" \t\r\n,]}", offset), bytes.size());
    return end > offset ? bytes.substr(offset + 1, end - offset - 1) : std::string_view();
  }

  void note_anchors() {
    const std::string_view bytes = text_.bytes;
    for (auto at = bytes.find('&'); at != std::string_view::npos; at = bytes.find('&', at + 1)) {
      anchors_.insert(name_at(at));
    }
  }

  void report(const Block& block, const yaml::Fault& fault) {
    if (text_.reported_within(block.begin, block.end)) return;
    const bool alias = fault.words.find("anchor is not defined") != std::string::npos;
    if (alias && anchors_.contains(name_at(fault.offset))) {
      if (!excused_) excused_.emplace(block, fault);
    } else {
      yaml::explain(text_, block, fault, diagnostics_);
    }
  }

 public:
  static void report_not_keys(const Node& root, Diagnostics& diagnostics) {
    if (root.is_scalar()) return yaml::report_lone_word(root, diagnostics);
    diagnostics.error("not-keys", root.span, msg("the file is a list; it must begin with a key"))
        .would(msg("nothing of this file can be played"))
        .mend(msg("begin with a key at column 1, such as “programmes:”, and write the list below it"));
  }

 private:
  const Prepared& text_;
  yaml::Budget budget_;
  Diagnostics& diagnostics_;
  std::shared_ptr<Node> root_;
  std::set<std::string_view> anchors_;                    // of the whole file
  std::optional<std::pair<Block, yaml::Fault>> excused_;  // the first alias whose anchor may be in a broken block
};

std::shared_ptr<Node> read_whole_or_blocks(const Prepared& text, YamlLimits limits, Diagnostics& diagnostics) {
  // libyaml first: it is the faster one, and what it refuses is read in blocks anyway.
  const bool sound = !yaml::second_opinion(std::string_view(text.bytes).substr(text.begin));
  if (!sound) return Blocks(text, limits, diagnostics).run();
  yaml::Budget budget{limits, 0};
  Diagnostics found;
  auto tree = yaml::build_tree(text, text.begin, text.bytes.size(), budget, found);
  if (tree.fault) return Blocks(text, limits, diagnostics).run();
  diagnostics.append(std::move(found));
  if (tree.root && !tree.root->is_mapping()) {
    Blocks::report_not_keys(*tree.root, diagnostics);
    return nullptr;
  }
  return tree.root;
}

}  // namespace

void report_too_big(Diagnostics& diagnostics, const std::string& name, std::size_t size, const YamlLimits& limits) {
  diagnostics
      .file_error("file-too-big", name,
                  msg("the file has {0} KiB; at most {1} KiB are read", size >> 10, limits.bytes >> 10))
      .would(msg("nothing of it can be read or played"))
      .mend(msg("it is hardly a schedule; split a real one of this size into several files"));
}

std::shared_ptr<const Node> read_yaml(const SourceText& source, Diagnostics& diagnostics, YamlLimits limits) {
  if (too_big(source, diagnostics, limits) || !check_encoding(source, diagnostics)) return nullptr;
  const auto text = yaml::prepare(source, diagnostics);
  if (text.hopeless || has_nothing(text, diagnostics)) return nullptr;
  if (yaml::is_over_limits(text, limits, diagnostics)) return nullptr;
  auto root = read_whole_or_blocks(text, limits, diagnostics);
  Diagnostics same_mistake;
  if (root) yaml::take_out_duplicates(*root, text.second_document ? same_mistake : diagnostics, true);
  return root;
}

}  // namespace loa::config
