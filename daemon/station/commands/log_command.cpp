// `loa log`: which rows, in which format. Reads only.
#include "daemon/station/commands/log_command.hpp"

#include <boost/json/object.hpp>

#include "daemon/station/commands/log_csv.hpp"
#include "daemon/station/commands/log_table.hpp"
#include "daemon/station/ledger/disk_real.hpp"
#include "daemon/station/ledger/ledger_read.hpp"

namespace loa::station {

namespace {

/// Instant that a row is about.
std::string about(const boost::json::object& row) {
  for (const auto* key : {"planned_start", "start"}) {
    if (const auto text = wire::text_of(row, key); !text.empty()) return text;
  }
  return wire::text_of(row, "at");
}

bool is_wanted(const boost::json::object& row, const LogRequest& request) {
  if (!request.from && !request.to) return true;
  const auto instant = calendar::parse_instant(about(row), request.zone);
  if (!instant) return true;  // of a later version perhaps: rather shown than hidden
  return (!request.from || *instant >= *request.from) && (!request.to || *instant < *request.to);
}

/// Rows of a month's file were written in that month or, after a clock went back, in an earlier one; a start row may be
/// written some seconds ahead. So no row that is wanted stands in an earlier file than this one.
std::string first_file(const LogRequest& request) {
  if (!request.from) return {};
  return calendar::rfc3339(*request.from - std::chrono::hours(24), request.zone).substr(0, 7);
}

class Printer {
 public:
  Printer(const LogRequest& request, std::ostream& out) : request_(request), out_(out) {
    if (request_.format == LogFormat::csv) out_ << csv_head();
  }

  void line(std::string_view text) {
    const auto read = wire::read_row(text);
    if (read.fault != wire::RowFault::none) {
      ++damaged_;
    } else if (is_wanted(read.row, request_)) {
      print(text, read.row);
    }
  }

  std::uint64_t damaged() const { return damaged_; }

  void finish() {
    if (request_.format == LogFormat::text) write_log_table(rows_, request_.zone, request_.language, out_);
  }

 private:
  void print(std::string_view text, const boost::json::object& row) {
    switch (request_.format) {
      case LogFormat::json:
        out_ << text << '\n';
        break;
      case LogFormat::csv:
        out_ << csv_line(row);
        break;
      case LogFormat::text:
        rows_.push_back(row);
        break;
    }
  }

  const LogRequest& request_;
  std::ostream& out_;
  std::vector<boost::json::object> rows_;
  std::uint64_t damaged_ = 0;
};

/// What stands behind the last newline is being written, or torn: not yet a row.
void print_file(std::string_view text, Printer& printer) {
  for (auto newline = text.find('\n'); newline != text.npos; newline = text.find('\n')) {
    const auto line = text.substr(0, newline);
    if (line.empty() || line.find_first_not_of('\0') != line.npos) printer.line(line);
    text.remove_prefix(newline + 1);
  }
}

}  // namespace

int log_command(const LogRequest& request, std::ostream& out, std::ostream& err) {
  std::error_code error;
  const auto disk = RealDisk::open_directory(request.state, error);
  if (!disk && error != std::errc::no_such_file_or_directory) {
    err << config::msg("cannot read {0}: {1}", request.state.string(), error.message()).in(request.language) << '\n';
    return 3;
  }
  Printer printer(request, out);
  int code = 0;
  for (const auto& file : disk ? ledger_files(*disk) : std::vector<std::string>()) {
    if (file.substr(0, 7) < first_file(request)) continue;
    const auto text = disk->read(std::string(kLedgerFolder) + "/" + file, error);
    if (text) {
      print_file(*text, printer);
    } else {
      err << config::msg("cannot read {0}: {1}", file, error.message()).in(request.language) << '\n';
      code = 3;
    }
  }
  printer.finish();
  if (printer.damaged() > 0) {
    err << config::msgn("{0} damaged line is not shown; `loa log verify` says more",
                        "{0} damaged lines are not shown; `loa log verify` says more", printer.damaged(),
                        static_cast<unsigned long>(printer.damaged()))
               .in(request.language)
        << '\n';
  }
  return code;
}

}  // namespace loa::station
