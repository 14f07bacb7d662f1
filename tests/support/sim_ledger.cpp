#include "tests/support/sim_ledger.hpp"

#include "scheduler/calendar/zone.hpp"

namespace loa::sim {

std::string text(const boost::json::object& row, std::string_view key) {
  const auto* value = row.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number(const boost::json::object& row, std::string_view key) {
  const auto* value = row.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : -1;
}

std::uint64_t SimLedger::append(wire::Fields fields) {
  static const auto utc = calendar::Zone::find("UTC");
  fields["at"] = calendar::rfc3339(clock_.now(), *utc);
  fields["seq"] = rows_.size() + 1;
  rows_.push_back(std::move(fields));
  durable_at_.resize(rows_.size() - 1);
  durable_at_.push_back(stuck ? Steady::max() : clock_.steady() + latency);
  return rows_.size();
}

std::uint64_t SimLedger::durable() const {
  std::uint64_t count = 0;
  // Rows become durable in order: a stuck one holds back the rest.
  for (auto i = rows_.size(); i > 0 && count == 0; --i) {
    if (durable_at_[i - 1] <= clock_.steady()) count = i;
  }
  return count;
}

std::optional<Steady> SimLedger::next() const {
  const auto first = durable();
  if (first >= rows_.size() || durable_at_[first] == Steady::max()) return {};
  return durable_at_[first];
}

station::History SimLedger::history() const {
  station::HistoryReader reader(clock_.now());
  for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
    if (!reader.row(*row)) break;
  }
  return reader.take(progress_);
}

std::vector<boost::json::object> SimLedger::of_kind(std::string_view kind) const {
  std::vector<boost::json::object> found;
  for (const auto& row : rows_) {
    if (text(row, "kind") == kind) found.push_back(row);
  }
  return found;
}

boost::json::object SimLedger::verdict_of(std::string_view id) const {
  for (const auto& row : rows_) {
    if (text(row, "kind") == "item" && text(row, "id") == id) return row;
  }
  return {};
}

}  // namespace loa::sim
