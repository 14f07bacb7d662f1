#include "daemon/station/run/run_approve.hpp"

#include <boost/json/array.hpp>
#include <chrono>

#include "config/text.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;
using config::msg;
using wire::text_of;

std::vector<ApprovedRecording> recordings_in(const json::object& request) {
  std::vector<ApprovedRecording> recordings;
  const auto* list = request.if_contains("recordings");
  if (list == nullptr || !list->is_array()) return recordings;
  for (const auto& each : list->get_array()) {
    if (!each.is_object()) continue;
    const auto& one = each.get_object();
    ApprovedRecording recording{text_of(one, "article"), text_of(one, "clip"), text_of(one, "sha256")};
    if (is_sha256(recording.sha256)) recordings.push_back(std::move(recording));
  }
  return recordings;
}

}  // namespace

ApprovalDesk::ApprovalDesk(Ledger& rows, FileLedger& ledger, AwaitedRows& awaited)
    : rows_(rows), ledger_(ledger), awaited_(awaited) {}

json::object ApprovalDesk::answer(const json::object& request) {
  const auto by = text_of(request, "by");
  const auto language = config::language_named(text_of(request, "lang")).value_or(config::Language::vi);
  const auto recordings = recordings_in(request);
  if (by.empty() || recordings.empty()) {
    return {{"done", false}, {"message", msg("nothing is named that could be approved").in(language)}};
  }
  for (const auto& recording : recordings) {
    if (!is_sha256(recording.sha256) || known_.contains(recording.sha256)) continue;
    const auto [ticket, is_new] = written_.try_emplace(recording.sha256);
    if (is_new) awaited_.await(ticket->second = rows_.append(approve_row(recording, by)));
  }
  const bool durable = !awaited_.waiting() || ledger_.flush(kSaidRows);
  awaited_.on_durable();
  return {{"done", true}, {"durable", durable}};
}

/// What is on the disk and not among them is no longer in the ledger: it may be approved again.
void ApprovalDesk::use(const playlists::Approvals& approvals) {
  known_.clear();
  for (const auto& [sha256, approval] : approvals) known_.insert(sha256);
  std::erase_if(written_, [&](const auto& each) { return each.second <= ledger_.durable(); });
}

json::object approve_request(const std::vector<ApprovedRecording>& recordings, const std::string& by,
                             std::string_view language) {
  json::array list;
  for (const auto& each : recordings) {
    list.push_back(json::object{{"article", each.article}, {"clip", each.clip}, {"sha256", each.sha256}});
  }
  return {{"command", "approve"}, {"by", by}, {"lang", language}, {"recordings", std::move(list)}};
}

}  // namespace loa::station
