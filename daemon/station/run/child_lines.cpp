#include "daemon/station/run/child_lines.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <utility>

#include "daemon/wire/spawn.hpp"

namespace loa::station {

std::shared_ptr<ChildLines> ChildLines::start(boost::asio::io_context& context, const std::filesystem::path& program,
                                              std::vector<std::string> words, Hooks hooks) {
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return nullptr;
  const pid_t pid = wire::spawn(program, std::move(words), {{pair[1], kChildSocket}});
  ::close(pair[1]);
  if (pid < 0) {
    ::close(pair[0]);
    return nullptr;
  }
  const std::shared_ptr<ChildLines> made(new ChildLines(context, pair[0], pid, std::move(hooks)));
  made->read();
  return made;
}

ChildLines::ChildLines(boost::asio::io_context& context, int fd, pid_t pid, Hooks hooks)
    : socket_(context), pid_(pid), hooks_(std::move(hooks)) {
  socket_.assign(boost::asio::local::stream_protocol(), fd);
  socket_.non_blocking(true);
}

void ChildLines::send_now(std::string_view line) {
  [[maybe_unused]] const auto sent =
      ::send(socket_.native_handle(), line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void ChildLines::close() {
  mute_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void ChildLines::read() {
  socket_.async_read_some(boost::asio::buffer(chunk_),
                          [self = shared_from_this()](const boost::system::error_code& error, std::size_t size) {
                            if (self->mute_) return;
                            if (error) return self->hooks_.end();
                            self->take_lines(size);
                            if (!self->mute_) self->read();
                          });
}

void ChildLines::take_lines(std::size_t size) {
  incoming_.append(chunk_.data(), size);
  std::size_t begin = 0;
  for (auto end = incoming_.find('\n'); end != std::string::npos && !mute_; end = incoming_.find('\n', begin)) {
    const auto line = std::string_view(incoming_).substr(begin, end - begin);
    begin = end + 1;
    hooks_.line(line);
  }
  incoming_.erase(0, begin);
}

}  // namespace loa::station
