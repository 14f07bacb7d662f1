// The wall around OpenSSL: hashes, Ed25519, base64, random bytes. Knows no rows.
#include "daemon/wire/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace loa::wire {

namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* room_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("openssl: ") + what);
}

struct KeyFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyFree>;

struct ContextFree {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextFree>;

Key private_key(std::string_view seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()));
  require(key != nullptr, "private key");
  return key;
}

Context new_context() {
  Context context(EVP_MD_CTX_new());
  require(context != nullptr, "context");
  return context;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string digest(32, '\0');
  require(EVP_Digest(bytes.data(), bytes.size(), room_of(digest), nullptr, EVP_sha256(), nullptr) == 1, "sha256");
  return digest;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += digits[value >> 4];
    text += digits[value & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  return hex(sha256(bytes));
}

Sha256::Sha256() : context_(new_context().release()) {
  require(EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr) == 1, "sha256");
}

Sha256::~Sha256() {
  EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_));
}

void Sha256::add(std::string_view bytes) {
  require(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size()) == 1, "sha256");
}

std::string Sha256::hex() {
  std::string digest(32, '\0');
  require(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), room_of(digest), nullptr) == 1, "sha256");
  return wire::hex(digest);
}

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // one more: OpenSSL ends it with a zero
  const int length = EVP_EncodeBlock(room_of(text), bytes_of(bytes), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return {};
  std::string bytes(text.size() / 4 * 3, '\0');
  if (text.empty()) return bytes;
  if (EVP_DecodeBlock(room_of(bytes), bytes_of(text), static_cast<int>(text.size())) < 0) return {};
  for (int i = 0; i < 2 && text.ends_with('='); ++i, text.remove_suffix(1)) bytes.pop_back();
  // OpenSSL forgives white space and loose bits; one text for one value is what a signature needs.
  std::string again = base64(bytes);
  while (again.ends_with('=')) again.pop_back();
  if (again != text) return {};
  return bytes;
}

std::string random_bytes(std::size_t n) {
  std::string bytes(n, '\0');
  require(RAND_bytes(room_of(bytes), static_cast<int>(n)) == 1, "random");
  return bytes;
}

PrivateKey::PrivateKey(std::string seed) : seed_(std::move(seed)), public_key_(kKeyBytes, '\0') {
  std::size_t length = kKeyBytes;
  require(EVP_PKEY_get_raw_public_key(private_key(seed_).get(), room_of(public_key_), &length) == 1, "public key");
}

PrivateKey PrivateKey::generate() {
  return PrivateKey(random_bytes(kKeyBytes));
}

std::optional<PrivateKey> PrivateKey::from_seed(std::string_view seed) {
  if (seed.size() != kKeyBytes) return {};
  return PrivateKey(std::string(seed));
}

std::string PrivateKey::sign(std::string_view message) const {
  const auto key = private_key(seed_);
  const auto context = new_context();
  std::string signature(kSignatureBytes, '\0');
  std::size_t length = signature.size();
  require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1, "sign");
  require(EVP_DigestSign(context.get(), room_of(signature), &length, bytes_of(message), message.size()) == 1, "sign");
  return signature;
}

bool signature_is_good(std::string_view public_key, std::string_view message, std::string_view signature) {
  if (public_key.size() != kKeyBytes || signature.size() != kSignatureBytes) return false;
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(public_key), public_key.size()));
  if (!key) return false;
  const auto context = new_context();
  require(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1, "verify");
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

std::string fingerprint_of(std::string_view public_key) {
  const auto digits = sha256_hex(public_key);
  std::string groups;
  for (std::size_t i = 0; i < digits.size(); i += 4) {
    if (i > 0) groups += ' ';
    groups += digits.substr(i, 4);
  }
  return groups;
}

}  // namespace loa::wire
