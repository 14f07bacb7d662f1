// Reads rows of {days, from, until}. Must not know what they do.
#include "config/settings_hours.hpp"

namespace loa::config {
namespace {

constexpr double kSoftest = -40;  // dB

void read_soft_row(const NodePtr& node, Diagnostics& diagnostics, std::vector<SoftHours>& rows) {
  Fields fields(node, diagnostics, msg("a row of soft_hours"));
  SoftHours row;
  row.at = node->span;
  if (const auto days = fields.days("days")) row.days = *days;
  const bool whole = read_span_of_day(fields, row.from, row.until,
                                      msg("it would be unclear whether it is soft never or the whole day"));
  const auto node_of_gain = fields.require("gain", msg("add “gain: -6”: by how many dB it is softer"));
  const auto gain = node_of_gain ? read_number(*node_of_gain, diagnostics, kSoftest, 0) : std::nullopt;
  fields.finish();
  if (!whole || !gain) return;
  row.gain = *gain;
  rows.push_back(row);
}

}  // namespace

bool read_span_of_day(Fields& fields, TimeOfDay& from, TimeOfDay& until, Text unclear) {
  const auto begins = fields.require("from", msg("add “from: \"05:00\"”"));
  const auto ends = fields.require("until", msg("add “until: \"21:00\"”"));
  const auto first = begins ? read_time(*begins, fields.diagnostics()) : std::nullopt;
  const auto last = ends ? read_time(*ends, fields.diagnostics(), true) : std::nullopt;
  if (!first || !last) return false;
  from = *first;
  until = *last;
  if (*first != *last) return true;
  fields.diagnostics()
      .error("empty-hours", ends->span, msg("the hours end when they begin, at {0}", to_string(*last)))
      .would(std::move(unclear))
      .mend(msg("write from \"00:00\" until \"24:00\" for the whole day, or leave the row out"));
  return false;
}

std::vector<SoftHours> read_soft_hours(Fields& audio) {
  std::vector<SoftHours> rows;
  const auto node = audio.find("soft_hours");
  if (!node) return rows;
  if (!node->is_sequence()) {
    read_soft_row(node, audio.diagnostics(), rows);
    return rows;
  }
  for (const auto& item : node->items) read_soft_row(item, audio.diagnostics(), rows);
  return rows;
}

}  // namespace loa::config
