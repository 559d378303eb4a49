// usage: registry_bench FOLDER [--objects N] [--postgres URL_SMALL URL_LARGE]
#include "tests/bench/registry_bench.hpp"

#include <filesystem>
#include <iostream>
#include <vector>

namespace {

// Databases are kept between runs: filling the large one takes minutes.
void fill_once(std::string const& path, int count) {
  std::string const done = path + "." + std::to_string(count);
  if (std::filesystem::exists(done)) return;
  for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  std::cerr << "filling " << path << " with " << count << " scenarios" << std::endl;
  parley::bench::fill(path + ".part", count);
  std::filesystem::rename(path + ".part", path);
  std::filesystem::create_directory(done);
}

int measure(std::string const& folder, int objects) {
  std::filesystem::create_directories(folder);
  for (char const* name : {"/alone.db", "/grouped.db"})
    for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(folder + name + end);
  bool good = parley::bench::measure_creates(folder);
  fill_once(folder + "/small.db", 1000);
  fill_once(folder + "/large.db", objects);
  good = parley::bench::measure_scale(folder + "/small.db", folder + "/large.db", objects) && good;
  return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  std::string const folder = argc > 1 ? argv[1] : "";
  int objects = 1'000'000;
  std::vector<std::string> postgres;
  for (int i = 2; i < argc; ++i) {
    std::string const flag = argv[i];
    if (flag == "--objects" && i + 1 < argc) objects = std::stoi(argv[++i]);
    if (flag == "--postgres" && i + 2 < argc) postgres = {argv[i + 1], argv[i + 2]};
  }
  if (folder.empty()) {
    std::cerr << "usage: registry_bench FOLDER [--objects N] [--postgres URL_SMALL URL_LARGE]\n";
    return 2;
  }
  if (postgres.empty()) return measure(folder, objects);
  std::cerr << "filling PostgreSQL" << std::endl;
  parley::bench::fill(postgres[0], 1000);
  parley::bench::fill(postgres[1], objects);
  return parley::bench::measure_scale(postgres[0], postgres[1], objects) ? 0 : 1;
} catch (std::exception const& e) {
  std::cerr << "registry_bench: " << e.what() << "\n";
  return 2;
}
