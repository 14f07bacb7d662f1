// One value of a file, read: what it gives, and what is said about it.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "config/fields.hpp"
#include "tests/config/said.hpp"

namespace loa::config {

inline Date date(int y, unsigned m, unsigned d) {
  return std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d);
}

// One value read by `read`: what it gives, and what is said.
template <class Read>
auto reading(const std::string& written, Read read) {
  Said said("k: " + written + "\n");
  EXPECT_THAT(said.places(), testing::IsEmpty()) << written << '\n' << said.text();
  const auto value = read(*said.value("k"), said.diagnostics);
  const auto& all = said.diagnostics.all();
  struct Result {
    decltype(read(*said.value("k"), said.diagnostics)) value;
    std::string code, hint;
    std::size_t count;
  };
  return Result{value, all.empty() ? "" : all[0].code, all.empty() ? "" : all[0].hint.in(Language::en), all.size()};
}

struct Wrong {
  const char* written;
  const char* code;
  const char* hint;
};

template <class Read>
void expect_wrong(const std::vector<Wrong>& cases, Read read) {
  for (const auto& [written, code, hint] : cases) {
    const auto result = reading(written, read);
    EXPECT_FALSE(result.value.has_value()) << written;
    EXPECT_EQ(result.code, code) << written;
    EXPECT_THAT(result.hint, testing::HasSubstr(hint)) << written;
    EXPECT_EQ(result.count, 1u) << written;
  }
}

}  // namespace loa::config
