// Creates scenarios as fast as it can, from many writers, and prints the id of each when it is acknowledged.
// Ends by being killed. usage: registry_burst DATABASE ROUND
#include "adapters/storage/open_registry.hpp"

#include <boost/asio/co_spawn.hpp>
#include <unistd.h>

#include <iostream>

namespace {

using namespace parley;

void say(int descriptor, std::string const& line) {
  if (::write(descriptor, line.data(), line.size()) < 0) std::_Exit(3);
}

std::string id_of(int round, int number) {
  std::string const digits = std::to_string(round) + "0000" + std::to_string(1000000 + number);
  return std::string(24 - digits.size(), 'f') + digits;
}

boost::asio::awaitable<void> write(registry_store& store, int round, int& next, int& acknowledged) {
  while (true) {
    creation one;
    one.objects.emplace_back();
    registry_object& object = one.objects[0].object;
    std::string const id = id_of(round, next++);
    object.key = object_key("acme", object_kind::scenario, id);
    object.name = "scenario " + id;
    object.created_by = object.updated_by = "ann";
    one.objects[0].first_version = json_value::of_string("one");
    auto const made = co_await store.create(std::move(one));
    if (!made) std::_Exit(4);
    say(1, id + "\n");
    if (++acknowledged % 100 == 0) say(2, "acknowledged " + std::to_string(acknowledged) + "\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  boost::asio::io_context io{1};
  auto const opened = open_registry(argv[1], io);
  if (!opened) {
    std::cerr << opened.error().detail << "\n";
    return 1;
  }
  say(1, "ready\n");
  int const round = std::stoi(argv[2]);
  int next = 0;
  int acknowledged = 0;
  for (int i = 0; i < 50; ++i)
    boost::asio::co_spawn(io, write(**opened, round, next, acknowledged), [](std::exception_ptr e) {
      if (e) std::_Exit(5);
    });
  io.run();
}
