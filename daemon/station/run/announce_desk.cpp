#include "daemon/station/run/announce_desk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <vector>

#include "daemon/station/host/aside.hpp"
#include "daemon/station/host/open_regular.hpp"
#include "daemon/station/host/process_fd.hpp"
#include "daemon/station/host/write_all.hpp"
#include "daemon/station/library/library_problems.hpp"
#include "daemon/wire/crypto.hpp"
#include "daemon/wire/row.hpp"

namespace loa::station {

namespace fs = std::filesystem;
using config::msg;

namespace {

constexpr std::uintmax_t kRoomForRows = 500ull << 20;  // of the disk, kept free for the ledger
constexpr std::chrono::seconds kNoDevice{3};

std::int64_t whole_at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::string fault_now() {
  return std::generic_category().message(errno);
}

config::Text refusal_words(const AnnounceOrder& order, const AnnounceNews& news) {
  if (order.is_live()) return msg("the input {0} cannot be heard: {1}", order.input, news.detail);
  if (news.problem == "unreadable") return msg("{0} cannot be read: {1}", order.file, news.detail);
  if (news.problem == "crashed") return msg("{0} cannot be played: {1}", order.file, "loa-media");
  return msg("{0} cannot be played: {1}", order.file, problem_words(news.problem, true));
}

/// "" when the ledger keeps its room beside a copy of the file.
std::string no_room(int file, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  const auto space = fs::space(folder, error);
  if (error) return error.message();
  struct stat status {};
  if (::fstat(file, &status) != 0) return fault_now();
  const auto size = static_cast<std::uintmax_t>(status.st_size);
  return space.available < kRoomForRows + size ? "there is no room on the disk" : "";
}

}  // namespace

KeptContent keep_content(const fs::path& file, const fs::path& folder, std::uint64_t number) {
  KeptContent kept;
  const Descriptor from(open_regular(file.string()));
  if (!from) {
    kept.fault = fault_now();
    return kept;
  }
  kept.fault = no_room(from.get(), folder);
  const auto copy = folder / (std::to_string(number) + file.extension().string());
  const auto part = copy.string() + ".part";
  Descriptor to(kept.fault.empty() ? ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1);
  if (!to && kept.fault.empty()) kept.fault = fault_now();
  wire::Sha256 hash;
  std::vector<char> block(1 << 20);
  ssize_t got = 1;
  while (got > 0) {
    got = ::read(from.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) {
      got = 1;
      continue;
    }
    if (got < 0) kept.fault = fault_now();
    if (got <= 0) break;
    const std::string_view bytes(block.data(), static_cast<std::size_t>(got));
    hash.add(bytes);
    if (to && kept.fault.empty() && write_all(to.get(), bytes)) kept.fault = fault_now();
  }
  if (got == 0) kept.sha256 = hash.hex();  // of all of it, or none
  const bool synced = to && kept.fault.empty() && ::fsync(to.get()) == 0;
  if (synced && ::rename(part.c_str(), copy.c_str()) == 0) {
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory) ::fsync(directory.get());
    kept.copy = copy.string();
  } else {
    if (kept.fault.empty()) kept.fault = fault_now();
    ::unlink(part.c_str());
  }
  return kept;
}

boost::json::object announce_request(const AnnounceOrder& order, const std::string& lang) {
  boost::json::object request{{"command", "announce"},
                              {"by", order.by},
                              {"lang", lang},
                              {"file", order.file},
                              {"input", order.input},
                              {"emergency", order.emergency},
                              {"for", order.length.count() / 48000},
                              {"every", order.every.count()},
                              {"until", order.until.time_since_epoch().count()}};
  if (order.between) {
    request["from"] = order.between->from.count();
    request["to"] = order.between->until.count();
  }
  return request;
}

std::optional<AnnounceOrder> announce_order_in(const boost::json::object& request) {
  AnnounceOrder order;
  order.by = wire::text_of(request, "by");
  order.file = wire::text_of(request, "file");
  order.input = wire::text_of(request, "input");
  const auto* emergency = request.if_contains("emergency");
  order.emergency = emergency != nullptr && emergency->is_bool() && emergency->get_bool();
  order.length = std::chrono::seconds(whole_at(request, "for"));
  order.every = std::chrono::seconds(whole_at(request, "every"));
  order.until = Instant(Frames(whole_at(request, "until")));
  if (request.contains("from")) {
    order.between =
        DaySpan{std::chrono::seconds(whole_at(request, "from")), std::chrono::seconds(whole_at(request, "to"))};
  }
  // The command line has said all of this to whoever gave it; who speaks to the socket himself is refused.
  const bool one = order.file.empty() != order.input.empty();
  const bool timed = order.is_live() ? order.length > Frames{0} && order.length <= Frames(std::chrono::hours(4))
                                     : fs::path(order.file).is_absolute();
  const bool bounded = order.every.count() == 0 || (!order.is_live() && order.every >= std::chrono::seconds(60));
  if (order.by.empty() || !one || !timed || !bounded) return std::nullopt;
  return order;
}

