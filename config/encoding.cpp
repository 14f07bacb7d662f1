// Recognises the encodings that Vietnamese files come in. Guesses only for the wording; nothing is converted.
#include "config/encoding.hpp"

#include <algorithm>

#include "config/unicode.hpp"

namespace loa::config {
namespace {

unsigned char byte(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Bytes that only TCVN3 uses among the encodings of Vietnamese: ă â ê ô ơ ư đ and the first toned letters.
bool is_tcvn3_letter(unsigned char c) {
  return c >= 0xA8 && c <= 0xBF;
}

// Windows-1258 writes a tone as a byte of its own behind the vowel.
bool is_1258_tone(unsigned char c) {
  return c == 0xCC || c == 0xD2 || c == 0xDE || c == 0xEC || c == 0xF2;
}
bool is_1258_vowel(unsigned char c) {
  const std::string_view vowels = "aeiouyAEIOUY\xE2\xE3\xEA\xF4\xF5\xFD\xC2\xC3\xCA\xD4\xD5\xDD";
  return vowels.find(static_cast<char>(c)) != std::string_view::npos;
}

struct Counts {
  std::size_t sound = 0;   // letters of more than one byte in right UTF-8
  std::size_t broken = 0;  // bytes that are not UTF-8
  std::size_t tcvn3 = 0;
  std::size_t windows_1258 = 0;
};

Counts counts_of(std::string_view bytes) {
  Counts counts;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto bad = first_invalid_utf8(bytes.substr(at));
    const auto end = bad == std::string_view::npos ? bytes.size() : at + bad;
    for (; at < end; ++at) counts.sound += (byte(bytes, at) & 0xC0) == 0xC0;
    if (end == bytes.size()) break;
    const auto c = byte(bytes, end);
    ++counts.broken;
    counts.tcvn3 += is_tcvn3_letter(c);
    counts.windows_1258 += is_1258_tone(c) && end > 0 && is_1258_vowel(byte(bytes, end - 1));
    at = end + 1;
  }
  return counts;
}

struct EncodingComplaint {
  const char* code;
  Text message;
};

EncodingComplaint complaint_about(const Counts& counts) {
  const bool mostly_sound = counts.sound > counts.broken;
  if (!mostly_sound && counts.tcvn3 > counts.windows_1258) {
    return {"tcvn3-encoding", msg("the file is not UTF-8; it looks like TCVN3 (ABC), the encoding of .VnTime fonts")};
  }
  if (!mostly_sound && counts.windows_1258 > 0) {
    return {"windows-1258", msg("the file is not UTF-8; it looks like Windows-1258")};
  }
  return {"broken-utf8", msg("from here on the file is not UTF-8: the letter is broken")};
}

void report(const SourceText& source, Diagnostics& diagnostics, const EncodingComplaint& complaint, std::size_t at) {
  const bool legacy = std::string_view(complaint.code) != "broken-utf8";
  diagnostics.error(complaint.code, {&source, at, at + 1}, complaint.message)
      .would(msg("no letter with a mark could be read, so nothing of this file can be played"))
      .mend(legacy ? msg("convert it to Unicode (UniKey: Ctrl+Shift+F6) and save it as UTF-8")
                   : msg("delete the broken letter, type it again, and save the file as UTF-8"));
}

bool looks_like_utf16(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
  // Without a mark: Latin letters leave every other byte zero, and only those.
  const auto head = bytes.substr(0, 200);
  std::size_t zeros[2] = {0, 0};
  for (std::size_t at = 0; at < head.size(); ++at) zeros[at % 2] += head[at] == '\0';
  const auto most = std::max(zeros[0], zeros[1]);
  return std::min(zeros[0], zeros[1]) == 0 && most > 0 && most * 4 >= head.size();
}

void report_utf16(const SourceText& source, Diagnostics& diagnostics) {
  diagnostics.error("utf-16", {&source, 0, 1}, msg("the file is UTF-16, not UTF-8"))
      .would(msg("nothing of this file can be read or played"))
      .mend(msg("save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"));
}

void report_nul(const SourceText& source, Diagnostics& diagnostics, std::size_t at) {
  const auto end = std::min(source.bytes().find_first_not_of('\0', at), source.bytes().size());
  diagnostics.error("nul-byte", {&source, at, end}, msg("from here on the file holds zero bytes: it is damaged"))
      .would(msg("what stood here is lost; nothing of this file can be played"))
      .mend(msg("a power cut while saving does this: take the file from a copy, or write this part again"));
}

}  // namespace

bool check_encoding(const SourceText& source, Diagnostics& diagnostics) {
  const auto bytes = source.bytes();
  if (looks_like_utf16(bytes)) {
    report_utf16(source, diagnostics);
    return false;
  }
  if (const auto zero = bytes.find('\0'); zero != std::string_view::npos) {
    report_nul(source, diagnostics, zero);
    return false;
  }
  const auto bad = first_invalid_utf8(bytes);
  if (bad == std::string_view::npos) return true;
  report(source, diagnostics, complaint_about(counts_of(bytes)), bad);
  return false;
}

}  // namespace loa::config
