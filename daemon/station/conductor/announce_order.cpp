#include "daemon/station/conductor/announce_order.hpp"

#include <boost/json.hpp>
#include <filesystem>

#include "daemon/wire/crypto.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;

constexpr std::string_view kAnnounceFormat = "loa-announce-1";

std::int64_t counted(Instant instant) {
  return instant.time_since_epoch().count();
}

json::object object_of(const AnnounceOrder& order) {
  json::object made{{"number", order.number},
                    {"by", order.by},
                    {"file", order.file},
                    {"copy", order.copy},
                    {"sha256", order.sha256},
                    {"input", order.input},
                    {"emergency", order.emergency},
                    {"ordered", counted(order.ordered)},
                    {"length", order.length.count()},
                    {"every", order.every.count()},
                    {"until", counted(order.until)},
                    {"due", counted(order.due)},
                    {"reached", order.reached.count()},
                    {"begun", order.begun}};
  if (order.between) {
    made["from"] = order.between->from.count();
    made["to"] = order.between->until.count();
  }
  return made;
}

std::int64_t whole_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr || !value->is_int64()) return 0;
  return value->get_int64();
}

bool flag_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

AnnounceOrder order_of(const json::object& object) {
  AnnounceOrder order;
  order.number = static_cast<std::uint64_t>(whole_of(object, "number"));
  order.by = wire::text_of(object, "by");
  order.file = wire::text_of(object, "file");
  order.copy = wire::text_of(object, "copy");
  order.sha256 = wire::text_of(object, "sha256");
  order.input = wire::text_of(object, "input");
  order.emergency = flag_of(object, "emergency");
  order.begun = flag_of(object, "begun");
  order.ordered = Instant(Frames(whole_of(object, "ordered")));
  order.length = Frames(whole_of(object, "length"));
  order.every = std::chrono::seconds(whole_of(object, "every"));
  order.until = Instant(Frames(whole_of(object, "until")));
  order.due = Instant(Frames(whole_of(object, "due")));
  order.reached = Frames(whole_of(object, "reached"));
  if (object.contains("from")) {
    order.between =
        DaySpan{std::chrono::seconds(whole_of(object, "from")), std::chrono::seconds(whole_of(object, "to"))};
  }
  return order;
}

}  // namespace

bool DaySpan::holds(std::chrono::seconds time) const {
  return from <= until ? from <= time && time <= until : time >= from || time <= until;
}

std::string AnnounceOrder::title() const {
  return is_live() ? input : std::filesystem::path(file).filename().string();
}

std::optional<Instant> next_repeat(const AnnounceOrder& order, Instant after, const calendar::Zone& zone) {
  if (!order.repeats()) return std::nullopt;
  const Frames every(order.every);
  const auto passed = std::max(Frames(0), after - order.ordered);
  for (auto at = order.ordered + every * (passed / every + 1); at <= order.until; at += every) {
    const auto local = zone.local(at);
    const auto time = std::chrono::floor<std::chrono::seconds>(local - std::chrono::floor<std::chrono::days>(local));
    if (!order.between || order.between->holds(time)) return at;
  }
  return std::nullopt;
}

std::string orders_text(const std::vector<AnnounceOrder>& orders, std::uint64_t next_number) {
  json::array all;
  for (const auto& order : orders) all.push_back(object_of(order));
  const auto body = json::serialize(json::object{{"next", next_number}, {"orders", std::move(all)}});
  return json::serialize(json::object{{"format", kAnnounceFormat}, {"sha256", wire::sha256_hex(body)}}) + "\n" + body +
         "\n";
}

KeptOrders orders_in(std::string_view text) {
  const auto parsed = [](std::string_view words) -> std::optional<json::object> {
    boost::system::error_code error;
    json::parse_options options;
    options.allow_invalid_utf8 = true;  // a file's path is bytes
    auto value = json::parse({words.data(), words.size()}, error, {}, options);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.as_object());
  };
  const auto end = text.find('\n');
  if (end == text.npos || !text.ends_with('\n') || text.size() < end + 2) return {};
  const auto body = text.substr(end + 1, text.size() - end - 2);
  const auto head = parsed(text.substr(0, end)), orders = parsed(body);
  if (!head || !orders || wire::text_of(*head, "format") != kAnnounceFormat) return {};
  if (wire::text_of(*head, "sha256") != wire::sha256_hex(body)) return {};
  KeptOrders kept;
  kept.next_number = static_cast<std::uint64_t>(std::max<std::int64_t>(1, whole_of(*orders, "next")));
  const auto* all = orders->if_contains("orders");
  if (all == nullptr || !all->is_array()) return kept;
  for (const auto& one : all->get_array()) {
    if (one.is_object()) kept.orders.push_back(order_of(one.get_object()));
  }
  return kept;
}

}  // namespace loa::station