AnnounceDesk::AnnounceDesk(boost::asio::io_context& context, fs::path folder, Hooks hooks)
    : context_(context), folder_(std::move(folder)), hooks_(std::move(hooks)), mailbox_(context) {
  tidy();
}

void AnnounceDesk::tidy() {
  std::set<std::string> named;
  for (const auto& order : hooks_.conductor().announcements()) named.insert(order.copy);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    std::error_code ignored;
    if (!named.contains(entry.path().string())) fs::remove(entry.path(), ignored);
  }
}

void AnnounceDesk::ask(const boost::json::object& request, const std::shared_ptr<Listener>& listener) {
  auto order = announce_order_in(request);
  auto& conductor = hooks_.conductor();
  const auto number = conductor.new_announcement();
  auto& asked = asked_[number];
  asked.listener = listener;
  asked.language = config::language_named(wire::text_of(request, "lang")).value_or(asked.language);
  if (!order) return answer(number, false, msg("the daemon does not know this command"));
  order->number = number;
  asked.order = *order;
  asked.kept = order->is_live();
  const auto outcome = conductor.announce(*order);
  if (!asked_.contains(number)) return;
  if (!outcome.done) return answer(number, false, outcome.message);
  listener->gone = [this, number] { asked_.erase(number); };  // it goes on: who ordered it need not wait
  asked.patience = std::make_unique<boost::asio::steady_timer>(context_, kNoDevice);
  asked.patience->async_wait([this, number](const boost::system::error_code& error) {
    const auto found = asked_.find(number);
    if (error || found == asked_.end()) return;
    found->second.ready = true;
    answer_if_settled(number);
  });
  if (!order->is_live()) keep(*order);
  hooks_.done();
}

void AnnounceDesk::keep(const AnnounceOrder& order) {
  mailbox_.ask(
      [file = order.file, folder = folder_, number = order.number] { return keep_content(file, folder, number); },
      [this, number = order.number](const KeptContent& kept) {
        // Its order may be over already, and what was kept of it was looked for before it was there.
        if (!hooks_.conductor().keep_copy(number, kept.copy, kept.sha256) && !kept.copy.empty()) {
          run_aside([copy = kept.copy] { ::unlink(copy.c_str()); });
        }
        const auto found = asked_.find(number);
        if (found == asked_.end()) return;
        found->second.kept = true;
        found->second.not_kept = kept.fault;
        answer_if_settled(number);
      });
}

void AnnounceDesk::on_source(const std::string& id, const SourceNews& news) {
  std::uint64_t number = 0;
  const auto from = id.find('/') + 1;
  std::from_chars(id.data() + from, id.data() + id.size(), number);
  const auto found = asked_.find(number);
  if (found == asked_.end() || !news.ready) return;
  found->second.ready = true;
  answer_if_settled(number);
}

void AnnounceDesk::on_news(std::uint64_t number, const AnnounceNews& news) {
  const auto found = asked_.find(number);
  const bool over = news.what == AnnounceNews::What::over;
  if (found != asked_.end() && news.what == AnnounceNews::What::refused) {
    answer(number, false, refusal_words(found->second.order, news));
  } else if (found != asked_.end() && over) {
    found->second.ready = true;
    answer_if_settled(number);
  }
  if (over) {
    // One that is still being made is removed by keep().
    const auto name = std::to_string(number);
    mailbox_.ask(
        [folder = folder_, name] {
          std::error_code error;
          for (const auto& entry : fs::directory_iterator(folder, error)) {
            std::error_code ignored;
            if (entry.path().stem() == name) fs::remove(entry.path(), ignored);
          }
          return 0;
        },
        [](int) {});
  }
}

void AnnounceDesk::answer_if_settled(std::uint64_t number) {
  const auto& asked = asked_.at(number);
  if (!asked.ready || !asked.kept) return;
  const auto title = asked.order.title();
  if (!asked.not_kept.empty()) {
    return answer(number, true,
                  msg("{0} is announced, but could not be kept: {1}. Leave the file where it is until it has sounded",
                      title, asked.not_kept));
  }
  if (asked.order.repeats()) {
    return answer(number, true,
                  msg("{0} is announced, and again every {1} min; `loa announce --stop --by NAME` ends it", title,
                      static_cast<long long>(asked.order.every.count() / 60)));
  }
  answer(number, true, msg("{0} is announced", title));
}

void AnnounceDesk::answer(std::uint64_t number, bool done, const config::Text& message) {
  const auto found = asked_.find(number);
  if (found == asked_.end()) return;
  const auto asked = std::move(found->second);
  asked_.erase(found);
  asked.listener->tell({{"done", done}, {"message", message.in(asked.language)}});
  asked.listener->finish();
}

}  // namespace loa::station
