// The conductor's patience: every span of time that it goes by, with its reason.
#pragma once

#include <chrono>

namespace loa::station::times {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// --- the plan ---
/// A reload adds and removes nothing that starts within this (contract 2).
inline constexpr seconds kUntouchable{60};
/// Sessions become airings this long before their first item; more than kUntouchable and kSubstituteAhead.
inline constexpr seconds kPlaceAhead{75};
/// The part of the plan that is kept at hand, and how much of it may be used up before it is made anew.
inline constexpr hours kBoardBack{48};
inline constexpr hours kBoardAhead{26};
inline constexpr hours kBoardRenewed{13};
/// A session that begins late, or goes on after a skip, begins this much after the decision: time for its start row and
/// for the player to read ahead.
inline constexpr milliseconds kAtOnce{500};
/// A device that is still being opened after a boot is the power's doing, no longer than this.
inline constexpr seconds kBootGrace{15};

// --- one item ---
/// Start rows are appended this long ahead of the frame, but not before the item ahead of it sounds …
inline constexpr seconds kArmAhead{10};
/// … unless that one is as short as this.
inline constexpr seconds kArmLeast{1};
/// So near to its frame an order no longer waits for a slow disk; what begins at once waits so long.
inline constexpr milliseconds kOrderAnyway{300};
inline constexpr seconds kOrderLate{2};
/// When the substitute of a missing recording is chosen (contract 2).
inline constexpr seconds kSubstituteAhead{60};
/// How long after its last frame the player may take to say that it ended, and to fade out what is cut.
inline constexpr seconds kEndPatience{3};
inline constexpr seconds kCutPatience{1};
/// How often the shelf is asked for a master that is not ready at its time.
inline constexpr milliseconds kShelfEvery{250};

// --- announcements ---
/// How long one waits for a device that is away, or for its turn.
inline constexpr minutes kAnnouncePatience{10};
/// A repeat that is later than this is not caught up; what was broken off longer ago does not go on.
inline constexpr minutes kAnnounceLate{5};
/// A slow disk may delay one by so much, no more.
inline constexpr milliseconds kAnnounceProved{60};
/// Up to here its start is at once.
inline constexpr seconds kAnnounceAtOnce{2};
/// For a source that said it is ready to give its first frame, or the next one.
inline constexpr seconds kSourcePatience{15};

// --- relays ---
/// A source is connected this long before it is to be heard.
inline constexpr seconds kRelayAhead{15};
/// One that is not ready by then is stood in for.
inline constexpr milliseconds kRelayLatest{1500};
/// From a decision to the frame at which another part begins: time for its order.
inline constexpr seconds kRelaySwitch{1};
/// A source that failed is tried again after so long, twice as long each time, up to the second.
inline constexpr seconds kRelayAgain{1};
inline constexpr seconds kRelayAgainMost{30};
/// What a stream that ended leaves in the pipe is heard for so long at the least.
inline constexpr milliseconds kRelayDrains{2500};
/// One that says nothing is given up.
inline constexpr seconds kRelayPatience{20};
/// So long nothing but silence: the fallback, where there is one.
inline constexpr seconds kRelaySilence{10};
/// How often it is looked after while its time is near or has come.
inline constexpr milliseconds kRelayEvery{250};

// --- the amplifiers ---
/// One with a warm-up is switched on this much before that begins: a command has to be started.
inline constexpr milliseconds kKeyLead{250};
/// A device that went away is back within this, or the amplifiers go off: nobody wants to hear them hum.
inline constexpr seconds kDeviceHope{60};
/// How long the end waits for them to be off; less than whoever runs the conductor waits for its end.
inline constexpr milliseconds kKeysOff{2500};

// --- the gate ---
/// Refreshed while something sounds or is to sound within kGateAhead; says the hours of kGateReach around now.
inline constexpr seconds kGateEvery{2};
inline constexpr seconds kGateAhead{15};
inline constexpr hours kGateReach{2};

/// What leaves the device as silence although it should sound ends the player, at most so often.
inline constexpr hours kSilenceRestart{1};

// --- the clock ---
/// Smaller steps leave the running session where it is: it is counted in frames.
inline constexpr seconds kBigStep{2};
/// How long a new time must stand before it costs the items that it passed their place: a step may be taken back.
inline constexpr minutes kSettled{5};
/// After a jump no more than this is looked through for items that it passed.
inline constexpr std::chrono::days kFurthestBack{366};
/// A wrong time may stand so long, and verdicts given meanwhile or before are still known when it is set right.
inline constexpr std::chrono::days kWrongClock{31};
/// A last sign of life further ahead of the clock than this was written under a wrong clock.
inline constexpr hours kBelievable{48};

// --- the sign of life ---
inline constexpr seconds kProgressSounding{2};
inline constexpr seconds kProgressIdle{30};
/// As much may have sounded after the last sign of life that reached the disk.
inline constexpr seconds kProgressLost{3};

}  // namespace loa::station::times
