#include "daemon/station/run/live_children.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <cerrno>
#include <system_error>

#include "daemon/station/host/open_regular.hpp"
#include "daemon/wire/stream_messages.hpp"

namespace loa::station {

namespace {

constexpr std::chrono::hours kLongestSource{5};
constexpr std::chrono::hours kLongestRelay{25};

/// A child that a disk holds may take its time to die: nobody waits for it.
void let_go(std::optional<Child>& child) {
  if (!child) return;
  child->kill();
  auto dying = std::make_shared<Child>(std::move(*child));
  child.reset();
  run_aside([dying] {});
}

/// `words`: what it is to do; all give sound of the station's channels into `pipe`.
ChildOptions source_child(const std::filesystem::path& program, std::vector<std::string> words,
                          const LiveChildren::Settings& settings, const std::string& pipe) {
  ChildOptions options;
  options.program = program;
  options.arguments = std::move(words);
  options.arguments.insert(options.arguments.end(), {"--pipe", pipe, "--channels", std::to_string(settings.channels)});
  options.deadline = kLongestRelay;
  return options;
}

ChildOptions media_child(const LiveChildren::Settings& settings, const LiveSources::Wish& wish, const std::string& pipe,
                         int file) {
  auto options = source_child(settings.media,
                              {"stream", "--fd", "3", "--target", std::to_string(settings.loudness), "--skip",
                               std::to_string(wish.skip.count())},
                              settings, pipe);
  options.given = file;
  options.deadline = kLongestSource;
  return options;
}

/// Of a relay, which may fall silent.
ChildOptions relay_child(const LiveChildren::Settings& settings, const LiveSources::Wish& wish,
                         const std::string& pipe) {
  std::vector<std::string> words{"--silence", std::to_string(wish.silence.count())};
  if (wish.awaits_sound) words.emplace_back("--await-sound");
  if (wish.url.empty()) {
    words.insert(words.begin(), {"--capture", wish.input});
    return source_child(settings.player, std::move(words), settings, pipe);
  }
  words.insert(words.begin(), {"relay", "--url", wish.url, "--target", std::to_string(settings.loudness)});
  return source_child(settings.media, std::move(words), settings, pipe);
}

}  // namespace

LiveChildren::LiveChildren(boost::asio::io_context& context, Hooks hooks)
    : context_(context), hooks_(std::move(hooks)), mailbox_(context) {}

LiveChildren::~LiveChildren() {
  for (auto& [key, source] : sources_) let_go(source->child);
}

void LiveChildren::start(const Wish& wish) {
  const Key key{wish.id, wish.attempt};
  auto source = std::make_shared<Source>(context_);
  source->pipe = (folder_.path() / std::to_string(++made_)).string();
  sources_[key] = source;
  if (::mkfifo(source->pipe.c_str(), 0600) != 0) return opened(key, wish, -1, errno);
  if (wish.file.empty()) return opened(key, wish, -1, 0);
  struct Opened {
    int fd, error;
  };
  mailbox_.ask(
      [file = wish.file] {
        const int fd = open_regular(file);
        return Opened{fd, fd < 0 ? errno : 0};
      },
      [this, key, wish](const Opened& file) { opened(key, wish, file.fd, file.error); });
}

void LiveChildren::opened(const Key& key, const Wish& wish, int file, int error) {
  const Descriptor recording(file);
  const auto found = sources_.find(key);
  if (found == sources_.end()) return;  // stopped meanwhile
  const auto source = found->second;
  const auto settings = hooks_.settings();
  const bool ready = error == 0 && spawn(*source, wish.file.empty() ? relay_child(settings, wish, source->pipe)
                                                                    : media_child(settings, wish, source->pipe, file));
  if (ready) return wait(key, source);
  source->ended_told = true;
  // Never from within the caller: it may be the conductor itself.
  boost::asio::post(context_, [this, key, why = std::generic_category().message(error), error] {
    SourceNews news;
    news.problem = error != 0 ? "unreadable" : "crashed";
    if (error != 0) news.detail = why;
    tell(key, news);
  });
}

bool LiveChildren::spawn(Source& source, const ChildOptions& options) {
  source.child = Child::start(options);
  if (!source.child) return false;
  const int watched = ::fcntl(source.child->wait_fd(), F_DUPFD_CLOEXEC, 0);
  boost::system::error_code failed;
  if (watched >= 0) source.waiting.assign(watched, failed);
  return watched >= 0 && !failed;
}

void LiveChildren::wait(const Key& key, const std::shared_ptr<Source>& source) {
  source->waiting.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                             [this, key, source](const boost::system::error_code& error) {
                               if (!error && source->child) on_ready(key, source);
                             });
}

void LiveChildren::on_ready(const Key& key, const std::shared_ptr<Source>& source) {
  const auto ended = source->child->on_ready();
  read_news(key, *source, ended ? ended->answer : source->child->said());
  if (!ended) {
    if (sources_.contains(key)) wait(key, source);  // what was told may have stopped it
    return;
  }
  source->child.reset();
  if (std::exchange(source->ended_told, true)) return;
  SourceNews news;
  news.problem = "crashed";
  tell(key, news);
}

void LiveChildren::read_news(const Key& key, Source& source, const std::string& said) {
  // A copy: what is told may stop the source.
  const std::string text = said;
  for (auto end = text.find('\n', source.read); end != text.npos; end = text.find('\n', source.read)) {
    const auto line = wire::stream_news_from(std::string_view(text).substr(source.read, end - source.read));
    source.read = end + 1;
    if (!line) continue;
    SourceNews news;
    news.ready = line->what == wire::StreamNews::What::ready;
    news.pipe = news.ready ? source.pipe : "";
    news.problem = line->problem;
    news.detail = line->detail;
    news.frames = Frames(line->frames);
    news.loudness = line->loudness;
    source.ended_told = source.ended_told || !news.ready;
    tell(key, news);
  }
}

void LiveChildren::tell(const Key& key, const SourceNews& news) {
  if (sources_.contains(key)) hooks_.news(key.first, key.second, news);
}

void LiveChildren::stop(const std::string& id, std::uint32_t attempt) {
  const auto found = sources_.find({id, attempt});
  if (found == sources_.end()) return;
  const auto source = found->second;
  sources_.erase(found);
  boost::system::error_code ignored;
  source->waiting.cancel(ignored);
  ::unlink(source->pipe.c_str());
  // Within a call of its own on_ready() it is still in use.
  boost::asio::post(context_, [source] { let_go(source->child); });
}

}  // namespace loa::station
