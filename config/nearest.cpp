// Finds the name a typo was meant to be. Knows spelling; must not know what the names are for.
#include <algorithm>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/unicode.hpp"

namespace loa::config {
namespace {

constexpr std::size_t kLongestName = 64;  // bytes; nobody mistypes a longer one into something we know

// Damerau-Levenshtein (optimal string alignment) with three rows.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before, above(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const bool equal = left[i - 1] == right[j - 1];
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (equal ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[right.size()];
}

// Marks, capitals, spaces and underscores are the usual slips: they do not count as differences.
std::string spelling(std::string_view word) {
  auto plain = folded(word);
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return c == ' ' || c == '_'; }, '-');
  return plain;
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  if (word.empty() || word.size() > kLongestName) return {};
  const auto wanted = spelling(word);
  std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::string found;
  for (const auto& name : known) {
    const auto candidate = spelling(name);
    if (candidate.size() > wanted.size() + best || wanted.size() > candidate.size() + best) continue;
    const auto far = distance(wanted, candidate);
    if (far < best && far < std::max(wanted.size(), candidate.size())) {
      best = far;
      found = name;
    }
  }
  return found;
}

}  // namespace loa::config
