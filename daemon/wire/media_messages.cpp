// The lines of loa-media: flat JSON objects. Knows no process.
#include "daemon/wire/media_messages.hpp"

#include <boost/json.hpp>

namespace loa::wire {
namespace {

namespace json = boost::json;

json::value value_of(const std::optional<double>& level) {
  return level ? json::value(*level) : json::value();
}

json::array list_of(const std::vector<Measured::Flaw>& flaws) {
  json::array list;
  for (const auto& flaw : flaws) list.push_back(json::array{flaw.code, flaw.from, flaw.until});
  return list;
}

/// Takes members out of an object; good() is false once one was absent or of another type.
class AnswerReader {
 public:
  explicit AnswerReader(std::string_view line) {
    boost::system::error_code error;
    value_ = json::parse({line.data(), line.size()}, error);
    good_ = !error && value_.is_object();
  }

  bool good() const { return good_; }
  void take(std::string_view key, std::string& out) {
    if (const auto* value = member(key, &json::value::is_string)) out = std::string(value->get_string());
  }
  void take(std::string_view key, bool& out) {
    if (const auto* value = member(key, &json::value::is_bool)) out = value->get_bool();
  }
  void take(std::string_view key, std::int64_t& out) {
    if (const auto* value = member(key, &json::value::is_int64)) out = value->get_int64();
    if (out < 0) good_ = false;
  }
  void take(std::string_view key, int& out) {
    std::int64_t wide = 0;
    take(key, wide);
    if (wide > 1'000'000) good_ = false;
    out = static_cast<int>(wide);
  }
  void take(std::string_view key, std::vector<Measured::Flaw>& out) {
    const auto* value = member(key, &json::value::is_array);
    if (value == nullptr) return;
    for (const auto& entry : value->get_array()) {
      const auto* flaw = entry.if_array();
      good_ = good_ && flaw != nullptr && flaw->size() == 3 && (*flaw)[0].is_string() && (*flaw)[1].is_number() &&
              (*flaw)[2].is_number();
      if (!good_) return;
      out.push_back(
          {std::string((*flaw)[0].get_string()), (*flaw)[1].to_number<double>(), (*flaw)[2].to_number<double>()});
    }
  }
  /// null: absent.
  void take(std::string_view key, std::optional<double>& out) {
    const auto* value = member(key, nullptr);
    if (value == nullptr || value->is_null()) return;
    boost::system::error_code error;
    const auto level = value->to_number<double>(error);
    good_ = good_ && !error;
    out = level;
  }

 private:
  using Test = bool (json::value::*)() const noexcept;

  const json::value* member(std::string_view key, Test is) {
    const auto* value = good_ ? value_.get_object().if_contains({key.data(), key.size()}) : nullptr;
    good_ = value != nullptr && (is == nullptr || (value->*is)());
    return good_ ? value : nullptr;
  }

  json::value value_;
  bool good_ = false;
};

}  // namespace

std::string to_line(const Measured& measured) {
  return json::serialize(json::object{{"sha256", measured.sha256},
                                      {"frames", measured.frames},
                                      {"sample_rate", measured.sample_rate},
                                      {"channels", measured.channels},
                                      {"codec", measured.codec},
                                      {"loudness", value_of(measured.loudness)},
                                      {"true_peak", value_of(measured.true_peak)},
                                      {"problem", measured.problem},
                                      {"detail", measured.detail},
                                      {"places", measured.places},
                                      {"refused", measured.refused},
                                      {"length", measured.length},
                                      {"flaws", list_of(measured.flaws)}}) +
         "\n";
}

std::string to_line(const Mastered& mastered) {
  return json::serialize(json::object{{"frames", mastered.frames},
                                      {"loudness", value_of(mastered.loudness)},
                                      {"true_peak", value_of(mastered.true_peak)},
                                      {"problem", mastered.problem},
                                      {"sha256", mastered.sha256}}) +
         "\n";
}

std::optional<Measured> measured_from(std::string_view line) {
  AnswerReader reader(line);
  Measured measured;
  reader.take("sha256", measured.sha256);
  reader.take("frames", measured.frames);
  reader.take("sample_rate", measured.sample_rate);
  reader.take("channels", measured.channels);
  reader.take("codec", measured.codec);
  reader.take("loudness", measured.loudness);
  reader.take("true_peak", measured.true_peak);
  reader.take("problem", measured.problem);
  reader.take("detail", measured.detail);
  reader.take("places", measured.places);
  reader.take("refused", measured.refused);
  reader.take("length", measured.length);
  reader.take("flaws", measured.flaws);
  if (!reader.good()) return std::nullopt;
  return measured;
}

std::optional<Mastered> mastered_from(std::string_view line) {
  AnswerReader reader(line);
  Mastered mastered;
  reader.take("frames", mastered.frames);
  reader.take("loudness", mastered.loudness);
  reader.take("true_peak", mastered.true_peak);
  reader.take("problem", mastered.problem);
  reader.take("sha256", mastered.sha256);
  if (!reader.good()) return std::nullopt;
  return mastered;
}

}  // namespace loa::wire
