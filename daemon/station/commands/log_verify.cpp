// `loa log verify`: ledger files in the order of seq through the verifier, its answer as words or as one JSON object.
#include <algorithm>
#include <boost/json/object.hpp>
#include <fstream>
#include <sstream>

#include "daemon/station/commands/log_command.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/ledger/ledger_read.hpp"
#include "daemon/station/page/log_words.hpp"
#include "daemon/wire/crypto.hpp"
#include "daemon/wire/verify.hpp"

namespace loa::station {

namespace {

using config::msg;
using config::Text;

struct NamedText {
  std::string name, text;
  std::uint64_t first_seq = 0;  // of its first good row
};

/// Calls visit(line, has_newline) for every line.
template <class Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const auto newline = text.find('\n');
    visit(text.substr(0, newline), newline != text.npos);
    text.remove_prefix(newline == text.npos ? text.size() : newline + 1);
  }
}

std::uint64_t first_seq_of(std::string_view text) {
  std::uint64_t seq = 0;
  each_line(text, [&](std::string_view line, bool) {
    if (seq > 0) return;
    const auto read = wire::read_row(line);
    if (read.fault == wire::RowFault::none) seq = read.seq;
  });
  return seq;
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (std::filesystem::is_directory(path) || !file) return {};
  if (file.peek() != std::ifstream::traits_type::eof()) bytes << file.rdbuf();
  if (file.bad()) return {};
  return bytes.str();
}

/// base64 of the public key, from a file that holds just that or rows; of several key rows the newest.
std::optional<std::string> public_key_in(const std::string& text) {
  auto alone = std::string_view(text);
  while (alone.ends_with('\n') || alone.ends_with('\r')) alone.remove_suffix(1);
  if (const auto key = wire::from_base64(alone); key && key->size() == wire::kKeyBytes) return std::string(alone);
  std::optional<std::string> found;
  each_line(text, [&](std::string_view line, bool) {
    const auto read = wire::read_row(line);
    if (read.fault == wire::RowFault::none && wire::text_of(read.row, "kind") == "key") {
      found = wire::text_of(read.row, "public_key");
    }
  });
  return found;
}

class VerifyRun {
 public:
  VerifyRun(const VerifyRequest& request, std::ostream& out, std::ostream& err)
      : request_(request), out_(out), err_(err) {}

  int run() {
    if (!read_key() || !(request_.files.empty() ? read_state() : read_files())) return 3;
    wire::Verifier verifier(key_);
    for (const auto& file : texts_) {
      verifier.file(file.name);
      each_line(file.text, [&](std::string_view line, bool has_newline) { verifier.line(line, has_newline); });
    }
    const auto result = verifier.result();
    request_.json ? print_json(result) : print_words(result);
    return result.ok ? 0 : 1;
  }

 private:
  bool refuse(const Text& text) {
    err_ << text.in(request_.language) << '\n';
    return false;
  }

  bool read_key() {
    if (!request_.key) return true;
    const auto text = read_file(*request_.key);
    if (!text) return refuse(msg("cannot read {0}", request_.key->string()));
    key_ = public_key_in(*text);
    return key_ || refuse(msg("{0} holds neither a public key nor a key row", request_.key->string()));
  }

  bool read_files() {
    for (const auto& path : request_.files) {
      auto text = read_file(path);
      if (!text) return refuse(msg("cannot read {0}", path.string()));
      const auto seq = first_seq_of(*text);
      texts_.push_back({path.filename().string(), std::move(*text), seq});
    }
    std::stable_sort(texts_.begin(), texts_.end(),
                     [](const auto& a, const auto& b) { return a.first_seq < b.first_seq; });
    return true;
  }

  bool read_state() {
    std::error_code error;
    const auto disk = RealDisk::open_directory(request_.state, error);
    if (!disk && error == std::errc::no_such_file_or_directory) return true;
    if (!disk) return refuse(msg("cannot read {0}: {1}", request_.state.string(), error.message()));
    for (const auto& file : ledger_files(*disk)) {
      auto text = disk->read(std::string(kLedgerFolder) + "/" + file, error);
      if (!text) return refuse(msg("cannot read {0}: {1}", file, error.message()));
      texts_.push_back({file, std::move(*text), 0});
    }
    return true;
  }

  void print_json(const wire::Verification& result) {
    boost::json::object line{{"rows", result.rows}, {"ok", result.ok}, {"damaged", result.damaged}};
    if (result.rows > 0) line["first"] = result.first;
    if (result.rows > 0) line["last"] = result.last;
    if (result.signed_until > 0) line["signed"] = result.signed_until;
    if (!result.problem.empty()) line["problem"] = result.problem;
    if (!result.fingerprint.empty()) line["fingerprint"] = result.fingerprint;
    if (result.torn_tail) line["torn"] = true;
    out_ << wire::canonical(line) << '\n';
  }

  void say(const Text& text) { out_ << text.in(request_.language) << '\n'; }

  void print_words(const wire::Verification& result) {
    if (result.rows == 0 && result.ok) return say(msg("The ledger is empty."));
    if (result.ok) {
      say(msg("The ledger is whole and unaltered: {0} rows, number {1} to {2}.", std::to_string(result.rows),
              std::to_string(result.first), std::to_string(result.last)));
    } else {
      print_problem(result);
    }
    if (result.signed_until > 0) say(msg("Signed up to row {0}.", std::to_string(result.signed_until)));
    if (result.torn_tail)
      say(msg("The last line is not finished (power cut while it was written); it does not count."));
    if (!result.fingerprint.empty()) say(msg("Fingerprint of the key: {0}", result.fingerprint));
  }

  void print_problem(const wire::Verification& result) {
    const auto flaw = words_of(result.flaw);
    if (result.problem_line > 0) {
      say(msg("The ledger is NOT in order: {0}, line {1}: {2}.", result.problem_file,
              std::to_string(result.problem_line), flaw));
    } else {
      say(msg("The ledger is NOT in order: {0}.", flaw));
    }
    say(msg("{0} good rows, {1} damaged lines.", std::to_string(result.rows), std::to_string(result.damaged)));
  }

  const VerifyRequest& request_;
  std::ostream& out_;
  std::ostream& err_;
  std::optional<std::string> key_;
  std::vector<NamedText> texts_;
};

}  // namespace

int verify_command(const VerifyRequest& request, std::ostream& out, std::ostream& err) {
  return VerifyRun(request, out, err).run();
}

}  // namespace loa::station
