// Which files of a folder are read, and what is said about those that only look like schedule files.
#include "config/station_folder.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace loa::config {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

// A folder of its own for each test; gone afterwards.
class Folder : public testing::Test {
 protected:
  Folder() {
    std::string name = testing::TempDir() + "loa-folder-XXXXXX";
    root_ = fs::path(::mkdtemp(name.data())) / "xa";
    fs::create_directories(root_ / "schedule");
    fs::create_directories(root_ / "library");
    write("station.yaml", "station: {id: xa, name: Xã}\n");
  }
  ~Folder() override { fs::remove_all(root_.parent_path()); }

  void write(const fs::path& name, const std::string& bytes) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << bytes;
  }

  std::vector<std::string> read() {
    diagnostics_ = {};
    files_ = read_station_folder(root_, diagnostics_);
    std::vector<std::string> said;
    for (const auto& found : diagnostics_.sorted()) {
      const auto place = found.at.source != nullptr ? found.at.file_line() : found.file;
      said.push_back((found.severity == Severity::error ? "error " : "warning ") + place + ' ' + found.code);
    }
    return said;
  }

  // Root may read everything: as root the test reads as nobody, who gets into the folders above.
  std::vector<std::string> read_as_nobody() {
    constexpr uid_t kNobody = 65534;
    const bool root = ::geteuid() == 0;
    if (root) {
      constexpr auto kEverybody = fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec;
      fs::permissions(root_.parent_path(), kEverybody, fs::perm_options::add);
      EXPECT_EQ(::seteuid(kNobody), 0);
    }
    auto found = read();
    if (root) {
      EXPECT_EQ(::seteuid(0), 0);
    }
    return found;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> list;
    for (const auto& file : files_.schedule) list.push_back(file.source->name());
    return list;
  }

  fs::path root_;
  Diagnostics diagnostics_;
  StationFiles files_;
};

const std::string kSchedule = "programmes: {}\n";

TEST_F(Folder, IsReadInTheOrderOfItsNames) {
  write("schedule/b.yaml", kSchedule);
  write("schedule/a.yaml", kSchedule);
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_THAT(names(), ElementsAre("schedule/a.yaml", "schedule/b.yaml"));
  EXPECT_EQ(files_.settings.id, "xa");
  ASSERT_EQ(files_.libraries.size(), 1u);
  EXPECT_EQ(files_.libraries[0], fs::canonical(root_) / "library");
}

TEST_F(Folder, SharedFoldersComeFirst) {
  write("station.yaml", "station: {id: xa, name: Xã}\nshared: [../chung]\n");
  write("../chung/schedule/z.yaml", kSchedule);
  write("schedule/a.yaml", kSchedule);
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_THAT(names(), ElementsAre("../chung/schedule/z.yaml", "schedule/a.yaml"));
  EXPECT_EQ(files_.schedule[0].folder, 0u);
  EXPECT_EQ(files_.schedule[1].folder, 1u);
  EXPECT_EQ(files_.libraries.size(), 2u);
}

TEST_F(Folder, TextsAloneGiveTheSame) {
  write("station.yaml", "station: {id: xa, name: Xã}\nshared: [../chung]\n");
  write("../chung/schedule/z.yaml", kSchedule);
  write("schedule/a.yaml", "programmes: {a: b: c}\n");
  const auto said = read();
  Diagnostics again;
  const auto files = read_station_texts(files_.texts, again);
  EXPECT_EQ(to_json_lines(again, Language::vi), to_json_lines(diagnostics_, Language::vi));
  EXPECT_EQ(files.settings.id, "xa");
  ASSERT_EQ(files.schedule.size(), 2u);
  EXPECT_EQ(files.schedule[1].folder, 1u);
  EXPECT_TRUE(files.libraries.empty());
}

