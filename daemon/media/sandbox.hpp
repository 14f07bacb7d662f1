// What loa-media forbids itself before it touches bytes that anyone may have made. Knows nothing of sound.
#pragma once

#include <vector>

namespace loa::media {

/// What sounds while it is decoded gives way to nothing.
enum class Pace { gives_way, sounds };

/// Bounds memory, processor time and the size of files written; no core dumps; gives way to everything that plays.
/// Beyond the bounds allocation fails, writing fails, or the process is killed by SIGXCPU.
void limit_process(Pace pace = Pace::gives_way);

/// Closes every descriptor beyond the standard three but these.
void keep_open(std::vector<int> descriptors);

/// For good, also for what this process starts: it opens no file, reaches no network, starts no program and ends no
/// other; it reads and writes what it has open. What is forbidden is answered with EPERM. False: this kernel cannot.
bool forbid_what_leads_out();

/// The same for what takes in a stream of the network: it reads files and connects, but writes no file and starts no
/// program.
bool forbid_all_but_the_network();

/// Sends what the decoding libraries print to nowhere.
void silence_stderr();

}  // namespace loa::media
