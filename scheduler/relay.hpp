// A relay as the operator wrote it: sound that another station makes while it is aired here.
#pragma once

#include <string>

#include "playlists/article.hpp"

namespace loa::scheduler {

struct Relay {
  std::string id;
  std::string title;
  playlists::Source source = playlists::Source::other;  // for the report's split
  std::string url;                                      // http or https; "": an input
  std::string input;                                    // a sound device, as `audio.device` is named; "": a url
  std::string fallback;                                 // article played while nothing comes; "" = silence
  config::Span span{};                                  // its id
  config::Span fallback_at{};

  /// What it is taken from, for people.
  const std::string& taken_from() const { return url.empty() ? input : url; }
};

/// http:// or https:// with a host, at most 2,000 letters of ASCII, no blanks, and no name or password in it.
bool is_relay_url(std::string_view url);

}  // namespace loa::scheduler
