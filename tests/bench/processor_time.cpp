#include "tests/bench/processor_time.hpp"

#include <ctime>
#include <fstream>
#include <stdexcept>

namespace parley::bench {

double own_processor_time() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double server_processor_time(int postmaster) {
  if (postmaster == 0) return 0;
  std::string const of = "/proc/" + std::to_string(postmaster);
  std::ifstream children(of + "/task/" + std::to_string(postmaster) + "/children");
  double sum = 0;
  for (int child = 0; children >> child;) {
    std::ifstream ran("/proc/" + std::to_string(child) + "/schedstat");
    double nanoseconds = 0;
    ran >> nanoseconds;
    sum += nanoseconds / 1e3;
  }
  return sum;
}

int postmaster_of(std::string const& folder) {
  std::ifstream file(folder + "/data/postmaster.pid");
  int id = 0;
  if (!(file >> id)) throw std::runtime_error("no PostgreSQL server runs in " + folder);
  return id;
}

}  // namespace parley::bench
