// Reads names: ids, titles, one of a few words. Must not know what bears the name.
#include <algorithm>

#include "config/fields.hpp"
#include "config/unicode.hpp"
#include "config/value_shape.hpp"

namespace loa::config {
namespace {

constexpr std::size_t kLongestId = 64;

bool is_id_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

struct NameComplaint {
  const char* code;
  Text message;
};

NameComplaint complaint_about_id(const std::string& word) {
  const auto text = shown(word);
  if (word.size() > kLongestId && std::all_of(word.begin(), word.end(), is_id_letter)) {
    return {"id-too-long", msg("the id {0} is longer than 64 letters", text)};
  }
  const bool marks =
      std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (marks) return {"id-with-marks", msg("the id “{0}” has letters with marks", text)};
  const bool capitals = std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (capitals) return {"id-with-capitals", msg("the id “{0}” has capital letters", text)};
  return {"bad-id", msg("“{0}” is not an id", text)};
}

// A ` #` begins a comment. Behind an unquoted title, what follows looks like a lost part of it when no blank stands
// after the `#`, or when one blank before and a number after make it "số # 5".
bool looks_cut(const Node& node) {
  if (node.quoted || node.span.source == nullptr) return false;
  const auto& source = *node.span.source;
  const auto rest = source.bytes().substr(node.span.end, 4);
  if (!rest.starts_with(" #") || rest.size() < 3) return false;
  const char after = rest[2];
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '#'; };
  if (!is_blank(after)) return true;
  return after == ' ' && rest.size() > 3 && rest[3] >= '0' && rest[3] <= '9';
}

void warn_about_cut(const Node& node, Diagnostics& diagnostics) {
  const auto& source = *node.span.source;
  const auto number = source.position(node.span.end).line;
  const auto end = source.line_begin(number) + source.line(number).size();
  const auto whole = source.bytes().substr(node.span.begin, end - node.span.begin);
  diagnostics
      .warning("hash-cuts", {&source, node.span.end + 1, end}, msg("“ #” begins a comment: the text ends before it"))
      .would(msg("reports and lists would show only “{0}”", shown(node.scalar)))
      .mend(quote_this(whole));
}

bool begins_curly(std::string_view text) {
  return text.starts_with("“") || text.starts_with("”") || text.starts_with("‘") || text.starts_with("„");
}

void warn_about_curly(const Node& node, Diagnostics& diagnostics) {
  diagnostics.warning("curly-quotes", node.span, msg("typographic quotes do not quote"))
      .would(msg("they would be part of the text itself, in reports and lists"))
      .mend(msg("use straight quotes, or leave them if they belong to the text: then put straight ones around it"));
}

// A text typed in a TCVN3 font and stored as if it were Latin: "§µi truyÒn thanh x·".
bool looks_like_tcvn3(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    const auto first = static_cast<unsigned char>(text[at]), second = static_cast<unsigned char>(text[at + 1]);
    const bool sign = first == 0xC2 && second >= 0xA7 && second <= 0xBE;
    const char after = text[at + 2];
    count += sign && ((after >= 'a' && after <= 'z') || static_cast<unsigned char>(after) == 0xC2);
  }
  return count >= 2;
}

void warn_about_tcvn3(const Node& node, Diagnostics& diagnostics) {
  diagnostics.warning("tcvn3-letters", node.span, msg("this looks like text typed in a TCVN3 (ABC) font"))
      .would(msg("lists and reports would show it as it stands here"))
      .mend(msg("convert it to Unicode (UniKey: Ctrl+Shift+F6)"));
}

void warn_about_lone_quote(const Node& node, Diagnostics& diagnostics) {
  diagnostics.warning("lone-quote", node.span, msg("one quote stands alone in this text"))
      .would(msg("it would be shown as part of the text"))
      .mend(msg("add the other one, or delete it"));
}

void look_at_title(const Node& node, Diagnostics& diagnostics) {
  const auto quotes = std::count(node.scalar.begin(), node.scalar.end(), '"');
  if (!node.quoted && begins_curly(node.scalar)) warn_about_curly(node, diagnostics);
  if (!node.quoted && quotes % 2 == 1) warn_about_lone_quote(node, diagnostics);
  if (looks_like_tcvn3(node.scalar)) warn_about_tcvn3(node, diagnostics);
  if (looks_cut(node)) warn_about_cut(node, diagnostics);
}

