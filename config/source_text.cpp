// Lines and columns of one text. Knows line ends and grapheme clusters; must not know YAML.
#include "config/source_text.hpp"

#include <algorithm>

#include "config/unicode.hpp"

namespace loa::config {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kLongLine = 4096;  // bytes; above it columns are counted from remembered places

std::vector<std::size_t> starts_of_lines(std::string_view bytes) {
  std::vector<std::size_t> starts{bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0};
  for (std::size_t at = starts[0]; at < bytes.size(); ++at) {
    const bool lone_return = bytes[at] == '\r' && (at + 1 == bytes.size() || bytes[at + 1] != '\n');
    if (bytes[at] == '\n' || lone_return) starts.push_back(at + 1);
  }
  return starts;
}

}  // namespace

SourceText::SourceText(std::string name, std::string bytes)
    : name_(std::move(name)), bytes_(std::move(bytes)), line_starts_(starts_of_lines(bytes_)) {
  for (std::size_t number = 1; number <= line_count(); ++number) remember_columns(number);
}

void SourceText::remember_columns(std::size_t number) {
  const auto text = line(number);
  if (text.size() < kLongLine) return;
  const auto begin = line_begin(number);
  std::size_t column = 1;
  std::size_t next = kLongLine;
  for (std::size_t from = 0; from < text.size(); from = next, next = std::min(from + kLongLine, text.size())) {
    for (const auto& cluster : clusters(text.substr(from, next - from + 64))) {
      if (from + cluster.begin >= next) {
        next = from + cluster.begin;
        break;
      }
      ++column;
    }
    columns_.push_back({begin + next, column});
  }
}

Position SourceText::position(std::size_t offset) const {
  offset = std::min(offset, bytes_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto number = std::max<std::ptrdiff_t>(1, after - line_starts_.begin());
  Position found{static_cast<std::size_t>(number), 1};
  auto from = line_begin(found.line);
  const auto known = std::upper_bound(columns_.begin(), columns_.end(), offset,
                                      [](std::size_t value, const Column& place) { return value < place.offset; });
  if (known != columns_.begin() && std::prev(known)->offset > from) {
    from = std::prev(known)->offset;
    found.column = std::prev(known)->column;
  }
  const auto end = std::min(offset, line_begin(found.line) + line(found.line).size());
  if (end > from) found.column += count_clusters(bytes().substr(from, end - from));
  return found;
}

std::size_t SourceText::line_begin(std::size_t number) const {
  return line_starts_.at(number - 1);
}

std::string_view SourceText::line(std::size_t number) const {
  const auto begin = line_begin(number);
  const auto end = number < line_count() ? line_begin(number + 1) : bytes_.size();
  auto text = bytes().substr(begin, end - begin);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::string Span::file_line() const {
  if (source == nullptr) return {};
  return source->name() + ':' + std::to_string(source->position(begin).line);
}

const SourceText& Sources::add(std::string name, std::string bytes) {
  return texts_.emplace_back(std::move(name), std::move(bytes));
}

}  // namespace loa::config
