// What Loa, libical and dateutil answer.
#include "tests/support/recurrence_peers.hpp"

#include <libical/ical.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace loa::testing {

namespace chr = std::chrono;

std::string compact(LocalTime at) {
  const auto day = chr::floor<chr::days>(at);
  const chr::year_month_day date(day);
  const chr::hh_mm_ss time(chr::floor<chr::seconds>(at - day));
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

std::string compact(const Times& times) {
  std::string text;
  for (const auto at : times) text += (text.empty() ? "" : " ") + compact(at);
  return text;
}

LocalTime from_compact(const std::string& text) {
  int year = 0, hour = 0, minute = 0, second = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(text.c_str(), "%4d%2u%2uT%2d%2d%2d", &year, &month, &day, &hour, &minute, &second) != 6) {
    throw std::invalid_argument("no time: " + text);
  }
  return chr::local_days(chr::year(year) / chr::month(month) / chr::day(day)) + chr::hours(hour) +
         chr::minutes(minute) + chr::seconds(second);
}

Times ask_loa(const RecurrenceQuestion& question) {
  const auto parsed = calendar::parse_recurrence(question.rule);
  const auto* rule = std::get_if<calendar::RecurrenceRule>(&parsed);
  if (rule == nullptr) throw std::invalid_argument("refused: " + question.rule);
  const calendar::Recurrence recurrence(*rule, question.dtstart, calendar::Zone::find("UTC").value());
  return recurrence.between(question.dtstart, question.until, question.limit);
}

RecurrenceQuestion synchronised(RecurrenceQuestion question) {
  auto first = question;
  first.limit = 1;
  const auto found = ask_loa(first);
  if (!found.empty()) question.dtstart = found.front();
  return question;
}

std::optional<Times> ask_libical(const RecurrenceQuestion& question) {
  icalerror_set_errors_are_fatal(0);
  const auto rule = icalrecurrencetype_from_string(question.rule.c_str());
  if (rule.freq == ICAL_NO_RECURRENCE) return std::nullopt;
  const auto start = icaltime_from_string(compact(question.dtstart).c_str());
  const std::unique_ptr<icalrecur_iterator, void (*)(icalrecur_iterator*)> iterator(icalrecur_iterator_new(rule, start),
                                                                                    icalrecur_iterator_free);
  if (!iterator) return std::nullopt;
  Times found;
  while (found.size() < question.limit) {
    const auto next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next)) break;
    const LocalTime at = chr::local_days(chr::year(next.year) / next.month / next.day) + chr::hours(next.hour) +
                         chr::minutes(next.minute) + chr::seconds(next.second);
    if (at >= question.until) break;
    found.push_back(at);
  }
  return found;
}

namespace {

/// A line for each answer: times, or "?…".
Answers read_answers(FILE* from) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (const auto got = fread(buffer.data(), 1, buffer.size(), from)) text.append(buffer.data(), got);
  Answers answers;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    auto& times = answers.emplace_back();
    if (line.starts_with("?")) continue;
    times.emplace();
    std::istringstream words(line);
    for (std::string word; words >> word;) times->push_back(from_compact(word));
  }
  return answers;
}

void set_patience(chr::milliseconds patience) {
  itimerval timer{};
  timer.it_value.tv_usec = patience.count() * 1000;
  setitimer(ITIMER_VIRTUAL, &timer, nullptr);  // its signal ends the process
}

[[noreturn]] void answer_as_libical(int to, const std::vector<RecurrenceQuestion>& questions, std::size_t first,
                                    chr::milliseconds patience) {
  for (auto i = first; i < questions.size(); ++i) {
    set_patience(patience);
    const auto times = ask_libical(questions[i]);
    const auto line = (times ? compact(*times) : "?") + "\n";
    if (write(to, line.data(), line.size()) != static_cast<ssize_t>(line.size())) break;
  }
  _exit(0);
}

}  // namespace

/// In a child that ends when its patience does, and is followed by another for the rest.
Answers ask_libical(const std::vector<RecurrenceQuestion>& questions, chr::milliseconds patience) {
  Answers answers;
  while (answers.size() < questions.size()) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    const auto child = fork();
    if (child < 0) throw std::runtime_error("no child");
    if (child == 0) answer_as_libical(ends[1], questions, answers.size(), patience);
    close(ends[1]);
    FILE* from = fdopen(ends[0], "r");
    for (auto& answer : read_answers(from)) answers.push_back(std::move(answer));
    fclose(from);
    waitpid(child, nullptr, 0);
    if (answers.size() < questions.size()) answers.emplace_back();
  }
  return answers;
}

Answers ask_dateutil(const std::vector<RecurrenceQuestion>& questions, chr::milliseconds patience) {
  std::string name = "/tmp/loa-rules-XXXXXX";
  const int made = mkstemp(name.data());
  if (made < 0) throw std::runtime_error("no temporary file");
  close(made);
  {
    std::ofstream out(name);
    for (const auto& question : questions) {
      out << question.rule << '\t' << compact(question.dtstart) << '\t' << compact(question.until) << '\t'
          << question.limit << '\n';
    }
  }
  const auto command = "/usr/bin/python3 " LOA_SOURCE "/tests/support/recurrence_dateutil.py " +
                       std::to_string(patience.count()) + " <" + name;
  const std::unique_ptr<FILE, int (*)(FILE*)> from(popen(command.c_str(), "r"), pclose);
  auto answers = read_answers(from.get());
  unlink(name.c_str());
  if (answers.size() != questions.size()) throw std::runtime_error("dateutil gave no full answer");
  return answers;
}

}  // namespace loa::testing