TEST_F(Folder, NamesThatOnlyLookRightAreSaid) {
  struct Case {
    std::vector<std::string> names;
    std::vector<std::string> said;
    std::vector<std::string> read;
  };
  const std::string own = "schedule/lich.yaml";
  const std::vector<Case> cases = {
      {{"lich.yaml", "lich - Copy.yaml"}, {"warning schedule/lich - Copy.yaml copied-file"}, {own}},
      {{"lich.yaml", "lich - Sao chép.yaml"}, {"warning schedule/lich - Sao chép.yaml copied-file"}, {own}},
      {{"lich.yaml", "lich (1).yaml"}, {"warning schedule/lich (1).yaml copied-file"}, {own}},
      {{"lich.yaml", "Copy of lich.yaml"}, {"warning schedule/Copy of lich.yaml copied-file"}, {own}},
      {{"lich.yaml", "lich copy.yaml"}, {"warning schedule/lich copy.yaml copied-file"}, {own}},
      {{"l\u1ECBch.yaml", "l\u1ECBch copy 2.yaml"},
       {"warning schedule/l\u1ECBch copy 2.yaml copied-file"},
       {"schedule/l\u1ECBch.yaml"}},
      {{"lich.yaml", "lich copyright.yaml"}, {}, {"schedule/lich copyright.yaml", own}},
      {{"lich - Copy.yaml"}, {}, {"schedule/lich - Copy.yaml"}},
      {{"lich.yaml.txt"}, {"error schedule/lich.yaml.txt not-yaml-name"}, {}},
      {{"lich.yaml", "lich.yaml.txt"}, {"warning schedule/lich.yaml.txt not-yaml-name"}, {own}},
      {{"lich.yaml", "lich.yaml.bak"}, {"warning schedule/lich.yaml.bak not-yaml-name"}, {own}},
      {{"lich.yml"}, {"warning schedule/lich.yml yml-name"}, {"schedule/lich.yml"}},
      {{"lich.YAML"}, {"warning schedule/lich.YAML yaml-name-capitals"}, {"schedule/lich.YAML"}},
      {{"lich.yaml", "Lich.yaml"}, {"error schedule/lich.yaml names-differ-by-case"}, {"schedule/Lich.yaml"}},
      {{"ti\u1EBFng.yaml", "tie\u0302\u0301ng.yaml"},
       {"error schedule/ti\u1EBFng.yaml names-differ-by-case"},
       {"schedule/tie\u0302\u0301ng.yaml"}},
      {{"lich.yaml", "2026/thang-1.yaml"}, {"warning schedule/2026 folder-in-schedule"}, {own}},
      {{"lich.yaml", ".lich.yaml.swp", "lich.yaml~", "#lich.yaml#", "~$lich.yaml", "4913", "ghi-chu.txt"}, {}, {own}},
  };
  for (const auto& [entries, said, read_names] : cases) {
    fs::remove_all(root_ / "schedule");
    for (const auto& name : entries) write("schedule/" + name, kSchedule);
    EXPECT_THAT(read(), testing::ElementsAreArray(said)) << entries.back();
    EXPECT_THAT(names(), testing::ElementsAreArray(read_names)) << entries.back();
  }
}

TEST_F(Folder, ANameThatIsNotUtf8IsReadAndShownEscaped) {
  write("schedule/l\355ch.yaml", kSchedule);
  write("schedule/l\355ch.yaml.txt", kSchedule);
  EXPECT_THAT(read(), ElementsAre("warning schedule/l\\xEDch.yaml.txt not-yaml-name"));
  EXPECT_THAT(names(), ElementsAre("schedule/l\\xEDch.yaml"));
}

TEST_F(Folder, WhatIsNoFileIsNeverWaitedFor) {
  write("schedule/a.yaml", kSchedule);
  fs::create_directory(root_ / "schedule/b.yaml");
  ASSERT_EQ(::mkfifo((root_ / "schedule/c.yaml").c_str(), 0600), 0);
  fs::create_symlink("d.yaml", root_ / "schedule/d.yaml");
  fs::create_symlink("nowhere.yaml", root_ / "schedule/e.yaml");
  fs::create_symlink("/dev/zero", root_ / "schedule/f.yaml");
  fs::create_symlink("a.yaml", root_ / "schedule/g.yaml");
  EXPECT_THAT(read(), ElementsAre("error schedule/b.yaml not-a-file", "error schedule/c.yaml not-a-file",
                                  "error schedule/d.yaml broken-link", "error schedule/e.yaml broken-link",
                                  "error schedule/f.yaml not-a-file"));
  EXPECT_THAT(names(), ElementsAre("schedule/a.yaml", "schedule/g.yaml"));
}

TEST_F(Folder, HugeFilesAreNotRead) {
  write("schedule/a.yaml", kSchedule);
  fs::resize_file(root_ / "schedule/a.yaml", 100u << 20);
  EXPECT_THAT(read(), ElementsAre("error schedule/a.yaml file-too-big"));
  EXPECT_TRUE(files_.texts.size() == 1) << "only station.yaml was kept";
}

TEST_F(Folder, WhatMayNotBeReadIsSaidOnce) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"schedule/a.yaml", "error schedule/a.yaml unreadable-file"},
      {"station.yaml", "error station.yaml unreadable-file"},
      {"schedule", "error schedule unreadable-folder"},
      {"", "error " + root_.string() + " unreadable-folder"},
      {"../chung", "error ../chung unreadable-folder"},
      {"../chung/schedule", "error ../chung/schedule unreadable-folder"}};
  write("schedule/a.yaml", kSchedule);
  write("../chung/schedule/b.yaml", kSchedule);
  write("station.yaml", "station: {id: xa, name: Xã}\nshared: [../chung]\n");
  for (const auto& [name, said] : cases) {
    const auto path = name.empty() ? root_ : root_ / name;
    const auto before = fs::status(path).permissions();
    fs::permissions(path, fs::perms::none);
    const auto found = read_as_nobody();
    fs::permissions(path, before);
    EXPECT_THAT(found, ElementsAre(said));
    EXPECT_TRUE(files_.names_hidden || name.empty()) << name;
  }
}

