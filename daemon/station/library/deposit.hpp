// A recording being brought into a library: nobody sees anything of it before it is whole, and nothing that was there
// is lost.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "daemon/station/host/process_fd.hpp"

namespace loa::station {

/// Lives in one thread. Destroyed before place() it leaves nothing behind, not even the folders that it made; after a
/// kill or a power cut the next one into the same folder takes away what is left.
class Deposit {
 public:
  /// Makes `library` and the folders of `clip` (NFC, below it) as far as they are missing, never outside the library.
  static std::optional<Deposit> begin(const std::filesystem::path& library, const std::string& clip,
                                      std::error_code& error);
  Deposit(Deposit&& other) noexcept = default;
  Deposit& operator=(Deposit&&) = delete;
  ~Deposit();

  struct Fault {
    std::error_code error;
    bool of_source = false;  // it could not be read; else the library could not be written
  };
  /// All of the open file `source`, with its date, synced.
  Fault copy_from(int source);

  /// Where the copy lies until it has its place: the library's folder, and a name that no reader of the library sees.
  const std::filesystem::path& folder() const { return folder_path_; }
  const std::string& temporary() const { return temporary_; }
  /// The clip is there already.
  bool is_taken() const { return !stored_.empty(); }

  /// At once and whole; file_exists where the clip is there and `replace` is false. The one that is replaced is kept
  /// beside it under a name that no reader of the library sees: `kept_as`, below the library.
  std::error_code place(bool replace, std::string& kept_as);

 private:
  Deposit() = default;
  std::error_code make_folders(const std::filesystem::path& library, const std::string& folder);
  std::error_code enter(const std::string& part);
  void tidy() const;
  std::error_code make_temporary();
  std::error_code keep_old(std::string& kept_as) const;
  void give_back(std::string& kept_as) const;

  std::filesystem::path library_, folder_path_;
  std::vector<std::filesystem::path> made_;  // folders, the outermost first
  Descriptor root_, folder_, file_;
  std::string stored_folder_;  // below the library, as it is stored
  std::string name_;           // of the clip within its folder
  std::string stored_;         // the same as it is stored; "" = not there
  std::string temporary_;      // "" = placed or never made
};

}  // namespace loa::station
