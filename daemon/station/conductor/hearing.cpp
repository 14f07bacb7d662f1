#include "daemon/station/conductor/hearing.hpp"

#include <algorithm>

#include "daemon/station/conductor/conductor_rows.hpp"

namespace loa::station {

void Hearing::use(const std::string& input) {
  if (link_ == nullptr || input == input_) return;
  input_ = input;
  state_ = input.empty() ? "" : "starting";
  note_.clear();
  not_heard_.clear();
  told_.clear();
  while (!waiting_.empty()) settle(waiting_.begin()->first, std::nullopt);
  link_->use(input);
}

/// Announcements and what is live have no master that could be compared; a relay is now the one, now the other.
void Hearing::started(const Airing& airing, Steady at) {
  if (input_.empty() || !airing.master || airing.announcement != 0 || airing.is_relay()) return;
  wire::SoundsOrder order;
  order.id = airing.item.id;
  order.master = airing.master->path;
  order.offset = airing.offset + airing.entered;
  order.frames = airing.frames - airing.entered;
  order.at = std::max(at, Steady(0));
  told_[order.id] = true;
  link_->send(order);
}

void Hearing::over(const Airing& airing) {
  const auto found = told_.find(airing.item.id);
  if (found == told_.end() || !std::exchange(found->second, false)) return;
  link_->send(wire::OverOrder{airing.item.id, airing.played_now});
}

void Hearing::close(const Airing& airing, wire::Fields row, Steady now) {
  const auto& id = airing.item.id;
  const bool compared = told_.erase(id) > 0;
  if (!compared || state_ != "open") {
    ledger_.append(std::move(row));
    return;
  }
  Waiting waiting{std::move(row), {id, airing.played().count(), airing.reached().count()}, now + Steady(kPatience)};
  waiting_.insert_or_assign(id, std::move(waiting));
  link_->send(wire::AskOrder{id});
}

void Hearing::settle(const std::string& id, const std::optional<wire::HeardSound>& heard) {
  auto found = waiting_.extract(id);
  if (found.empty()) return;
  auto row = std::move(found.mapped().row);
  if (heard) row["heard"] = wire::heard_object(*heard);
  ledger_.append(std::move(row));
  if (!heard || heard->found == not_heard_.empty()) return;
  tell(heard->found ? kHeardAgain : kNotHeard, id);
  not_heard_ = heard->found ? "" : id;
}

void Hearing::tell(std::string_view beginning, const std::string& rest) {
  auto row = incident_row("device", std::string(beginning) + rest);
  row["device"] = input_;
  ledger_.append(std::move(row));
}

void Hearing::on(const wire::ListenerEvent& event) {
  if (input_.empty()) return;
  if (const auto* heard = std::get_if<wire::HeardEvent>(&event)) settle(heard->id, heard->heard);
  if (const auto* input = std::get_if<wire::InputEvent>(&event)) {
    note_input(std::string(name_of(input->state)), input->note);
  }
}

/// Each trouble once: a listener that is started again says it again.
void Hearing::note_input(std::string state, const std::string& why) {
  if (state == state_ && why == note_) return;
  state_ = std::move(state);
  note_ = why;
  tell(kListens, why.empty() ? state_ : state_ + ": " + why);
}

void Hearing::gone(const std::string& why) {
  if (input_.empty()) return;
  told_.clear();
  while (!waiting_.empty()) settle(waiting_.begin()->first, std::nullopt);
  note_input("gone", why);
}

void Hearing::look(Steady now) {
  std::vector<std::string> due;
  for (const auto& [id, waiting] : waiting_) {
    if (now >= waiting.until) due.push_back(id);
  }
  for (const auto& id : due) settle(id, std::nullopt);
}

void Hearing::hurry(Steady now) {
  for (auto& [id, waiting] : waiting_) waiting.until = std::min(waiting.until, now + Steady(kAtTheEnd));
}

std::optional<Steady> Hearing::look_at() const {
  std::optional<Steady> first;
  for (const auto& [id, waiting] : waiting_) first = std::min(first.value_or(waiting.until), waiting.until);
  return first;
}

std::optional<Status::Listening> Hearing::status() const {
  if (input_.empty()) return std::nullopt;
  return Status::Listening{input_, state_, note_, not_heard_};
}

std::vector<Progress::Waiting> Hearing::unwritten() const {
  std::vector<Progress::Waiting> found;
  for (const auto& [id, waiting] : waiting_) found.push_back(waiting.progress);
  return found;
}

}  // namespace loa::station