/// The name that a Vietnamese word stands for, if it is one of `names`; else "".
std::string choice_meant(std::string_view word, const std::vector<std::string>& names) {
  static const std::vector<std::pair<std::string_view, std::string>> words = {{"khancap", "emergency"},
                                                                              {"uutien", "priority"},
                                                                              {"thuong", "ordinary"},
                                                                              {"binhthuong", "ordinary"},
                                                                              {"thongthuong", "ordinary"},
                                                                              {"phattiep", "resume"},
                                                                              {"phatlai", "restart"},
                                                                              {"phatlaitudau", "restart"},
                                                                              {"bo", "drop"},
                                                                              {"boqua", "skip"},
                                                                              {"tudau", "start"},
                                                                              {"cat", "cut"},
                                                                              {"nhodan", "fade"},
                                                                              {"phathet", "finish"},
                                                                              {"batbuoc", "required"},
                                                                              {"tat", "off"},
                                                                              {"1", "emergency"},
                                                                              {"urgent", "emergency"},
                                                                              {"2", "priority"},
                                                                              {"high", "priority"},
                                                                              {"3", "ordinary"},
                                                                              {"normal", "ordinary"},
                                                                              {"tieptuc", "resume"},
                                                                              {"co", "required"},
                                                                              {"yes", "required"},
                                                                              {"on", "required"},
                                                                              {"true", "required"},
                                                                              {"khong", "off"},
                                                                              {"no", "off"},
                                                                              {"false", "off"},
                                                                              {"chung", "general"},
                                                                              {"dotxuat", "unscheduled"},
                                                                              {"chinhsach", "policy"},
                                                                              {"chinhsachphapluat", "policy"},
                                                                              {"diaphuong", "local"},
                                                                              {"kienthuc", "knowledge"},
                                                                              {"guongdienhinh", "example"},
                                                                              {"nguoitotviectot", "example"},
                                                                              {"xa", "commune"},
                                                                              {"phuong", "commune"},
                                                                              {"dackhu", "commune"},
                                                                              {"ward", "commune"},
                                                                              {"tinh", "province"},
                                                                              {"cumloa", "cluster"},
                                                                              {"thon", "hamlet"},
                                                                              {"todanpho", "hamlet"},
                                                                              {"captren", "parent"},
                                                                              {"tiengviet", "vi"},
                                                                              {"vietnamese", "vi"},
                                                                              {"tienganh", "en"},
                                                                              {"english", "en"}};
  auto plain = folded(word);
  std::erase_if(plain, [](char c) { return c == ' ' || c == '-' || c == '_'; });
  for (const auto& [said, name] : words) {
    if (plain == said && std::find(names.begin(), names.end(), name) != names.end()) return name;
  }
  return {};
}

/// "khai-sinh, can-cuoc": each of them; none when it is not several ids.
std::vector<std::string> ids_meant(std::string_view words) {
  std::vector<std::string> ids;
  for (auto end = words.find_first_of(",;"); !words.empty(); end = words.find_first_of(",;")) {
    auto id = words.substr(0, end);
    while (id.starts_with(' ')) id.remove_prefix(1);
    while (id.ends_with(' ')) id.remove_suffix(1);
    if (id.empty() || !std::all_of(id.begin(), id.end(), is_id_letter)) return {};
    ids.emplace_back(id);
    words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
  }
  return ids.size() > 1 ? ids : std::vector<std::string>();
}

Text advice_about_id(const Node& node, std::string_view word, bool list_too) {
  const auto several = ids_meant(word);
  const bool in_list = node.owner.source != nullptr && node.owner.begin == node.span.begin;
  if (in_list && word.find('/') != std::string_view::npos) {
    return msg("name the recording under “articles” (“clip: {0}”), and write the article's name here", shown(word));
  }
  if (several.empty()) {
    const auto meant = id_like(word);
    return meant.empty() ? msg("write {0}", msg("an id of a-z, 0-9 and “-”, at most 64 letters")) : write_this(meant);
  }
  const auto list = flow_list(several);
  if (in_list && node.flow) return write_this(list.substr(1, list.size() - 2));
  if (in_list) return msg("give each its own line with a dash");
  return list_too ? write_this(list) : msg("only one name may stand here");
}

}  // namespace

std::string id_like(std::string_view words) {
  std::string id;
  for (const char c : folded(words)) {
    if (is_id_letter(c) && c != '-') {
      id += c;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  while (id.ends_with('-')) id.pop_back();
  return id.substr(0, kLongestId);
}

std::optional<std::string> read_id(const Node& node, Diagnostics& diagnostics, bool list_too) {
  const auto form = msg("an id of a-z, 0-9 and “-”, at most 64 letters");
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  const bool letters = !word->empty() && std::all_of(word->begin(), word->end(), is_id_letter);
  if (letters && word->size() <= kLongestId) return word;
  const auto complaint = complaint_about_id(*word);
  diagnostics.error(complaint.code, node.span, complaint.message)
      .would(msg("other lines and the records of past broadcasts could not name it"))
      .mend(advice_about_id(node, word->substr(0, 4 * kLongestId), list_too));
  return std::nullopt;
}

std::optional<std::string> read_words(const Node& node, Diagnostics& diagnostics) {
  const auto form = msg("a text");
  const auto text = any_text(node, diagnostics, form);
  if (!text) return std::nullopt;
  if (text->find_first_not_of(' ') == std::string::npos) {
    diagnostics.error("empty-value", node.span, msg("the text is empty"))
        .would(msg("nobody could tell what it is, neither in lists nor in reports"))
        .mend(msg("write {0}", form));
    return std::nullopt;
  }
  if (text->find_first_of("\r\n") != std::string::npos) {
    diagnostics.error("several-lines", node.span, msg("this text has several lines; one is expected"))
        .would(msg("lists and reports have one line for it"))
        .mend(msg("write it on one line, in quotes"));
    return std::nullopt;
  }
  look_at_title(node, diagnostics);
  return text;
}

std::optional<std::string> read_choice(const Node& node, Diagnostics& diagnostics,
                                       const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : " | ") + name;
  const auto form = Text::verbatim(list);
  const auto word = plain_word(node, diagnostics, form);
  if (!word) return std::nullopt;
  if (std::find(names.begin(), names.end(), *word) != names.end()) return word;
  auto near = choice_meant(*word, names);
  if (near.empty()) near = nearest(*word, names);
  diagnostics.error("not-a-choice", node.span, msg("“{0}” is none of {1}", shown(*word), list))
      .would(msg("what is meant is not known, so it cannot take effect"))
      .mend(near.empty() ? msg("write one of {0}", list) : write_this(near));
  return std::nullopt;
}

}  // namespace loa::config