TEST_F(Folder, AFolderThatMayBeListedButNotEnteredIsSaidOnce) {
  write("schedule/a.yaml", kSchedule);
  write("schedule/b.yaml", kSchedule);
  fs::permissions(root_ / "schedule", fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
  const auto found = read_as_nobody();
  fs::permissions(root_ / "schedule", fs::perms::owner_all);
  EXPECT_THAT(found, ElementsAre("error schedule unreadable-folder"));
  EXPECT_THAT(to_text(diagnostics_, Language::vi, false), testing::HasSubstr("chmod a+rx “schedule”"));
}

TEST_F(Folder, WhatStandsInThePlaceOfAFolderIsSaidOnce) {
  fs::remove(root_ / "schedule");
  write("schedule", "x");
  EXPECT_THAT(read(), ElementsAre("error schedule not-a-folder"));
  fs::remove(root_ / "schedule");
  fs::create_symlink("nowhere", root_ / "schedule");
  EXPECT_THAT(read(), ElementsAre("error schedule broken-link"));
  fs::remove(root_ / "schedule");
  fs::create_symlink("schedule", root_ / "schedule");
  EXPECT_THAT(read(), ElementsAre("error schedule broken-link"));
  fs::remove(root_ / "schedule");
  fs::create_directory(root_ / "Schedule");
  EXPECT_THAT(read(), ElementsAre("error schedule schedule-missing"));
  EXPECT_THAT(to_text(diagnostics_, Language::en, false), testing::HasSubstr("rename the folder Schedule to schedule"));
  fs::rename(root_ / "Schedule", root_ / "schedule");
  write("schedule/a.yaml", kSchedule);
  fs::remove(root_ / "library");
  write("library", "x");
  EXPECT_THAT(read(), ElementsAre("warning library library-missing"));
  EXPECT_THAT(to_text(diagnostics_, Language::en, false), testing::HasSubstr("library is not a folder"));
}

TEST_F(Folder, AMistakeInStationYamlDoesNotHideThatThereIsNoSchedule) {
  write("station.yaml", "station: {id: Xa, name: Xã}\n");
  EXPECT_THAT(read(), ElementsAre("error schedule schedule-empty", "error station.yaml:1 id-with-capitals"));
}

TEST_F(Folder, WhatIsMissingIsSaid) {
  write("schedule/a.yaml", kSchedule);
  fs::remove(root_ / "library");
  EXPECT_THAT(read(), ElementsAre("warning library library-missing"));
  fs::remove(root_ / "schedule/a.yaml");
  EXPECT_THAT(read(), ElementsAre("warning library library-missing", "error schedule schedule-empty"));
  fs::remove(root_ / "schedule");
  EXPECT_THAT(read(), ElementsAre("warning library library-missing", "error schedule schedule-missing"));
  fs::rename(root_ / "station.yaml", root_ / "Station.yaml");
  EXPECT_THAT(read(), testing::Contains("error station.yaml station-yaml-missing"));
  EXPECT_THAT(to_text(diagnostics_, Language::en, false), testing::HasSubstr("rename Station.yaml to station.yaml"));
  fs::remove_all(root_);
  EXPECT_THAT(read(), ElementsAre("error " + root_.string() + " folder-missing"));
  EXPECT_FALSE(files_.settings.permitted_hours.empty());
}

TEST_F(Folder, SharedFoldersThatAreWrongAreSaidAtTheirPlace) {
  write("schedule/a.yaml", kSchedule);
  write("../chung/schedule/c.yaml", kSchedule);
  write("station.yaml", "station: {id: xa, name: Xã}\nshared:\n  - ../none\n  - .\n  - ../chung\n  - ../chung/\n");
  EXPECT_THAT(read(), ElementsAre("error station.yaml:3 shared-missing", "error station.yaml:4 shared-twice",
                                  "error station.yaml:6 shared-twice"));
}

TEST_F(Folder, OneBrokenFileDoesNotHideTheMistakesOfTheOthers) {
  write("station.yaml", "station: {id: Xa, name: Xã}\n");
  write("schedule/a.yaml", "programmes: {a: b: c}\n");
  write("schedule/b.yaml", "articles:\n\tx: y\n");
  EXPECT_THAT(read(), ElementsAre("error schedule/a.yaml:1 colon-in-text", "error schedule/b.yaml:2 tab-in-indentation",
                                  "error station.yaml:1 id-with-capitals"));
}

}  // namespace
}  // namespace loa::config
