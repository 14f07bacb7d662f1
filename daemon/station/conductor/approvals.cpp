#include "daemon/station/conductor/approvals.hpp"

#include <algorithm>

namespace loa::station {

namespace {

constexpr std::string_view kApproveKind = "approve";

}  // namespace

wire::Fields approve_row(const ApprovedRecording& recording, const std::string& by) {
  wire::Fields row{{"kind", kApproveKind}, {"clip", recording.clip}, {"sha256", recording.sha256}, {"operator", by}};
  if (!recording.article.empty()) row["article"] = recording.article;
  return row;
}

playlists::Approvals approvals_in(const std::vector<boost::json::object>& rows) {
  playlists::Approvals approvals;
  for (const auto& row : rows) {
    if (wire::text_of(row, "kind") != kApproveKind) continue;
    auto sha256 = wire::text_of(row, "sha256");
    if (!is_sha256(sha256)) continue;
    approvals.try_emplace(std::move(sha256),
                          playlists::Approval{wire::text_of(row, "operator"), wire::text_of(row, "at")});
  }
  return approvals;
}

bool is_sha256(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace loa::station
