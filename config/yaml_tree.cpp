// The event handler behind yaml_tree.hpp; the only file that includes yaml-cpp.
#include "config/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <map>
#include <streambuf>
#include <utility>
#include <vector>

#include "config/value_shape.hpp"
#include "config/yaml_lone.hpp"
#include "config/yaml_places.hpp"

namespace loa::config::yaml {
namespace {

using NewNode = std::shared_ptr<Node>;
using Kind = Node::Kind;

struct LimitPassed {};
struct SecondDocument {};

// Lets yaml-cpp read the text where it lies.
class View : public std::streambuf {
 public:
  explicit View(std::string_view bytes) {
    auto* begin = const_cast<char*>(bytes.data());  // NOLINT: a get area is never written to
    setg(begin, begin, begin + bytes.size());
  }
};

class Builder : public YAML::EventHandler {
 public:
  Builder(const Prepared& text, std::size_t begin, std::size_t end, Budget& budget, Diagnostics& diagnostics)
      : source_(*text.source),
        text_(text),
        bytes_(std::string_view(text.bytes).substr(0, end)),
        base_(begin),
        last_end_(begin),
        budget_(budget),
        diagnostics_(diagnostics) {}

  NewNode root() { return root_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!root_) return;
    report_second(offset_of(mark));
    throw SecondDocument();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto node = made(Kind::null, mark);
    const bool written =
        node->span.begin < bytes_.size() &&
        (bytes_[node->span.begin] == '~' || bytes_[node->span.begin] == 'n' || bytes_[node->span.begin] == 'N');
    if (written) {
      node->span.end = node->span.begin + (bytes_[node->span.begin] == '~' ? 1 : 4);
    } else {
      node->span = place_of_nothing();
    }
    complete(node, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto at = offset_of(mark);
    auto end = at + 1;
    while (end < bytes_.size() && std::string_view(" \t\r\n,]}").find(bytes_[end]) == std::string_view::npos) ++end;
    const auto found = anchors_.find(anchor);
    NewNode node = std::make_shared<Node>();
    if (found == anchors_.end() || !found->second.node) {
      report_cycle(at, end);
      node->reported = true;
    } else {
      visit(found->second.visits, at);
      check_depth(stack_.size() + found->second.depth, at);
      *node = *found->second.node;
    }
    node->span = {&source_, at, end};
    complete(node, 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    auto node = made(Kind::scalar, mark);
    node->scalar = value;
    node->quoted = tag != "?";
    node->span.end = end_of_scalar(bytes_, node->span.begin, value);
    check_tag(tag, mark);
    if (text_.reported_within(node->span.begin, node->span.begin + 1) && value.starts_with("xx")) forget(*node);
    check_swallowed(*node);
    complete(node, anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(Kind::sequence, mark, tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(Kind::mapping, mark, tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnMapEnd() override {
    report_cut(stack_.back());
    auto& map = *stack_.back().node;
    if (stack_.size() > 1) take_out_duplicates(map, diagnostics_, false);
    close();
  }

 private:
  struct Frame {
    NewNode node;
    NewNode key;  // a key that waits for its value
    YAML::anchor_t anchor = 0;
    std::size_t visits_before = 0;
    std::size_t deepest = 0;          // levels below
    NewNode cut_first{}, cut_last{};  // words that a comma has cut off the text before them, not told yet
  };
  struct Anchored {
    NewNode node;  // null while it is being read
    std::size_t visits = 0;
    std::size_t depth = 0;
  };

  std::size_t offset_of(const YAML::Mark& mark) const {
    return std::min(base_ + static_cast<std::size_t>(std::max(0, mark.pos)), bytes_.size());
  }
  bool in_flow() const { return !stack_.empty() && stack_.back().node->flow_style; }

  NewNode made(Kind kind, const YAML::Mark& mark) {
    auto node = std::make_shared<Node>();
    const auto at = skip_properties(bytes_, offset_of(mark));
    node->kind = kind;
    node->span = {&source_, at, at};
    node->flow = in_flow();
    visit(1, at);
    return node;
  }

  void visit(std::size_t count, std::size_t at) {
    budget_.nodes += count;
    if (budget_.nodes <= budget_.limits.nodes) return;
    const Span place{&source_, at, at + 1};
    if (count > 1) {
      report_bomb(place);
    } else {
      report_too_many(diagnostics_, place, budget_.limits);
    }
    throw LimitPassed();
  }

  void report_bomb(const Span& at) {
    diagnostics_.error("alias-bomb", at, msg("aliases multiply to more than {0} values here", budget_.limits.nodes))
        .would(msg("nothing of this file can be read or played"))
        .mend(msg("write out what is meant instead of the *alias"));
  }

  void check_depth(std::size_t depth, std::size_t at) {
    if (depth <= budget_.limits.depth) return;
    report_too_deep(diagnostics_, {&source_, at, at + 1}, budget_.limits);
    throw LimitPassed();
  }

  void check_tag(const std::string& tag, const YAML::Mark& mark) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    const auto at = offset_of(mark);
    auto begin = std::min(bytes_.find('!', at), bytes_.size());
    auto end = std::min(bytes_.find_first_of(" \t\r\n,]}", begin), bytes_.size());
    diagnostics_
        .error("yaml-tag", {&source_, begin, end},
               msg("“{0}” is a YAML tag; tags mean nothing here", shown(bytes_.substr(begin, end - begin))))
        .would(msg("the value would be read as if the tag were not there"))
        .mend(msg("delete it; if it belongs to a text, put the text in quotes"));
  }

  // A plain text goes on over the lines below when they are further in; a list item is never meant that way.
  void check_swallowed(Node& node) {
    if (node.quoted) return;
    const auto text = bytes_.substr(0, node.span.end);
    for (auto line = next_line(text, node.span.begin); line < text.size(); line = next_line(text, line)) {
      const auto begin = text.find_first_not_of(" \t", line);
      if (begin == std::string_view::npos || begin + 1 >= text.size() || text[begin] != '-' ||
          !is_blank(text[begin + 1]))
        continue;
      const auto end = line_end(text, begin);
      diagnostics_
          .error("wrong-indentation", {&source_, begin, end}, msg("this item is read as part of the text above it"))
          .would(msg("it would not be an item and would not play"))
          .mend(
              msg("move its dash below the dashes or the key that it belongs to; nothing may follow that key's colon"));
      return forget(node);
    }
  }

  static void forget(Node& node) {
    node.kind = Kind::null;
    node.scalar.clear();
    node.reported = true;
  }

  // An empty value has no text: its place is its key, or the dash before it.
  Span place_of_nothing() const {
    if (stack_.empty()) return {&source_, base_, base_};
    const auto& frame = stack_.back();
    if (frame.key) return frame.key->span;
    const auto dash = std::min(bytes_.find_first_of("-,?:", last_end_), bytes_.size());
    return {&source_, dash, std::min(dash + 1, bytes_.size())};
  }

  void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool flow) {
    auto node = made(kind, mark);
    check_tag(tag, mark);
    check_depth(stack_.size() + 1, node->span.begin);
    node->flow_style = flow;
    if (anchor != 0) anchors_[anchor] = {};
    last_end_ = node->span.begin + (flow ? 1 : 0);
    stack_.push_back({node, nullptr, anchor, budget_.nodes - 1, 0});
  }

  void close() {
    auto frame = std::move(stack_.back());
    stack_.pop_back();
    auto end = std::max(last_end_, frame.node->span.begin);
    if (frame.node->flow_style) end = std::min(bytes_.find_first_of("]}", end), bytes_.size() - 1) + 1;
    frame.node->span.end = end;
    if (frame.anchor != 0)
      anchors_[frame.anchor] = {frame.node, budget_.nodes - frame.visits_before, frame.deepest + 1};
    attach(frame.node);
    if (!stack_.empty()) stack_.back().deepest = std::max(stack_.back().deepest, frame.deepest + 1);
  }

  void complete(const NewNode& node, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = {node, 1, 0};
    attach(node);
  }

  void attach(const NewNode& node) {
    last_end_ = std::max(last_end_, node->span.end);
    if (stack_.empty()) {
      node->owner = node->span;
      if (!root_) root_ = node;
      return;
    }
    auto& frame = stack_.back();
    if (frame.node->is_sequence()) {
      node->owner = node->span;
      frame.node->items.push_back(node);
    } else if (!frame.key) {
      frame.key = node;
    } else {
      const auto key = std::exchange(frame.key, nullptr);
      node->owner = key->span;
      if (is_cut_off(bytes_, *frame.node, *key, *node)) {
        if (!frame.cut_first) frame.cut_first = key;
        frame.cut_last = key;
        return;
      }
      report_cut(frame);
      if (key_is_good(*key, *node)) {
        frame.node->entries.emplace_back(key, node);
      } else {
        drop(*frame.node, key->is_scalar() && key->scalar != "<<" && !key->reported ? key->scalar : std::string());
      }
    }
  }

  bool key_is_good(const Node& key, const Node& value) {
    if (key.reported) return false;
    if (!key.is_scalar()) return report_bad_key(key);
    if (key.scalar == "<<" && !key.quoted) return report_merge(key);
    if (!is_lone(bytes_, key, value)) return true;
    report_lone_word(key, diagnostics_);
    return false;
  }

  bool report_bad_key(const Node& key) {
    diagnostics_.error("bad-key", key.span, msg("a key must be a word"))
        .would(msg("what belongs to it would never take effect"))
        .mend(msg("write a word before the colon; a text that begins with {{ or [ is put in quotes"));
    return false;
  }

  bool report_merge(const Node& key) {
    diagnostics_.error("merge-key", key.span, msg("“<<” does not merge keys here"))
        .would(msg("the keys it points to would be left out"))
        .mend(msg("write out the keys that are meant"));
    return false;
  }

  static void drop(Node& map, std::string word) {
    map.dropped = true;
    map.dropped_words.push_back(std::move(word));
  }

  void report_cut(Frame& frame) {
    if (!frame.cut_first) return;
    const bool lost_its_key = report_comma(
        bytes_, *frame.node, {&source_, frame.cut_first->span.begin, frame.cut_last->span.end}, diagnostics_);
    if (lost_its_key) drop(*frame.node, frame.cut_first->scalar);
    auto half = std::make_shared<Node>(*frame.node->entries.back().second);  // nothing more is to be said of a half
    forget(*half);
    frame.node->entries.back().second = std::move(half);
    frame.cut_first = frame.cut_last = nullptr;
  }

  void report_cycle(std::size_t begin, std::size_t end) {
    diagnostics_.error("alias-cycle", {&source_, begin, end}, msg("this alias stands within what it stands for"))
        .would(msg("it would go round and round"))
        .mend(msg("write out what is meant instead of the *alias"));
  }

  void report_second(std::size_t at) {
    diagnostics_
        .error("second-document", {&source_, at, line_end(bytes_, at)},
               msg("what begins here does not belong to what stands above"))
        .would(msg("all that follows would be left out"))
        .mend(msg("the file is either keys with values or one list: move the line in, or write a key above it"));
  }

  const SourceText& source_;
  const Prepared& text_;
  std::string_view bytes_;  // from the file's begin to the block's end
  std::size_t base_;
  std::size_t last_end_;
  Budget& budget_;
  Diagnostics& diagnostics_;
  NewNode root_;
  std::vector<Frame> stack_;
  std::map<YAML::anchor_t, Anchored> anchors_;
};

}  // namespace

Tree build_tree(const Prepared& text, std::size_t begin, std::size_t end, Budget& budget, Diagnostics& diagnostics) {
  Tree tree;
  Diagnostics found;
  Builder builder(text, begin, end, budget, found);
  View view(std::string_view(text.bytes).substr(begin, end - begin));
  std::istream stream(&view);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    tree.root = builder.root();
  } catch (const LimitPassed&) {
    tree.limit = true;
  } catch (const SecondDocument&) {
    tree.root = builder.root();
  } catch (const YAML::Exception& exception) {
    const auto at = begin + static_cast<std::size_t>(std::max(0, exception.mark.pos));
    tree.fault = Fault{std::min(at, end), exception.msg};
  }
  if (!tree.fault) diagnostics.append(std::move(found));
  return tree;
}

}  // namespace loa::config::yaml
