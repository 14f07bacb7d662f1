#include "daemon/station/library/intake.hpp"

#include <poll.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <thread>

#include "daemon/station/host/process.hpp"
#include "daemon/wire/media_messages.hpp"

namespace loa::station {

namespace {

using namespace std::chrono_literals;
using playlists::Facts;
using Moment = std::chrono::steady_clock::time_point;

constexpr std::chrono::milliseconds kLooksAgain = 50ms;
constexpr std::chrono::milliseconds kSettled = 2s;
constexpr std::int64_t kBytesPerSecond = 100'000;  // 10 MB of Opus may be 4 hours, on a PC that is slow and busy
constexpr std::chrono::milliseconds kMostForSize = 30min;  // loa-media's own limit of processor time
constexpr std::size_t kKeepEvery = 32;

Facts facts_from(const wire::Measured& measured) {
  Facts facts;
  facts.sha256 = measured.sha256;
  facts.frames = measured.frames;
  facts.sample_rate = measured.sample_rate;
  facts.channels = measured.channels;
  facts.codec = measured.codec;
  facts.loudness = measured.loudness;
  facts.true_peak = measured.true_peak;
  facts.problem = measured.problem;
  facts.problem_detail = measured.detail;
  facts.places = measured.places;
  facts.refused = measured.refused;
  facts.length = playlists::Frames(measured.length);
  for (const auto& flaw : measured.flaws) facts.flaws.push_back({flaw.code, flaw.from, flaw.until});
  return facts;
}

Facts refused_for(std::string problem, std::string detail) {
  Facts facts;
  facts.problem = std::move(problem);
  facts.problem_detail = std::move(detail);
  facts.refused = true;
  return facts;
}

Facts facts_of(const Ended& ended) {
  if (ended.how == Ended::How::too_slow) return refused_for("too-slow", "loa-media did not end in time");
  if (ended.how == Ended::How::exited) {
    if (const auto measured = wire::measured_from(ended.answer)) return facts_from(*measured);
    return refused_for("decoder-crashed", "loa-media gave no answer, exit code " + std::to_string(ended.code));
  }
  return refused_for("decoder-crashed", "loa-media ended by signal " + std::to_string(ended.code));
}

/// How long ago the file was last written; a date in the future counts as long ago.
std::chrono::nanoseconds age_of(const FileIdentity& identity) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto age =
      std::chrono::duration_cast<std::chrono::nanoseconds>(now) - std::chrono::nanoseconds(identity.mtime_ns);
  return age < 0ns ? std::chrono::nanoseconds(1h) : age;
}

/// One intake: a queue, and as many children at once as there are cores. One thread, no locks.
class Intake {
 public:
  Intake(const std::vector<std::filesystem::path>& libraries, Listing& listing, const std::vector<std::size_t>& which,
         KnownFacts& known, const IntakeOptions& options)
      : libraries_(libraries), listing_(listing), known_(known), options_(options), total_(which.size()) {
    for (const auto index : which) waiting_.push_back({index, begun_});
    parallel_ = options.parallel != 0 ? options.parallel : std::max(1u, std::thread::hardware_concurrency());
  }

  IntakeResult run() {
    while (!(waiting_.empty() && running_.empty()) && !options_.stop.stop_requested() && !result_.no_program) {
      begin_what_may_begin();
      wait_a_moment();
      finish_what_ended();
    }
    if (options_.keep) options_.keep();
    return std::move(result_);
  }

 private:
  struct Waiting {
    std::size_t index;
    Moment not_before;
  };
  struct Running {
    std::size_t index;
    OpenRecording open;
    Child child;
  };

  void begin_what_may_begin() {
    const Moment now = std::chrono::steady_clock::now();
    for (std::size_t left = waiting_.size(); left > 0 && running_.size() < parallel_; --left) {
      const Waiting next = waiting_.front();
      waiting_.pop_front();
      if (next.not_before > now) {
        waiting_.push_back(next);
      } else {
        begin(next.index);
      }
    }
  }

