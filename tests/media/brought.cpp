#include "tests/media/brought.hpp"

#include "daemon/media/recording.hpp"

namespace loa::test {

const Recordings& brought_shelf() {
  static const Recordings shelf;
  static const bool filled = [] {
    shelf.speech("a.wav", kBrought);
    shelf.speech("tel.wav", kBrought, 8000, 1);
    shelf.run("lame --quiet -b 128 a.wav cbr.mp3; lame --quiet -V 4 a.wav vbr.mp3");
    shelf.run("lame --quiet -t -b 128 a.wav plain.mp3; lame --quiet -t -V 4 a.wav vbr-plain.mp3");
    shelf.run("lame --quiet -b 48 tel.wav tel.mp3; oggenc -Q a.wav -o a.ogg; oggenc -Q tel.wav -o tel.ogg");
    shelf.run("opusenc --quiet a.wav a.opus; flac -s a.wav -o a.flac; flac -s tel.wav -o tel.flac");
    return true;
  }();
  static_cast<void>(filled);
  return shelf;
}

wire::Measured measured_there(const std::string& name) {
  const OpenFile file(brought_shelf().path(name));
  return media::measure_recording(file.fd());
}

double seconds_of(const wire::Measured& facts) {
  return facts.sample_rate > 0 ? static_cast<double>(facts.frames) / facts.sample_rate : 0;
}

}  // namespace loa::test
