// The text of one file and places in it. Columns count grapheme clusters from 1, as an editor's status line does.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace loa::config {

struct Position {
  std::size_t line = 1;    // from 1
  std::size_t column = 1;  // grapheme clusters, from 1
};

class SourceText {
 public:
  /// `name` is what people see: the path relative to the station's folder, '/' between parts.
  SourceText(std::string name, std::string bytes);

  const std::string& name() const { return name_; }
  std::string_view bytes() const { return bytes_; }
  Position position(std::size_t offset) const;       // offset in bytes, clamped to the end
  std::string_view line(std::size_t number) const;   // without its line end
  std::size_t line_begin(std::size_t number) const;  // byte offset
  std::size_t line_count() const { return line_starts_.size(); }

 private:
  std::string name_;
  struct Column {
    std::size_t offset;
    std::size_t column;
  };
  void remember_columns(std::size_t number);

  std::string bytes_;
  std::vector<std::size_t> line_starts_;
  std::vector<Column> columns_;  // places within very long lines, so that one of 4 MiB is counted once
};

/// Bytes [begin, end) of a source. A null source: the place is a file or folder as a whole (see Diagnostic::file).
struct Span {
  const SourceText* source = nullptr;  // owned by Sources; outlives every Span
  std::size_t begin = 0;
  std::size_t end = 0;

  std::string file_line() const;  // "schedule/lich.yaml:12"; "" without a source
};

/// Owner of the texts; addresses are stable.
class Sources {
 public:
  Sources() = default;
  Sources(const Sources&) = delete;
  Sources& operator=(const Sources&) = delete;
  const SourceText& add(std::string name, std::string bytes);
  const std::deque<SourceText>& all() const { return texts_; }

 private:
  std::deque<SourceText> texts_;
};

}  // namespace loa::config
