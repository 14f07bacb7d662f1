#include "daemon/keyer/key.hpp"

#include <map>

#include "daemon/keyer/command_key.hpp"
#include "daemon/keyer/gpio_key.hpp"
#include "daemon/keyer/serial_key.hpp"

namespace loa::keyer {

std::vector<std::unique_ptr<Key>> make_keys(const std::vector<wire::KeySetup>& setups) {
  std::map<std::string, std::shared_ptr<SerialPort>> ports;
  std::vector<std::unique_ptr<Key>> keys;
  for (const auto& setup : setups) {
    if (setup.kind == "serial") {
      auto& port = ports[setup.device];
      if (!port) port = std::make_shared<SerialPort>(setup.device, real_serial_calls());
      keys.push_back(std::make_unique<SerialKey>(port, setup));
    } else if (setup.kind == "gpio") {
      keys.push_back(std::make_unique<GpioKey>(real_gpio_calls(), setup));
    } else {
      keys.push_back(std::make_unique<CommandKey>(setup.path, setup.confirm == "state"));
    }
  }
  return keys;
}

}  // namespace loa::keyer
