// Hashes, signatures and base64 by their standards' vectors.
#include "daemon/wire/crypto.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace loa::wire {
namespace {

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes += static_cast<char>(std::strtoul(std::string(text.substr(i, 2)).c_str(), nullptr, 16));
  }
  return bytes;
}

TEST(Crypto, Sha256IsThatOfFips180) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Crypto, Sha256InPiecesIsThatOfTheWhole) {
  Sha256 pieces;
  pieces.add("a");
  pieces.add("");
  pieces.add("bc");
  EXPECT_EQ(pieces.hex(), sha256_hex("abc"));
}

TEST(Crypto, Ed25519IsThatOfRfc8032) {
  const auto key = PrivateKey::from_seed(from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  ASSERT_TRUE(key);
  EXPECT_EQ(hex(key->public_key()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(
      hex(key->sign("")),
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595"
      "bbe24655141438e7a100b");
}

TEST(Crypto, ASignatureHoldsForItsKeyAndMessageOnly) {
  const auto key = PrivateKey::generate();
  const auto signature = key.sign("hello");
  EXPECT_TRUE(signature_is_good(key.public_key(), "hello", signature));
  EXPECT_FALSE(signature_is_good(key.public_key(), "hellp", signature));
  EXPECT_FALSE(signature_is_good(PrivateKey::generate().public_key(), "hello", signature));
  EXPECT_FALSE(signature_is_good("", "hello", signature));
  EXPECT_FALSE(signature_is_good(key.public_key(), "hello", signature.substr(1)));
}

TEST(Crypto, AKeyIsItsSeed) {
  const auto key = PrivateKey::generate();
  EXPECT_EQ(PrivateKey::from_seed(key.seed())->public_key(), key.public_key());
  EXPECT_FALSE(PrivateKey::from_seed("short"));
}

TEST(Crypto, Base64IsThatOfRfc4648) {
  const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : cases) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Crypto, Base64HasOneTextForOneValue) {
  for (const auto* text :
       {"Zg", "Zg=", "Zg=\n", " Zg==", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Zm9v\n", "Zm-v"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

TEST(Crypto, AFingerprintIsReadInGroups) {
  const auto fingerprint = fingerprint_of(std::string(32, 'a'));
  EXPECT_EQ(fingerprint.size(), 64u + 15u);
  EXPECT_EQ(fingerprint.substr(0, 10), "3ba3 f5f4 ");
}

}  // namespace
}  // namespace loa::wire
