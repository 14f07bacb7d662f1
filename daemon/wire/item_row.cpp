// One table of fields for both directions, so that what is written is what is read.
// Knows names and types only.
#include "daemon/wire/item_row.hpp"

#include <boost/json/value.hpp>

namespace loa::wire {

namespace {

/// Calls visit(name, member) for every plain field; verdict, reason and kind are words of their own.
template <class Row, class Visit>
void each_field(Row& row, Visit visit) {
  visit("id", row.id);
  visit("session", row.session);
  visit("what", row.what);
  visit("article", row.article);
  visit("relay", row.relay);
  visit("source", row.source);
  visit("campaign", row.campaign);
  visit("clip", row.clip);
  visit("sha256", row.sha256);
  visit("priority", row.priority);
  visit("planned_start", row.planned_start);
  visit("planned_end", row.planned_end);
  visit("start", row.start);
  visit("end", row.end);
  visit("frames_planned", row.frames_planned);
  visit("frames_played", row.frames_played);
  visit("start_error_ms", row.start_error_ms);
  visit("level_lufs", row.level_lufs);
  visit("device", row.device);
  visit("operator", row.operator_);
  visit("order", row.order);
  visit("announcement", row.announcement);
  visit("makes_good", row.makes_good);
  visit("repeat_of", row.repeat_of);
  visit("heard", row.heard);
  visit("note", row.note);
}

struct Put {
  Fields& fields;
  void operator()(const char* name, const std::string& value) const {
    if (!value.empty()) fields[name] = value;
  }
  void operator()(const char* name, const std::optional<HeardSound>& value) const {
    if (value) fields[name] = heard_object(*value);
  }
  template <class Number>
  void operator()(const char* name, const std::optional<Number>& value) const {
    if (value) fields[name] = *value;
  }
};

struct Take {
  const boost::json::object& row;
  bool& good;

  void operator()(const char* name, std::string& into) const {
    const auto* value = row.if_contains(name);
    if (value == nullptr) return;
    good = good && value->is_string();
    if (value->is_string()) into = std::string(value->get_string());
  }
  void operator()(const char* name, std::optional<HeardSound>& into) const {
    const auto* value = row.if_contains(name);
    if (value == nullptr) return;
    if (value->is_object()) into = heard_from(value->get_object());
    good = good && into;
  }
  template <class Number>
  void operator()(const char* name, std::optional<Number>& into) const {
    const auto* value = row.if_contains(name);
    if (value == nullptr) return;
    boost::system::error_code error;
    const auto number = value->to_number<Number>(error);
    good = good && !error;
    if (!error) into = number;
  }
};

/// False when the key is there and is no word of the list.
template <class Word>
bool take_word(const boost::json::object& row, const char* name, std::optional<Word> (*named)(std::string_view),
               std::optional<Word>& into) {
  const auto* value = row.if_contains(name);
  if (value == nullptr) return true;
  if (value->is_string()) into = named(value->get_string());
  return into.has_value();
}

std::optional<ItemRow::Kind> kind_of(const boost::json::object& row) {
  const auto* kind = row.if_contains("kind");
  if (kind == nullptr || !kind->is_string()) return {};
  if (kind->get_string() == "start") return ItemRow::Kind::start;
  if (kind->get_string() == "item") return ItemRow::Kind::item;
  return {};
}

}  // namespace

Fields ItemRow::fields() const {
  Fields made;
  made["kind"] = kind == Kind::start ? "start" : "item";
  each_field(*this, Put{made});
  if (verdict) made["verdict"] = name_of(*verdict);
  if (reason) made["reason"] = name_of(*reason);
  return made;
}

std::optional<ItemRow> ItemRow::from(const boost::json::object& row) {
  const auto kind = kind_of(row);
  if (!kind) return {};
  ItemRow made;
  made.kind = *kind;
  bool good = true;
  each_field(made, Take{row, good});
  good = take_word(row, "verdict", &verdict_named, made.verdict) && good;
  good = take_word(row, "reason", &reason_named, made.reason) && good;
  if (!good) return {};
  return made;
}

}  // namespace loa::wire
