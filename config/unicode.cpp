// Unicode helpers over utf8proc. Knows code points; must not know files, YAML or messages.
#include "config/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace loa::config {
namespace {

struct CodePoint {
  utf8proc_int32_t value = -1;  // -1: the byte is not UTF-8
  std::size_t size = 1;
};

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  CodePoint point;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + offset;
  const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - offset), &point.value);
  if (size <= 0) return {};
  point.size = static_cast<std::size_t>(size);
  return point;
}

bool joins(const CodePoint& left, const CodePoint& right, utf8proc_int32_t& state) {
  if (left.value < 0 || right.value < 0) {
    state = 0;
    return false;
  }
  return utf8proc_grapheme_break_stateful(left.value, right.value, &state) == 0;
}

int cells_of(const CodePoint& point) {
  return point.value < 0 ? 1 : utf8proc_charwidth(point.value);
}

// Two printable ASCII letters never join; most texts are made of them.
bool is_plain_letter(std::string_view text, std::size_t at) {
  const auto is_ascii = [&](std::size_t i) { return i == text.size() || static_cast<unsigned char>(text[i]) < 0x80; };
  return text[at] >= 0x20 && text[at] < 0x7F && is_ascii(at + 1);
}

template <class Visit>
void each_cluster(std::string_view text, Visit visit) {
  utf8proc_int32_t state = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (is_plain_letter(text, at)) {
      visit(Cluster{at, at + 1, 1});
      ++at;
      continue;
    }
    CodePoint last = code_point_at(text, at);
    Cluster cluster{at, at + last.size, cells_of(last)};
    while (cluster.end < text.size()) {
      const CodePoint next = code_point_at(text, cluster.end);
      if (!joins(last, next, state)) break;
      cluster.end += next.size;
      cluster.cells = std::max(cluster.cells, cells_of(next));
      last = next;
    }
    at = cluster.end;
    visit(cluster);
  }
}

struct Free {
  void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* raw = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                   &raw, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, Free> bytes(raw);
  if (size < 0) return std::string(text);
  return std::string(reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size));
}

// đ has no decomposition: it is a letter of its own.
std::string with_plain_d(std::string_view text) {
  constexpr std::string_view stroked = "đ";
  std::string plain;
  while (!text.empty()) {
    const bool found = text.starts_with(stroked);
    plain += found ? 'd' : text[0];
    text.remove_prefix(found ? stroked.size() : 1);
  }
  return plain;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint point = code_point_at(text, at);
    if (point.value < 0) return at;
    at += point.size;
  }
  return std::string_view::npos;
}

bool valid_utf8(std::string_view text) {
  return first_invalid_utf8(text) == std::string_view::npos;
}

std::string nfc(std::string_view text) {
  return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::vector<Cluster> clusters(std::string_view text) {
  std::vector<Cluster> found;
  each_cluster(text, [&](const Cluster& cluster) { found.push_back(cluster); });
  return found;
}

std::size_t count_clusters(std::string_view text) {
  std::size_t count = 0;
  each_cluster(text, [&](const Cluster&) { ++count; });
  return count;
}

std::size_t count_cells(std::string_view text) {
  std::size_t count = 0;
  each_cluster(text, [&](const Cluster& cluster) { count += static_cast<std::size_t>(cluster.cells); });
  return count;
}

std::string folded(std::string_view text) {
  return with_plain_d(mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD));
}

namespace {

/// Broken bytes and control characters.
bool cannot_be_shown(const CodePoint& point) {
  return point.value < 0x20 || (point.value >= 0x7f && point.value < 0xa0);
}

void add_escaped(std::string& shown, std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char each : bytes) {
    const auto byte = static_cast<unsigned char>(each);
    shown += "\\x";
    shown += kDigits[byte / 16];
    shown += kDigits[byte % 16];
  }
}

}  // namespace

std::string escaped(std::string_view name) {
  std::string shown;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = code_point_at(name, at);
    const auto bytes = name.substr(at, point.size);
    if (cannot_be_shown(point)) {
      add_escaped(shown, bytes);
    } else {
      shown += bytes;
    }
    at += point.size;
  }
  return shown;
}

std::string printable(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (point.value == '\t') {
      shown += ' ';
    } else if (cannot_be_shown(point)) {
      shown += "\uFFFD";
    } else {
      shown += text.substr(at, point.size);
    }
    at += point.size;
  }
  return shown;
}

}  // namespace loa::config
