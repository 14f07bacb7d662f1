#include "daemon/station/run/run_approve.hpp"

#include <boost/json/array.hpp>
#include <chrono>
#include <utility>

#include "config/text.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;
using config::msg;
using wire::text_of;

constexpr std::chrono::seconds kSaidRows{1};  // what is said to be so survives a kill

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

ApprovalDesk::ApprovalDesk(Ledger& rows, FileLedger& ledger, std::function<void()> reload)
    : rows_(rows), ledger_(ledger), reload_(std::move(reload)) {}

json::object ApprovalDesk::answer(const json::object& request) {
  const auto by = text_of(request, "by");
  const auto language = config::language_named(text_of(request, "lang")).value_or(config::Language::vi);
  const auto recordings = recordings_in(request);
  if (by.empty() || recordings.empty()) {
    return {{"done", false}, {"message", msg("nothing is named that could be approved").in(language)}};
  }
  std::optional<std::uint64_t> ticket;
  for (const auto& recording : recordings) {
    if (!known_.insert(recording.sha256).second) continue;
    ticket = rows_.append(approve_row(recording, by));
  }
  const bool durable = !ticket || ledger_.flush(kSaidRows);
  if (ticket) awaited_ = ticket;
  on_durable();
  return {{"done", true}, {"durable", durable}};
}

void ApprovalDesk::on_durable() {
  if (!awaited_ || ledger_.durable() < *awaited_) return;
  awaited_.reset();
  reload_();
}

void ApprovalDesk::use(const playlists::Approvals& approvals) {
  for (const auto& [sha256, approval] : approvals) known_.insert(sha256);
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
