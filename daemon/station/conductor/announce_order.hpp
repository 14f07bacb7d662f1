// What a person ordered to be announced, and when it sounds again. Values and arithmetic; knows no clock and no player.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/station/seams.hpp"
#include "scheduler/calendar/zone.hpp"

namespace loa::station {

/// Times of the day, local; until < from goes over midnight.
struct DaySpan {
  std::chrono::seconds from{0}, until{24 * 3600};
  bool operator==(const DaySpan&) const = default;
  /// Both ends belong to it (contract 1.2, `every`).
  bool holds(std::chrono::seconds time) const;
};

/// A file, or a live input; `number` is never used again at this station.
struct AnnounceOrder {
  std::uint64_t number = 0;
  std::string by;
  std::string file;    // as it was given, absolute; "" = an input
  std::string copy;    // of its content, absolute, in state/; "" = not kept yet
  std::string sha256;  // known with the copy
  std::string input;   // device
  bool emergency = false;
  Instant ordered;
  Frames length{0};               // input: the most that may sound; file: 0 = not known
  std::chrono::seconds every{0};  // 0 = once
  std::optional<DaySpan> between;
  Instant until;  // repeats: none later than this

  Instant due;         // of the one that is next, or under way
  Frames reached{0};   // of the one under way, when it was broken off
  bool begun = false;  // that one has its start row
  bool over = false;   // nothing of it is still to come
  bool operator==(const AnnounceOrder&) const = default;

  bool is_live() const { return !input.empty(); }
  bool repeats() const { return every.count() > 0; }
  /// Where sound is to come from.
  const std::string& source() const { return is_live() ? input : copy.empty() ? file : copy; }
  /// What people call it.
  std::string title() const;
};

/// The first repeat after `after`; nothing when none is left.
std::optional<Instant> next_repeat(const AnnounceOrder& order, Instant after, const calendar::Zone& zone);

/// state/announce.json: all or nothing; a torn or foreign file is no orders.
std::string orders_text(const std::vector<AnnounceOrder>& orders, std::uint64_t next_number);
struct KeptOrders {
  std::vector<AnnounceOrder> orders;
  std::uint64_t next_number = 1;
};
KeptOrders orders_in(std::string_view text);

/// What became of an order, for the one who gave it.
struct AnnounceNews {
  enum class What { refused, over };
  What what = What::over;
  std::string problem;  // refused: a recording's problem (docs/diagnostics.md), absent, lost; over: its verdict
  std::string detail;   // English
};

/// Where live sound comes from: one child process for each source, which writes into a named pipe. Belongs to its user,
/// the conductor, which hears of each by Conductor::on_source. Nothing here blocks.
class LiveSources {
 public:
  struct Wish {
    std::string id;
    std::uint32_t attempt = 1;
    std::string file;                 // absolute, or
    std::string input;                // a device
    Frames skip{0};                   // of the file, that has sounded already
    std::string url{};                // or a stream of the network
    std::chrono::seconds silence{0};  // of an input or a stream, after which it ends; 0: silence is left alone
    bool awaits_sound = false;        // of these: not ready before something is heard
  };
  virtual ~LiveSources() = default;
  virtual void start(const Wish& wish) = 0;
  /// Unknown ones are ignored.
  virtual void stop(const std::string& id, std::uint32_t attempt) = 0;
};

/// What one of them tells: it is ready, or has ended.
struct SourceNews {
  bool ready = false;
  std::string pipe;     // ready
  std::string problem;  // ended: "" = whole; `crashed` when the child said nothing
  std::string detail;
  Frames frames{0};                // ended: all of them, with what was skipped
  std::optional<double> loudness;  // ready
};

}  // namespace loa::station
