// The processor time that a question costs: other programs on the machine do not count.
#pragma once

#include <string>

namespace parley::bench {

// Microseconds of this process, ever.
double own_processor_time();

// Microseconds of the processes that serve the connections of a PostgreSQL server, ever. `postmaster`: its
// process id; 0: there is none.
double server_processor_time(int postmaster);

// Of the server whose data lies below `folder`.
int postmaster_of(std::string const& folder);

}  // namespace parley::bench