  void begin(std::size_t index) {
    Recording& recording = listing_.recordings[index];
    std::error_code error;
    OpenRecording open = open_recording(libraries_, recording, error);
    if (!open.file) return done(index, std::nullopt);  // it went away: nothing to know
    recording.identity = open.identity;
    if (const auto age = age_of(open.identity); age < options_.settle) return later(index, options_.settle);
    auto child =
        Child::start({options_.program,
                      {"measure", "--fd", "3"},
                      open.file.get(),
                      0,
                      options_.deadline + std::min(kMostForSize, 1000ms * (open.identity.size / kBytesPerSecond))});
    if (!child) {
      result_.no_program = true;
      return;
    }
    tell(recording.clip);
    running_.push_back({index, std::move(open), std::move(*child)});
  }

  void wait_a_moment() {
    std::vector<pollfd> looks;
    for (const auto& each : running_) looks.push_back({each.child.wait_fd(), POLLIN, 0});
    if (looks.empty() && waiting_.empty()) return;
    ::poll(looks.data(), looks.size(), static_cast<int>(kLooksAgain.count()));
  }

  void finish_what_ended() {
    for (std::size_t place = 0; place < running_.size();) {
      auto ended = running_[place].child.on_ready();
      if (!ended) {
        ++place;
        continue;
      }
      const Running finished = std::move(running_[place]);
      running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(place));
      judge(finished, *ended);
    }
  }

  /// A file that changed under the decoder, or a fresh one with a problem (a copy under way looks broken), is looked at
  /// again.
  void judge(const Running& finished, const Ended& ended) {
    Facts facts = facts_of(ended);
    const bool changed = identity_of(finished.open.file.get()) != finished.open.identity;
    if (changed || facts.problem == "changed-while-reading") return later(finished.index, kSettled);
    if (!facts.problem.empty() && age_of(finished.open.identity) < kSettled) return later(finished.index, kSettled);
    done(finished.index, std::move(facts));
  }

  void later(std::size_t index, std::chrono::milliseconds wait) {
    const Moment again = std::chrono::steady_clock::now() + wait;
    if (again <= begun_ + options_.patience) return waiting_.push_back({index, again});
    result_.unsettled.push_back(listing_.recordings[index].clip);
    --total_;
  }

  void done(std::size_t index, std::optional<Facts> facts) {
    if (facts) known_.add(listing_.recordings[index], std::move(*facts));
    if (facts) ++result_.measured;
    ++done_;
    tell(listing_.recordings[index].clip);
    if (options_.keep && done_ % kKeepEvery == 0) options_.keep();
  }

  void tell(const std::string& clip) const {
    if (options_.progress) options_.progress({done_, total_, clip});
  }

  const std::vector<std::filesystem::path>& libraries_;
  Listing& listing_;
  KnownFacts& known_;
  const IntakeOptions& options_;
  const Moment begun_ = std::chrono::steady_clock::now();
  std::size_t parallel_ = 1;
  std::size_t total_ = 0, done_ = 0;
  std::deque<Waiting> waiting_;
  std::vector<Running> running_;
  IntakeResult result_;
};

}  // namespace

std::vector<std::size_t> unknown_recordings(const Listing& listing, const KnownFacts& known,
                                            const std::vector<std::string>& named, std::chrono::sys_seconds now) {
  std::vector<std::size_t> unknown;
  for (std::size_t index = 0; index < listing.recordings.size(); ++index) {
    const Recording& recording = listing.recordings[index];
    const bool wanted = !recording.other || std::binary_search(named.begin(), named.end(), recording.clip);
    if (wanted && known.wants_measuring(recording, now)) unknown.push_back(index);
  }
  return unknown;
}

IntakeResult take_in(const std::vector<std::filesystem::path>& libraries, Listing& listing,
                     const std::vector<std::size_t>& which, KnownFacts& known, const IntakeOptions& options) {
  return Intake(libraries, listing, which, known, options).run();
}

Descriptor open_measured(const std::vector<std::filesystem::path>& libraries, const Listing& listing,
                         const KnownFacts& known, const std::string& clip, const std::string& sha256) {
  const auto& all = listing.recordings;
  const auto found = std::lower_bound(all.begin(), all.end(), clip,
                                      [](const Recording& each, const std::string& name) { return each.clip < name; });
  if (found == all.end() || found->clip != clip) return {};
  std::error_code error;
  OpenRecording opened = open_recording(libraries, *found, error);
  Recording now = *found;
  now.identity = opened.identity;
  const Facts* facts = opened.file ? known.find(now) : nullptr;
  if (facts == nullptr || facts->sha256 != sha256) return {};
  return std::move(opened.file);
}

}  // namespace loa::station
