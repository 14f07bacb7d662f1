// Text that very many values have in common, such as the title of a programme in every item of a year's plan.
#pragma once

#include <compare>
#include <concepts>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace loa::config {

/// A std::string that never changes: copies share it. Two are equal when their characters are. Copying is safe from
/// several threads, as with every value. Becomes a std::string or a view wherever one is asked for.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string text) {  // NOLINT: implicit on purpose, as a std::string would be
    if (!text.empty()) text_ = std::make_shared<const std::string>(std::move(text));
  }
  SharedText(std::string_view text) : SharedText(std::string(text)) {}  // NOLINT
  SharedText(const char* text) : SharedText(std::string(text)) {}       // NOLINT

  const std::string& str() const {
    static const std::string none;
    return text_ == nullptr ? none : *text_;
  }
  operator const std::string&() const { return str(); }  // NOLINT: implicit on purpose
  operator std::string_view() const { return str(); }    // NOLINT
  bool empty() const { return text_ == nullptr; }
  std::size_t size() const { return str().size(); }

  friend bool operator==(const SharedText& a, const SharedText& b) { return a.text_ == b.text_ || a.str() == b.str(); }
  friend std::strong_ordering operator<=>(const SharedText& a, const SharedText& b) {
    return a.text_ == b.text_ ? std::strong_ordering::equal : a.str() <=> b.str();
  }
  template <std::convertible_to<std::string_view> Other>
  friend bool operator==(const SharedText& a, const Other& b) {
    return a.str() == std::string_view(b);
  }
  template <std::convertible_to<std::string_view> Other>
  friend std::strong_ordering operator<=>(const SharedText& a, const Other& b) {
    return std::string_view(a.str()) <=> std::string_view(b);
  }
  friend std::string operator+(std::string a, const SharedText& b) { return std::move(a += b.str()); }
  friend std::string operator+(const SharedText& a, std::string_view b) { return std::string(a.str()).append(b); }
  friend std::ostream& operator<<(std::ostream& out, const SharedText& text) { return out << text.str(); }

 private:
  std::shared_ptr<const std::string> text_;  // null: empty
};

}  // namespace loa::config
