// What is said about an edit, and what is not said twice.
#include "daemon/station/run/run_reload.hpp"

#include <gtest/gtest.h>

namespace loa::station {
namespace {

class Findings : public ::testing::Test {
 protected:
  std::string said(const config::Diagnostics& diagnostics) {
    ::testing::internal::CaptureStderr();
    say_findings(diagnostics, config::Language::en, said_);
    return ::testing::internal::GetCapturedStderr();
  }
  static config::Diagnostics warning(const std::string& file) {
    config::Diagnostics diagnostics;
    diagnostics.file_warning("library-no-file", file, config::Text::verbatim("odd"));
    return diagnostics;
  }
  std::string said_;
};

TEST_F(Findings, WarningsAreSaidOnceUntilTheyChange) {
  EXPECT_NE(said(warning("a")), "");
  EXPECT_EQ(said(warning("a")), "");
  EXPECT_NE(said(warning("b")), "");
  EXPECT_EQ(said({}), "");
  EXPECT_NE(said(warning("b")), "") << "gone for a while";
}

TEST_F(Findings, AMistakeThatIsSavedAgainIsSaidAgain) {
  auto mistake = warning("a");
  mistake.file_error("folder-missing", "b", config::Text::verbatim("wrong"));
  EXPECT_NE(said(mistake), "");
  EXPECT_NE(said(mistake), "");
}

}  // namespace
}  // namespace loa::station
