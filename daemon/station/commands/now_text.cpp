#include "daemon/station/commands/now_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "daemon/station/page/keying_words.hpp"
#include "daemon/station/page/listening_words.hpp"
#include "daemon/station/page/state_words.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

namespace {

namespace json = boost::json;
using config::Language;
using config::msg;
using wire::text_of;

constexpr int kBarCells = 24;

double number_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<double>() : 0;
}

const json::object* object_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr ? value->if_object() : nullptr;
}

std::string item_name(const json::object& item) {
  for (const char* key : {"title", "article", "id"}) {
    if (auto words = text_of(item, key); !words.empty()) return words;
  }
  return "";
}

/// "05:30:00" of an RFC 3339 instant; another day's with its date before.
std::string time_of(const std::string& instant, const std::string& now) {
  if (instant.size() < 19) return instant;
  const auto time = instant.substr(11, 8);
  if (instant.substr(0, 10) == now.substr(0, 10)) return time;
  return instant.substr(8, 2) + "/" + instant.substr(5, 2) + " " + time;
}

std::string minutes(double seconds) {
  const auto whole = std::lround(std::max(seconds, 0.0));
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string bar(double part) {
  const int full = static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * kBarCells));
  std::string cells;
  for (int i = 0; i < kBarCells; ++i) cells += i < full ? "█" : "░";
  return cells;
}

std::string on_air_line(const json::object* item, const std::string& now, Language language) {
  if (item == nullptr) return fmt::format("{}  {}\n", time_of(now, now), msg("silence").in(language));
  const double played = number_at(*item, "played"), length = number_at(*item, "duration");
  const auto by = text_of(*item, "announced_by");
  const auto words = by.empty() ? msg("now playing") : msg("announced by {0}", by);
  const auto what = fmt::format("{}  {}: {}\n          ", time_of(now, now), words.in(language), item_name(*item));
  // Of an announcement that is decoded while it sounds the length is not known.
  if (length <= 0) return what + minutes(played) + "\n";
  return what + fmt::format("{} {} / {}\n", bar(played / length), minutes(played), minutes(length));
}

std::string announcement_lines(const json::object& status, const std::string& now, Language language) {
  std::string lines;
  const auto* all = status.if_contains("announcements");
  if (all == nullptr || !all->is_array()) return lines;
  for (const auto& one : all->get_array()) {
    const auto* order = one.if_object();
    if (order == nullptr || text_of(*order, "next").empty()) continue;
    lines += "          " +
             msg("announcement of {0}: {1}, again at {2}, until {3}", text_of(*order, "by"), text_of(*order, "title"),
                 time_of(text_of(*order, "next"), now), time_of(text_of(*order, "until"), now))
                 .in(language) +
             "\n";
  }
  return lines;
}

std::string amplifier_lines(const json::object& status, Language language) {
  std::string lines;
  const auto* all = status.if_contains("amplifier");
  if (all == nullptr || !all->is_array()) return lines;
  for (const auto& each : all->get_array()) {
    const auto* object = each.if_object();
    if (object == nullptr) continue;
    const auto flag = [&](const char* key) {
      const auto* value = object->if_contains(key);
      return value != nullptr && value->is_bool() && value->get_bool();
    };
    const Status::Amplifier amplifier{text_of(*object, "key"), flag("on"), flag("wanted"), text_of(*object, "fault")};
    lines += "          " + amplifier_words(amplifier).in(language) + "\n";
  }
  return lines;
}

std::string listening_line(const json::object& status, Language language) {
  const auto* object = object_at(status, "listening");
  if (object == nullptr) return "";
  const Status::Listening listening{text_of(*object, "device"), text_of(*object, "state"), text_of(*object, "note"),
                                    text_of(*object, "not_heard")};
  return "          " + msg("listening back: {0}", listening_words(listening)).in(language) + "\n";
}

}  // namespace

std::string now_text(const json::object& status, Language language) {
  const auto now = text_of(status, "now");
  auto text = on_air_line(object_at(status, "on_air"), now, language);
  if (const auto* next = object_at(status, "next")) {
    text += fmt::format("          {}: {} {}\n", msg("then").in(language), time_of(text_of(*next, "start"), now),
                        item_name(*next));
  }
  text += announcement_lines(status, now, language);
  const auto device =
      device_words(text_of(status, "device_state"), text_of(status, "device"), text_of(status, "device_note"),
                   status.contains("second_device"), status.contains("silent"));
  text += fmt::format("          {} · {}\n", clock_words(text_of(status, "clock")).in(language), device.in(language));
  text += amplifier_lines(status, language);
  text += listening_line(status, language);
  if (const auto* held = object_at(status, "held")) {
    text += "          " +
            msg("an edit is held: it leaves {0} of {1} items in the next 7 days; loa accept --by NAME takes it",
                static_cast<long long>(number_at(*held, "items_after")),
                static_cast<long long>(number_at(*held, "items_before")))
                .in(language) +
            "\n";
  }
  if (const auto fault = text_of(status, "disk_fault"); !fault.empty())
    text += "          " + msg("DISK: {0}", fault).in(language) + "\n";
  return text;
}

}  // namespace loa::station
