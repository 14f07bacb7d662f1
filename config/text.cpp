// Renders messages in the reader's language. Knows the catalogue; never touches the process's locale.
#include "config/text.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>

#include <algorithm>
#include <locale>

#include "config/catalogue_data.hpp"

namespace loa::config {
namespace {

std::locale load_catalogue() {
  namespace gettext = boost::locale::gnu_gettext;
  gettext::messages_info info;
  info.language = "vi";
  info.encoding = "UTF-8";
  info.domains.emplace_back("loa");
  info.paths.emplace_back("carried inside the program");
  info.callback = [](const std::string&, const std::string&) {
    const auto bytes = vietnamese_catalogue();
    return std::vector<char>(bytes.begin(), bytes.end());
  };
  return std::locale(std::locale::classic(), gettext::create_messages_facet<char>(info));
}

// The translation, or null when there is none. Boost's translate() would strip the msgid to ASCII then.
const char* vietnamese(const char* msgid, const char* plural, int count) {
  static const std::locale locale = load_catalogue();
  const auto& facet = std::use_facet<boost::locale::message_format<char>>(locale);
  return plural == nullptr ? facet.get(0, nullptr, msgid) : facet.get(0, nullptr, msgid, count);
}

}  // namespace

std::optional<Language> language_named(std::string_view name) {
  auto word = std::string(name.substr(0, name.find_first_of("_.-@")));
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (word == "vi") return Language::vi;
  if (word == "en") return Language::en;
  return std::nullopt;
}

Text::Text(const char* msgid, std::vector<Argument> arguments) : msgid_(msgid), arguments_(std::move(arguments)) {}

Text::Text(const char* singular, const char* plural, unsigned long count, std::vector<Argument> arguments)
    : msgid_(singular), plural_(plural), count_(count), arguments_(std::move(arguments)) {}

Text Text::verbatim(std::string words) {
  Text text;
  text.verbatim_ = std::move(words);
  return text;
}

bool Text::empty() const {
  return *msgid_ == '\0' && verbatim_.empty();
}

const char* Text::id() const {
  return msgid_;
}

std::string Text::in(Language language) const {
  if (*msgid_ == '\0') return verbatim_;
  const char* found = language == Language::vi ? vietnamese(msgid_, plural_, static_cast<int>(count_)) : nullptr;
  const char* english = plural_ != nullptr && count_ != 1 ? plural_ : msgid_;
  fmt::dynamic_format_arg_store<fmt::format_context> values;
  for (const auto& argument : arguments_) values.push_back(argument.text.in(language));
  return fmt::vformat(found != nullptr ? found : english, values);
}

}  // namespace loa::config
