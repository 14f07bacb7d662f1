// Knows the keys of one amplifier and what people write there; must not know whether the device exists.
#include "config/settings_amplifier.hpp"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "config/value_shape.hpp"

namespace loa::config {

std::optional<std::string> read_path(const Node& node, Diagnostics& diagnostics, Text on_air) {
  const auto path = read_words(node, diagnostics);
  if (!path || path->find('\\') == std::string::npos) return path;
  auto slashes = *path;
  for (auto& c : slashes) c = c == '\\' ? '/' : c;
  diagnostics
      .error("backslash-in-path", node.span, msg("“{0}” has backslashes; folders are separated by “/”", shown(*path)))
      .would(std::move(on_air))
      .mend(write_this(slashes));
  return std::nullopt;
}

namespace {

constexpr long long kMostGpioLine = 1023;
constexpr auto kOwnKeys = {"device", "line", "chip", "path", "inverted", "confirm"};

Text stays_off() {
  return msg("the amplifier would not be switched on, and nothing would be heard");
}

/// "COM3", "com3:": a serial port as Windows names it.
bool is_windows_port(const std::string& word) {
  return word.size() >= 4 && word.size() <= 7 && (word[0] == 'C' || word[0] == 'c') &&
         (word[1] == 'O' || word[1] == 'o') && (word[2] == 'M' || word[2] == 'm') &&
         std::isdigit(static_cast<unsigned char>(word[3])) != 0;
}

void read_serial_device(const Node& node, Diagnostics& diagnostics, AmplifierKey& key) {
  const auto device = read_path(node, diagnostics, stays_off());
  if (!device) return;
  key.device = *device;
  if (device->starts_with('/')) return;
  const bool windows = is_windows_port(*device);
  diagnostics
      .error("serial-device", node.span,
             windows ? msg("“{0}” is a port's name under Windows", *device)
                     : msg("“{0}” is no device: its name begins with /dev/", shown(*device)))
      .would(stays_off())
      .mend(windows ? msg("write device: /dev/ttyUSB0 (a USB adapter) or /dev/ttyS0 (a port of the PC)")
                    : write_this("/dev/" + *device));
}

void read_serial(Fields& fields, AmplifierKey& key) {
  auto& diagnostics = fields.diagnostics();
  const auto device = fields.require("device", msg("add “device: /dev/ttyUSB0”: the serial port that switches it"));
  if (device) read_serial_device(*device, diagnostics, key);
  const auto line =
      fields.require("line", msg("add “line: rts” or “line: dtr”: the line of the port that switches it"));
  const auto named = line ? read_choice(*line, diagnostics, {"rts", "dtr"}) : std::nullopt;
  key.line = named.value_or("");
  key.confirm = fields.choice("confirm", {"cts", "dsr", "dcd"}).value_or("");
  key.inverted = fields.flag("inverted").value_or(false);
  if (!key.inverted) return;
  diagnostics
      .warning("amplifier-on-at-rest", fields.key_span("inverted"),
               msg("a serial line is low whenever the program does not run, which is “on” here"))
      .would(msg("the amplifier would be on while the PC is off or the program stands still"))
      .mend(msg("wire it so that the line's rest means off, and leave “inverted” out"));
}

void read_gpio(Fields& fields, AmplifierKey& key) {
  auto& diagnostics = fields.diagnostics();
  const auto chip = fields.require("chip", msg("add “chip: gpiochip0”; `gpiodetect` lists them"));
  if (chip) key.device = read_path(*chip, diagnostics, stays_off()).value_or("");
  const auto line =
      fields.require("line", msg("add “line: 17”, its number or its name on the chip; `gpioinfo` lists them"));
  key.inverted = fields.flag("inverted").value_or(false);
  if (!line) return;
  const auto first = line->is_scalar() && !line->scalar.empty() ? line->scalar[0] : ' ';
  const bool number = std::isdigit(static_cast<unsigned char>(first)) != 0 || first == '-' || first == '+';
  if (!number) {
    key.line = read_words(*line, diagnostics).value_or("");
  } else if (const auto offset = read_whole(*line, diagnostics, 0, kMostGpioLine)) {
    key.line = std::to_string(*offset);
  }
}

void read_command(Fields& fields, AmplifierKey& key) {
  const auto path = fields.require(
      "path", msg("add “path: /usr/local/bin/tang-am”: a program that is called with the word on or off"));
  if (path) key.path = read_path(*path, fields.diagnostics(), stays_off()).value_or("");
  key.confirm = fields.choice("confirm", {"state"}).value_or("");
}

std::vector<std::string_view> keys_for(const std::string& kind) {
  if (kind == "serial") return {"device", "line", "inverted", "confirm", "warm_up", "tail"};
  if (kind == "gpio") return {"chip", "line", "inverted", "warm_up", "tail"};
  if (kind == "command") return {"path", "confirm", "warm_up", "tail"};
  return {};
}

/// What stands there for another kind of key: the operator believes that it does something.
void report_idle(Fields& fields, const std::string& kind) {
  const auto mine = keys_for(kind);
  for (const std::string_view each : kOwnKeys) {
    if (!fields.has(each) || std::find(mine.begin(), mine.end(), each) != mine.end()) continue;
    fields.diagnostics()
        .warning("amplifier-key-idle", fields.key_span(each), msg("“{0}” means nothing beside “key: {1}”", each, kind))
        .would(msg("it changes nothing"))
        .mend(msg("delete it, or correct “key”"));
  }
}

Duration read_span(Fields& fields, std::string_view name, Duration most) {
  const auto node = fields.find(name);
  const auto span = node ? read_duration(*node, fields.diagnostics()) : std::nullopt;
  if (!span || *span <= most) return span.value_or(Duration(0));
  fields.diagnostics()
      .error("out-of-range", node->span, msg("{0} is longer than {1}", to_string(*span), to_string(most)))
      .would(msg("when the amplifier is switched would not be known"))
      .mend(msg("write at most {0}", to_string(most)));
  return Duration(0);
}

std::string kind_of(Fields& fields) {
  if (const auto word = fields.choice("key", {"none", "serial", "gpio", "command"})) return *word;
  const bool meant = std::any_of(kOwnKeys.begin(), kOwnKeys.end(), [&](const char* each) { return fields.has(each); });
  if (!fields.has("key") && meant) {
    fields.require("key", msg("add “key: serial”, “key: gpio” or “key: command”: what switches it"));
  }
  return "none";
}

/// Its keys are known whatever its kind; those of the kind are read on the way.
void read_one(const NodePtr& node, Diagnostics& diagnostics, std::vector<AmplifierKey>& keys) {
  Fields fields(node, diagnostics, msg("an amplifier"));
  AmplifierKey key;
  key.at = node->span;
  const auto before = diagnostics.count(Severity::error);
  const auto kind = kind_of(fields);
  key.kind = kind == "serial" ? AmplifierKey::Kind::serial
             : kind == "gpio" ? AmplifierKey::Kind::gpio
                              : AmplifierKey::Kind::command;
  if (kind == "serial") read_serial(fields, key);
  if (kind == "gpio") read_gpio(fields, key);
  if (kind == "command") read_command(fields, key);
  if (kind != "none") {
    key.warm_up = read_span(fields, "warm_up", AmplifierKey::kMostWarmUp);
    key.tail = read_span(fields, "tail", AmplifierKey::kMostTail);
    report_idle(fields, kind);
  }
  const auto read = keys_for(kind);
  for (const char* each : {"device", "line", "chip", "path", "inverted", "confirm", "warm_up", "tail"}) {
    if (std::find(read.begin(), read.end(), each) == read.end()) fields.find(each);  // known, of another kind
  }
  fields.finish();
  if (kind != "none" && diagnostics.count(Severity::error) == before) keys.push_back(std::move(key));
}

void report_twice(const std::vector<AmplifierKey>& keys, Diagnostics& diagnostics) {
  for (auto later = keys.begin(); later != keys.end(); ++later) {
    const auto same = [&](const AmplifierKey& earlier) { return name_of(earlier) == name_of(*later); };
    if (std::none_of(keys.begin(), later, same)) continue;
    diagnostics.error("amplifier-twice", later->at, msg("{0} stands there twice", name_of(*later)))
        .would(msg("when it is switched would not be known"))
        .mend(msg("delete one of the two"));
  }
}

}  // namespace

bool AmplifierKey::operator==(const AmplifierKey& other) const {
  const auto all = [](const AmplifierKey& key) {
    return std::tie(key.kind, key.device, key.line, key.path, key.inverted, key.confirm, key.warm_up, key.tail);
  };
  return all(*this) == all(other);
}

std::string name_of(const AmplifierKey& key) {
  switch (key.kind) {
    case AmplifierKey::Kind::serial:
      return "serial " + key.device + " " + key.line;
    case AmplifierKey::Kind::gpio:
      return "gpio " + key.device + " " + key.line;
    case AmplifierKey::Kind::command:
      break;
  }
  return "command " + key.path;
}

std::vector<AmplifierKey> read_amplifier(Fields& root) {
  std::vector<AmplifierKey> keys;
  const auto node = root.find("amplifier");
  if (!node) return keys;
  if (!node->is_sequence()) {
    read_one(node, root.diagnostics(), keys);
    return keys;
  }
  for (const auto& item : node->items) read_one(item, root.diagnostics(), keys);
  report_twice(keys, root.diagnostics());
  return keys;
}

}  // namespace loa::config
