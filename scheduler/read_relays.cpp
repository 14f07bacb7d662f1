// `relays` of every file.
#include <algorithm>
#include <map>

#include "config/value_shape.hpp"
#include "playlists/section.hpp"
#include "scheduler/read_parts.hpp"

namespace loa::scheduler {

using config::Diagnostics;
using config::Fields;
using config::msg;

namespace {

constexpr std::size_t kLongestUrl = 2'000;

config::Text stays_silent() {
  return msg("nothing could be relayed, its fallback would be played");
}

void read_url(Fields& fields, Relay& relay) {
  const auto node = fields.find("url");
  const auto words = node ? config::read_words(*node, fields.diagnostics()) : std::nullopt;
  if (!words) return;
  relay.url = *words;
  if (is_relay_url(*words)) return;
  fields.diagnostics()
      .error("relay-url", node->span, msg("“{0}” is no address of a stream", config::shown(*words)))
      .would(stays_silent())
      .mend(msg("write the address of the stream, as in “url: \"https://example.vn/vov1.mp3\"”; only http and https, "
                "without a name and a password"));
}

void read_taken_from(Fields& fields, Relay& relay) {
  read_url(fields, relay);
  if (const auto words = fields.words("input")) relay.input = *words;
  auto& diagnostics = fields.diagnostics();
  if (fields.has("url") && fields.has("input")) {
    auto first = fields.key_span("url"), second = fields.key_span("input");
    if (second.begin < first.begin) std::swap(first, second);
    diagnostics
        .error("relay-source", second,
               msg("the relay “{0}” has an address and an input ({1})", relay.id, first.file_line()))
        .would(msg("nobody could say which of the two is meant"))
        .mend(msg("keep one of them"))
        .with(first);
  } else if (!fields.has("url") && !fields.has("input")) {
    fields.require("url", msg("write the address of the stream (“url”), or the sound device that hears it (“input”)"));
  }
}

Relay read_relay(const playlists::NamedNode& named, Diagnostics& diagnostics) {
  Relay relay;
  relay.id = named.id;
  relay.span = named.at;
  Fields fields(named.value, diagnostics, msg("a relay"));
  relay.title = fields.words("title").value_or(named.id);
  const auto source = fields.choice("source", {playlists::kSourceNames.begin(), playlists::kSourceNames.end()});
  for (std::size_t i = 0; source && i < playlists::kSourceNames.size(); ++i) {
    if (*source == playlists::kSourceNames[i]) relay.source = static_cast<playlists::Source>(i);
  }
  read_taken_from(fields, relay);
  if (const auto node = fields.find("fallback")) {
    relay.fallback_at = node->span;
    relay.fallback = config::read_id(*node, diagnostics).value_or("");
  }
  fields.finish();
  return relay;
}

}  // namespace

bool is_relay_url(std::string_view url) {
  if (url.size() > kLongestUrl) return false;
  const auto scheme = url.find("://");
  if (scheme == url.npos) return false;
  std::string name(url.substr(0, scheme));
  for (auto& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (name != "http" && name != "https") return false;
  const auto rest = url.substr(scheme + 3);
  const auto host = rest.substr(0, rest.find_first_of("/?#"));
  const bool printable = std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '\\' && c != '"' && c != '<' && c != '>';
  });
  return printable && !host.empty() && host.front() != ':' && host.find('@') == host.npos;
}

std::vector<Relay> read_relays(const std::vector<config::ScheduleFile>& files, Diagnostics& diagnostics) {
  std::map<std::string, Relay, std::less<>> relays;
  playlists::GivenNames names(msg("give one of the relays another name"));
  for (const auto& file : files) {
    for (const auto& named : playlists::read_section(file.root, "relays", diagnostics)) {
      auto relay = read_relay(named, diagnostics);
      if (names.take(named, file.folder, diagnostics)) relays.insert_or_assign(named.id, std::move(relay));
    }
  }
  std::vector<Relay> sorted;
  for (auto& [id, relay] : relays) sorted.push_back(std::move(relay));
  return sorted;
}

}  // namespace loa::scheduler
