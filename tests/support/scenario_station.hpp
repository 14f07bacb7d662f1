// A commune with three sessions a day, for scenarios.
#pragma once

#include "tests/support/station_fixture.hpp"

namespace loa::sim {

/// xa/<day>T0530/sang: 1 tune 20 s, 2 pause 5 s, 3 khai-sinh 3 min, 4 can-cuoc 5 min; T1130/trua: 1 tune, 2 khai-sinh;
/// T1700/chieu: 1 tune, 2 can-cuoc, 3 tune. `late` of all of them; slots of 20 min.
inline std::string commune_schedule(const std::string& late = "join") {
  const std::string slot = "length: 20min, late: " + late + ", grace: 5min";
  return "articles:\n"
         "  nhac-hieu: {title: Nhạc hiệu, clip: nhac.wav}\n"
         "  khai-sinh: {title: Đăng ký khai sinh, clip: ks.wav}\n"
         "  can-cuoc: {title: Căn cước, clip: can-cuoc.wav}\n"
         "programmes:\n"
         "  sang: {title: Sáng, at: \"05:30\", " +
         slot +
         ", items: [nhac-hieu, {pause: 5s}, khai-sinh, can-cuoc]}\n"
         "  trua: {title: Trưa, at: \"11:30\", " +
         slot +
         ", items: [nhac-hieu, khai-sinh]}\n"
         "  chieu: {title: Chiều, at: \"17:00\", " +
         slot + ", items: [nhac-hieu, can-cuoc, nhac-hieu]}\n";
}

/// The ids of its first session of 23 November 2026, but for the index.
inline const std::string kSang = "xa/2026-11-23T0530/sang/";

inline void write_commune(StationFixture& station, const std::string& late = "join") {
  station.recording("nhac.wav", std::chrono::seconds(20));
  station.recording("ks.wav", std::chrono::minutes(3));
  station.recording("can-cuoc.wav", std::chrono::minutes(5));
  station.write(commune_schedule(late));
}

}  // namespace loa::sim
