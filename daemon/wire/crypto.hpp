// SHA-256, Ed25519 and base64 as plain functions on bytes. The only file behind it that knows OpenSSL.
// Knows no rows. Thread-safe. A failure of the library itself (out of memory, no entropy) throws std::runtime_error.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loa::wire {

inline constexpr std::size_t kKeyBytes = 32;
inline constexpr std::size_t kSignatureBytes = 64;

std::string sha256(std::string_view bytes);      // 32 bytes
std::string sha256_hex(std::string_view bytes);  // 64 lower-case hex digits

/// SHA-256 of what comes in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  std::string hex();  // ends it; call once

 private:
  void* context_;
};

/// RFC 4648 section 4, with padding.
std::string base64(std::string_view bytes);
/// Nothing for anything but what base64() makes: no white space, full padding, no loose bits.
std::optional<std::string> from_base64(std::string_view text);

/// n bytes from the system's generator.
std::string random_bytes(std::size_t n);
std::string hex(std::string_view bytes);

/// An Ed25519 private key: its 32-byte seed (RFC 8032).
class PrivateKey {
 public:
  static PrivateKey generate();
  /// Nothing unless `seed` has 32 bytes.
  static std::optional<PrivateKey> from_seed(std::string_view seed);

  const std::string& seed() const { return seed_; }
  const std::string& public_key() const { return public_key_; }  // 32 bytes
  std::string sign(std::string_view message) const;              // 64 bytes

 private:
  explicit PrivateKey(std::string seed);
  std::string seed_;
  std::string public_key_;
};

/// False also for keys and signatures of the wrong length.
bool signature_is_good(std::string_view public_key, std::string_view message, std::string_view signature);

/// What people compare: SHA-256 of the public key's 32 bytes, hex, in groups of four.
std::string fingerprint_of(std::string_view public_key);

}  // namespace loa::wire
