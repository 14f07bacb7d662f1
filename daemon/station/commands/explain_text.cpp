#include "daemon/station/commands/explain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "daemon/station/commands/paint.hpp"
#include "daemon/station/host/output.hpp"
#include "daemon/station/page/log_words.hpp"
#include "scheduler/check_findings.hpp"

namespace loa::station {

namespace {

using config::msg;
using config::Text;
using scheduler::Explanation;
using scheduler::Instant;
using scheduler::Step;
using scheduler::Topic;

constexpr int kCells = 60;

std::string_view answer_name(Explanation::Answer answer) {
  switch (answer) {
    case Explanation::Answer::sounds:
      return "sounds";
    case Explanation::Answer::silent:
      return "silent";
    case Explanation::Answer::session:
      return "session";
    case Explanation::Answer::unplanned:
      return "unplanned";
    case Explanation::Answer::day:
      return "day";
    case Explanation::Answer::name:
      return "name";
    case Explanation::Answer::unknown:
      break;
  }
  return "unknown";
}

std::string one_line(std::string words) {
  std::replace_if(
      words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return words;
}

/// "17:00:12" of a row's instant; the text itself when it is none.
std::string clock_of(const std::string& text, const calendar::Zone& zone) {
  const auto instant = calendar::parse_instant(text, zone);
  return instant ? scheduler::time_words(*instant, zone) : text;
}

Text verdict_words(const wire::ItemRow& row) {
  if (!row.verdict) return msg("begun");
  const auto verdict = words_of(*row.verdict);
  if (!row.reason || *row.reason == wire::Reason::none) return verdict;
  return msg("{0}, {1}", verdict, words_of(*row.reason));
}

/// What a row adds to its verdict.
std::vector<Text> details_of(const wire::ItemRow& row, const calendar::Zone& zone) {
  std::vector<Text> details;
  if (!row.start.empty() && !row.end.empty()) {
    details.push_back(msg("from {0} to {1}", clock_of(row.start, zone), clock_of(row.end, zone)));
  } else if (!row.start.empty()) {
    details.push_back(msg("from {0}", clock_of(row.start, zone)));
  }
  if (row.start_error_ms)
    details.push_back(msg("begun {0} ms beside its time", fmt::format("{:+.1f}", *row.start_error_ms)));
  if (row.frames_played && row.frames_planned && *row.frames_played != *row.frames_planned) {
    details.push_back(msg("{0} of {1} heard", config::to_string(config::Duration(*row.frames_played / 48)),
                          config::to_string(config::Duration(*row.frames_planned / 48))));
  }
  if (!row.device.empty()) details.push_back(msg("device {0}", row.device));
  if (!row.operator_.empty()) details.push_back(msg("by {0}", row.operator_));
  if (!row.order.empty()) details.push_back(msg("ordered by {0}", row.order));
  if (!row.note.empty()) details.push_back(words_of_note(row.note));
  return details;
}

Text row_words(const PastRow& past, const calendar::Zone& zone) {
  if (past.note == "off") return msg("the PC was off");
  if (past.note == "removed") return msg("an edit taken at {0} took it out of the plan", clock_of(past.at, zone));
  const auto& row = past.item;
  const auto what = row.id.empty() ? row.clip : row.id.substr(row.id.rfind('/') + 1);
  Text words = msg("{0}: {1}", what, verdict_words(row));
  for (auto& each : details_of(row, zone)) words = msg("{0}, {1}", std::move(words), std::move(each));
  return words;
}

class ExplanationDrawing {
 public:
  explicit ExplanationDrawing(const ExplainText& text) : text_(text), told_(text.told) {}

  std::string text() const {
    std::string lines = painted(kBold, one_line(answer().in(text_.language))) + "\n" + bar();
    std::vector<std::vector<std::string>> rows;
    if (!text_.basis.empty()) rows.push_back({"", one_line(text_.basis.in(text_.language))});
    for (const auto& row : past()) rows.push_back(row);
    std::string last;
    bool asked = false;  // of the nearest ids only the first
    for (const auto& step : steps()) {
      auto place = step.at.file_line();
      std::string words = one_line(step.words.in(text_.language));
      if (step.topic == Topic::nearest && !asked) {
        words = msg("did you mean {0}?", words).in(text_.language);
        asked = true;
      }
      rows.push_back({place == last ? "" : place, words});
      last = std::move(place);
    }
    return lines + indented(table(rows, 60));
  }

  std::string json() const {
    JsonLine first;
    first.text("rule", "answer");
    place(first, told_.steps.front());
    first.text("text", answer().in(text_.language)).text("answer", answer_name(told_.answer));
    if (told_.item) {
      first.text("id", told_.item->id).text("article", told_.item->article).text("clip", told_.item->clip);
      first.text("start", calendar::rfc3339(told_.item->start, text_.zone));
      first.text("end", calendar::rfc3339(told_.item->end(), text_.zone));
    } else if (told_.session) {
      first.text("id", told_.session->id).text("start", calendar::rfc3339(told_.session->start, text_.zone));
      first.text("end", calendar::rfc3339(told_.session->end, text_.zone));
    }
    std::string lines = first.line();
    if (!text_.basis.empty())
      lines += JsonLine().text("rule", "basis").text("text", text_.basis.in(text_.language)).line();
    for (const auto& row : text_.past == nullptr ? std::vector<PastRow>() : text_.past->rows) lines += json(row);
    for (const auto& step : steps()) {
      JsonLine line;
      line.text("rule", scheduler::name_of(step.topic));
      place(line, step);
      lines += line.text("text", step.words.in(text_.language)).text("id", step.id).line();
    }
    return lines;
  }

 private:
  std::string json(const PastRow& row) const {
    JsonLine line;
    line.text("rule", "ledger").whole("seq", static_cast<std::int64_t>(row.seq)).text("at", row.at);
    line.text("text", row_words(row, text_.zone).in(text_.language)).text("id", row.item.id);
    if (row.item.verdict) line.text("verdict", wire::name_of(*row.item.verdict));
    if (row.item.reason) line.text("reason", wire::name_of(*row.item.reason));
    line.number("start_error_ms", row.item.start_error_ms).text("device", row.item.device);
    return line.line();
  }

  static void place(JsonLine& line, const Step& step) {
    if (step.at.source == nullptr) return;
    line.text("file", step.at.source->name());
    line.whole("line", static_cast<std::int64_t>(step.at.source->position(step.at.begin).line));
  }

  /// Of the past the answer is what was planned; what became of it stands below.
  Text answer() const {
    const auto& words = told_.steps.front().words;
    return text_.past != nullptr ? msg("planned then: {0}", words) : words;
  }

  std::span<const Step> steps() const { return std::span(told_.steps).subspan(1); }

  std::vector<std::vector<std::string>> past() const {
    if (text_.past == nullptr) return {};
    std::vector<std::vector<std::string>> rows;
    for (const auto& row : text_.past->rows) {
      rows.push_back({msg("ledger, row {0}", std::to_string(row.seq)).in(text_.language),
                      one_line(row_words(row, text_.zone).in(text_.language))});
    }
    if (rows.empty())
      rows.push_back({msg("ledger").in(text_.language), msg("there is no row about it").in(text_.language)});
    return rows;
  }

  /// The session from its start to its end: what sounds, and where the instant lies.
  std::string bar() const {
    if (!told_.session || told_.session->end <= told_.session->start) return {};
    const auto from = told_.session->start, until = told_.session->end;
    const auto at = [&](int cell) { return from + (until - from) * cell / kCells; };
    std::string cells, mark;
    for (int cell = 0; cell < kCells; ++cell) {
      const bool sounds = std::any_of(told_.items.begin(), told_.items.end(), [&](const auto& item) {
        return item.what != scheduler::What::pause && item.fault == scheduler::Fault::none &&
               item.start < at(cell + 1) && at(cell) < item.end();
      });
      cells += sounds ? "█" : "·";
      const bool here = at(cell) <= told_.instant && told_.instant < at(cell + 1);
      mark += here ? "▲" : " ";
    }
    mark.erase(mark.find_last_not_of(' ') + 1);
    const auto begin = scheduler::time_words(std::chrono::floor<std::chrono::seconds>(from), text_.zone);
    const auto end = scheduler::time_words(std::chrono::floor<std::chrono::seconds>(until), text_.zone);
    std::string lines = "  " + begin + " " + cells + " " + end + "\n";
    if (!mark.empty()) lines += std::string(begin.size() + 3, ' ') + mark + "\n";
    return lines;
  }

  std::string painted(const char* code, const std::string& words) const {
    return station::painted(code, words, text_.colour);
  }

  std::string indented(const std::string& lines) const {
    std::string made;
    for (std::size_t at = 0; at < lines.size();) {
      const auto end = std::min(lines.find('\n', at), lines.size());
      made += "  " + lines.substr(at, end - at) + "\n";
      at = end + 1;
    }
    return made;
  }

  const ExplainText& text_;
  const Explanation& told_;
};

}  // namespace

std::string ExplainText::text() const {
  return ExplanationDrawing(*this).text();
}

std::string ExplainText::json() const {
  return ExplanationDrawing(*this).json();
}

}  // namespace loa::station
