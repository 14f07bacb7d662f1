// Which paths can be a recording below library/, and the answer to each that cannot.
#include "playlists/clip_path.hpp"

#include <gtest/gtest.h>

#include "playlists/read.hpp"

namespace loa::playlists {
namespace {

using config::Language;

TEST(ClipPath, TakesPathsBelowTheLibrary) {
  for (const std::string path : {"a.mp3", "dvc/khai-sinh.mp3", "Bản tin/Số 1.MP3", "ban-tin/<date>.mp3", "a..b.wav",
                                 "library.mp3", "tin/ 1.wav", "a.b/c.flac", "libraryx/a.mp3"}) {
    EXPECT_EQ(clip_fault(path).what.in(Language::en), "") << path;
    EXPECT_TRUE(clip_path_fault(path).empty()) << path;
  }
}

struct Case {
  std::string path, what, hint;
};

TEST(ClipPath, HasAnAnswerForEachWayOfLeavingTheLibrary) {
  const std::string copy = "copy it into library/ and write its path from there, as in “dvc/khai-sinh.mp3”";
  const std::vector<Case> cases{
      {"", "the path of the recording is empty", copy},
      {"/etc/passwd.mp3", "“/etc/passwd.mp3” is a path of this computer, not of library/", copy},
      {"C:/tin.mp3", "“C:/tin.mp3” is a path of this computer, not of library/", copy},
      {"d:\\tin.mp3", "“d:\\tin.mp3” is a path of this computer, not of library/", copy},
      {"\\\\may\\tin.mp3", "“\\\\may\\tin.mp3” is a path of this computer, not of library/", copy},
      {"~/tin.mp3", "“~/tin.mp3” is a path of this computer, not of library/", copy},
      {"../tin.mp3", "“../tin.mp3” leaves library/", copy},
      {"tin/../../a.mp3", "“tin/../../a.mp3” leaves library/", copy},
      {"tin/..", "“tin/..” leaves library/", copy},
      {"https://vov.vn/a.mp3", "“https://vov.vn/a.mp3” is an address, not a file of library/", copy},
      {"file:///a.mp3", "“file:///a.mp3” is an address, not a file of library/", copy},
  };
  for (const auto& [path, what, hint] : cases) {
    EXPECT_EQ(clip_fault(path).what.in(Language::en), what);
    EXPECT_EQ(clip_fault(path).hint.in(Language::en), hint) << path;
  }
}

TEST(ClipPath, SaysHowToWriteWhatIsMeant) {
  const std::vector<Case> cases{
      {"dvc\\khai-sinh.mp3", "“dvc\\khai-sinh.mp3” holds a backslash", "write “dvc/khai-sinh.mp3”"},
      {"library\\nhac\\a.mp3", "“library\\nhac\\a.mp3” holds a backslash", "write “nhac/a.mp3”"},
      {"library/a.mp3", "paths begin below library/: “library/a.mp3” would mean library/library/a.mp3",
       "write “a.mp3”"},
      {"./tin//a.mp3", "“./tin//a.mp3” has a part that is empty or only a dot", "write “tin/a.mp3”"},
      {".", "“.” has a part that is empty or only a dot", ""},
      {"thong-bao/", "“thong-bao/” is a folder, not a recording",
       "for every recording of a folder write a playlist: {folder: thong-bao}"},
      {"dvc/khai-sinh", "“dvc/khai-sinh” has no ending", "write the whole name of the file, as in “dvc/khai-sinh.mp3”"},
      {"a.b/tin", "“a.b/tin” has no ending", "write the whole name of the file, as in “a.b/tin.mp3”"},
      {"tin.", "“tin.” has no ending", "write the whole name of the file, as in “tin..mp3”"},
      {"tin/.a.mp3", "“tin/.a.mp3” would never be found: names that begin with “.” or end in “~” are not read",
       "rename the file"},
      {"tin/<ngay>.mp3", "“<ngay>” is no date mark", "the marks are <date>, <yyyy>, <mm> and <dd>"},
      {std::string("a\0.mp3", 6), "the path holds an invisible character", "write it again by hand"},
      {"a\t.mp3", "the path holds an invisible character", "write it again by hand"},
  };
  for (const auto& [path, what, hint] : cases) {
    EXPECT_EQ(clip_fault(path).what.in(Language::en), what);
    EXPECT_EQ(clip_fault(path).hint.in(Language::en), hint) << path;
  }
}

TEST(FolderPath, NeedsNoEndingAndMayEndInASlash) {
  for (const std::string path : {"thong-bao", "thong-bao/", "tin/Thông báo", "a.b"}) {
    EXPECT_EQ(folder_fault(path).what.in(Language::en), "") << path;
  }
}

TEST(FolderPath, StaysBelowTheLibraryAndHasNoDateMarks) {
  const std::vector<Case> cases{
      {"", "the name of the folder is empty", ""},
      {"/", "“/” is a path of this computer, not of library/", ""},
      {"..", "“..” leaves library/", ""},
      {".", "“.” has a part that is empty or only a dot", ""},
      {"tin\\cu", "“tin\\cu” holds a backslash", ""},
      {"library/tin/", "paths begin below library/: “library/tin” would mean library/library/tin", ""},
      {"tin/<date>", "date marks are not read in the name of a folder", ""},
  };
  for (const auto& [path, what, hint] : cases) EXPECT_EQ(folder_fault(path).what.in(Language::en), what);
}

TEST(Nfc, MakesOneNameOfBothForms) {
  EXPECT_EQ(nfc("tie\xCC\x82\xCC\x81ng.mp3"), "ti\xE1\xBA\xBFng.mp3");
  EXPECT_EQ(nfc("ti\xE1\xBA\xBFng.mp3"), "ti\xE1\xBA\xBFng.mp3");
  EXPECT_EQ(nfc("đường ơ ư"), "đường ơ ư");
  EXPECT_EQ(nfc("\xFF\xFE"), "\xFF\xFE");
}

}  // namespace
}  // namespace loa::playlists
