// Collects complaints. Knows their order; must not know how they are shown.
#include "config/diagnostics.hpp"

#include <algorithm>
#include <tuple>

namespace loa::config {
namespace {

// More than a person can read, few enough that a hostile file cannot fill the memory.
constexpr std::size_t kMost = 1000;

auto key_of(const Diagnostic& diagnostic) {
  const auto* source = diagnostic.at.source;
  return std::tuple<std::string_view, std::size_t, std::size_t>(source != nullptr ? source->name() : diagnostic.file,
                                                                source != nullptr ? diagnostic.at.begin + 1 : 0,
                                                                diagnostic.at.end);
}

bool same(const Diagnostic& left, const Diagnostic& right) {
  return key_of(left) == key_of(right) && left.code == right.code &&
         left.message.in(Language::en) == right.message.in(Language::en);
}

}  // namespace

Diagnostic& Diagnostics::add(Severity severity, std::string code, Span at, std::string file, Text message) {
  ++(severity == Severity::error ? errors_ : warnings_);
  Diagnostic made;
  made.severity = severity;
  made.code = std::move(code);
  made.at = at;
  made.file = std::move(file);
  made.message = std::move(message);
  if (all_.size() < kMost) return all_.emplace_back(std::move(made));
  ++unshown_;
  return spare_ = std::move(made);
}

Diagnostic& Diagnostics::error(std::string code, Span at, Text message) {
  return add(Severity::error, std::move(code), at, {}, std::move(message));
}

Diagnostic& Diagnostics::warning(std::string code, Span at, Text message) {
  return add(Severity::warning, std::move(code), at, {}, std::move(message));
}

Diagnostic& Diagnostics::file_error(std::string code, std::string file, Text message) {
  return add(Severity::error, std::move(code), {}, std::move(file), std::move(message));
}

Diagnostic& Diagnostics::file_warning(std::string code, std::string file, Text message) {
  return add(Severity::warning, std::move(code), {}, std::move(file), std::move(message));
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  auto list = all_;
  std::stable_sort(list.begin(), list.end(),
                   [](const Diagnostic& left, const Diagnostic& right) { return key_of(left) < key_of(right); });
  list.erase(std::unique(list.begin(), list.end(), same), list.end());
  return list;
}

std::size_t Diagnostics::count(Severity severity) const {
  return severity == Severity::error ? errors_ : warnings_;
}

void Diagnostics::append(Diagnostics other) {
  const auto room = std::min(kMost - all_.size(), other.all_.size());
  std::move(other.all_.begin(), other.all_.begin() + static_cast<std::ptrdiff_t>(room), std::back_inserter(all_));
  errors_ += other.errors_;
  warnings_ += other.warnings_;
  unshown_ += other.unshown_ + (other.all_.size() - room);
}

}  // namespace loa::config
