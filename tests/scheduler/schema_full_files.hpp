// Files that use every key, as JSON (which is YAML too), so that a test may change one value after another. Small ones,
// since each of their values is changed in many ways.
#pragma once

#include <vector>

#include "tests/scheduler/schema_question.hpp"

namespace loa::scheduler {

/// Long because the files are.
inline const std::vector<Question>& full_files() {
  static const std::vector<Question> files = {
      {"station", R"({
        "station": {"id": "xa-vi-du", "name": "Xã Ví Dụ", "kind": "commune", "timezone": "Asia/Ho_Chi_Minh", "language": "vi"},
        "shared": ["../chung"], "approval": "off", "holidays": "holidays.yaml", "preflight": "15:30",
        "permitted_hours": [{"days": "daily", "from": "05:00", "until": "24:00"}, {"from": "00:00", "until": "01:00"}],
        "audio": {"device": "default", "second_device": "USB", "listen": "line", "latency": "0ms", "channels": 1, "loudness": -16, "true_peak": -1,
                  "soft_hours": [{"days": "daily", "from": "05:00", "until": "06:00", "gain": -6}]},
        "amplifier": [{"key": "serial", "device": "/dev/ttyUSB0", "line": "rts", "inverted": false, "confirm": "cts",
                       "warm_up": "8s", "tail": "3s"},
                      {"key": "gpio", "chip": "gpiochip0", "line": 17}], "clock": {"unknown": "play"}})"},
      {"station", R"({
        "station": {"id": "xa-vi-du", "name": "Xã Ví Dụ"}, "shared": "../chung", "amplifier": {"key": "command", "path": "tang-am", "confirm": "state"},
        "permitted_hours": {"from": "05:00", "until": "21:00"},
        "limits": [{"name": "Quyết định 29", "sessions_per_day": 3, "minutes_per_session": 45, "minutes_per_day": 120,
                    "days": ["mon"], "except": ["2026-12-05"], "from": "2022-12-01", "until": "2027-12-01", "enforce": false}]})"},
      {"schedule", R"({
        "articles": {
          "khai-sinh": {"title": "Khai sinh", "clip": "dvc/khai-sinh.mp3", "field": "policy", "priority": "ordinary",
                        "source": "own", "summary": "Hồ sơ", "language": "vi", "author": "Phòng Văn hóa", "approval": "off",
                        "from": "2026-11-01", "until": "2027-12-31", "gain": -2, "about": "12min", "missing": "nhac"},
          "nhac": {"clip": "nhac.wav"}},
        "playlists": {"mo-dau": ["nhac", "khai-sinh"], "thong-bao": {"folder": "thong-bao", "approval": "off"}}})"},
      {"schedule", R"({
        "articles": {"nhac": {"clip": "nhac.wav"}},
        "programmes": {
          "sang": {"title": "Buổi sáng", "at": "05:30", "repeat": "daily", "except": ["2026-12-05", "lunar 01-01..01-03"],
                   "from": "2026-11-01", "until": "2027-10-31", "length": "45min", "overrun": "fade", "late": "start",
                   "grace": "10min", "priority": "emergency", "ordered_by": "Chủ tịch", "interrupted": "resume",
                   "items": ["nhac"]}}})"},
      {"schedule", R"({
        "articles": {"nhac": {"clip": "nhac.wav"}}, "playlists": {"mo-dau": ["nhac"]},
        "programmes": {
          "sang": {"at": "05:30", "length": "15min",
                   "items": ["nhac", {"playlist": "mo-dau", "days_ago": 1}, {"article": "nhac", "days": ["mon"], "at": "05:40"},
                             {"pause": "5s"}, {"fill": ["nhac"]}]},
          "tet": {"repeat": "never", "items": [{"fill": "mo-dau", "at": "06:00"}]}}})"},
      {"schedule", R"({
        "articles": {"nhac": {"clip": "nhac.wav"}},
        "programmes": {
          "nho": {"at": {"every": "60min", "from": "08:00", "until": "16:00"}, "repeat": {"dates": ["2026-12-22"]}, "items": ["nhac"]},
          "ram": {"at": ["06:30", "18:30"], "repeat": {"lunar": ["01", "06-15"], "leap": true}, "items": ["nhac"]},
          "hop": {"at": "19:30", "repeat": {"rrule": "FREQ=MONTHLY;BYDAY=2TU", "from": "2026-11-01"}, "items": ["nhac"]}}})"},
      {"schedule", R"({
        "articles": {"nhac": {"clip": "nhac.wav"}},
        "programmes": {"nho": {"at": "08:00", "items": ["nhac"]}, "tet": {"repeat": "never", "items": ["nhac"]}},
        "calendar": [
          {"name": "Tết", "on": "lunar 01-01..01-03", "mute": ["nho"], "replace": {"nho": "tet"}, "add": ["nho"],
           "move": {"nho": "16:45"}, "shift": {"nho": "-15min"}},
          {"on": ["2026-12-01"], "mute": "all"}, {"on": ["mon"], "add": "nho"}]})"},
      {"schedule", R"({
        "articles": {"nhac": {"clip": "nhac.wav"}}, "playlists": {"mo-dau": ["nhac"]},
        "campaigns": {
          "dvc": {"title": "Dịch vụ công", "articles": ["nhac"], "from": "2026-11-01", "until": "2026-12-31",
                  "plays": {"per_day": 1, "total": 38, "apart": "2h"}},
          "hai": {"articles": "mo-dau"}},
        "programmes": {"sang": {"at": "05:30", "items": [{"campaign": "dvc", "count": 2}, {"campaign": "hai"}]}}})"},
      {"schedule", R"({
        "articles": {"nhac": {"clip": "nhac.wav"}},
        "relays": {
          "vov1": {"title": "Thời sự VOV", "source": "vov", "url": "https://vov.example/1.mp3", "fallback": "nhac"},
          "dai-tinh": {"source": "province", "input": "USB"}},
        "programmes": {"sang": {"at": "05:30", "length": "1h",
                                "items": ["nhac", {"relay": "vov1", "at": "06:00", "for": "15min"}, {"relay": "dai-tinh"}]}}})"},
      {"holidays", R"({
        "holidays": {"quoc-khanh": {"name": "Quốc khánh", "dates": ["09-02", "2026-09-01..2026-09-02"]},
                     "gio-to": {"dates": "lunar 03-10"}}})"},
  };
  return files;
}

}  // namespace loa::scheduler
