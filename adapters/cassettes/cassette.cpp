#include "adapters/cassettes/cassette.hpp"

#include "adapters/cassettes/exchange_form.hpp"
#include "runner/inputs/local_time.hpp"
#include "runner/inputs/run_plan.hpp"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace parley {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int cassette_format = 1;
constexpr auto ways_out =
    ": replay it with --cassette replay=DIR, record into another folder, or delete this one first";

std::string index_of(std::string const& directory) {
  return (fs::path(directory) / "cassette.json").string();
}

failure unreadable(std::string const& file, std::string const& why) {
  return {failure_code::unreadable, file + ": " + why};
}

// Whatever the run asked for, the cassette cannot give it: that is told like a request it does not hold.
failure damaged(std::string const& place, std::string const& why) {
  return {failure_code::not_recorded,
          "the cassette is damaged: " + place + ": " + why + "; restore the file or record it again"};
}

cassette_party party_from(std::string const& word) {
  auto const party = parse_cassette_party(word);
  if (!party) throw std::runtime_error("unknown party '" + word + "'");
  return *party;
}

std::string name_of(trial_identity const& of) {
  std::string text = of.cell.value + ", trial " + std::to_string(of.trial);
  if (of.attempt > 1) text += ", attempt " + std::to_string(of.attempt);
  return text;
}

std::string ordinal_request(cassette_party party, std::size_t number) {
  return "request " + std::to_string(number) + " to the " + std::string(to_text(party));
}

json line_of(trial_identity const& of, cassette_party party, std::size_t number,
             recorded_exchange const& exchange) {
  return {{"trial", of.trial},
          {"attempt", of.attempt},
          {"party", to_text(party)},
          {"n", number},
          {"elapsed_us", exchange.elapsed.count()},
          {"request", exchange.request.get()},
          {"answer", exchange.answer.get()}};
}

}  // namespace

std::string_view to_text(cassette_party party) {
  switch (party) {
    case cassette_party::agent:
      return "agent";
    case cassette_party::user:
      return "user";
    case cassette_party::judge:
      break;
  }
  return "judge";
}

std::optional<cassette_party> parse_cassette_party(std::string_view text) {
  for (auto const party : {cassette_party::agent, cassette_party::user, cassette_party::judge})
    if (to_text(party) == text) return party;
  return std::nullopt;
}

cassette::cassette(cassette_choice choice, std::uint64_t seed, wall_time recorded_at, redaction mask)
    : choice_(std::move(choice)), seed_(seed), recorded_at_(recorded_at), mask_(std::move(mask)) {}

outcome<std::unique_ptr<cassette>> cassette::record(std::string directory, std::uint64_t seed, wall_time now,
                                                    redaction mask) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return failure(failure_code::invalid_input, directory + " cannot be made: " + error.message());
  if (fs::exists(index_of(directory), error))
    return failure(failure_code::invalid_input, directory + " already holds a cassette" + ways_out);
  json const index{{"format", cassette_format}, {"seed", seed}, {"recorded_at", to_rfc3339(now)}};
  std::ofstream out(index_of(directory), std::ios::binary);
  out << index.dump(2) << '\n';
  out.close();
  if (!out) return failure(failure_code::invalid_input, index_of(directory) + " cannot be written");
  cassette_choice choice{cassette_choice::mode::record, std::move(directory), {}};
  return std::unique_ptr<cassette>(new cassette(std::move(choice), seed, now, std::move(mask)));
}

outcome<std::unique_ptr<cassette>> cassette::replay(cassette_choice const& choice, redaction mask) {
  auto const file = index_of(choice.directory);
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return failure(failure_code::invalid_input, choice.directory +
                                                    " holds no cassette (no cassette.json): record one with "
                                                    "--cassette record=" +
                                                    choice.directory);
  try {
    json const index = json::parse(in);
    if (index.at("format").get<int>() != cassette_format)
      return failure(failure_code::invalid_input, file + ": format " + json_value(index.at("format")).dump() +
                                                      " is not known; record it again");
    auto const at = parse_rfc3339(index.at("recorded_at").get<std::string>());
    if (!at) return unreadable(file, "recorded_at is no time");
    return std::unique_ptr<cassette>(
        new cassette(choice, index.at("seed").get<std::uint64_t>(), *at, std::move(mask)));
  } catch (json::exception const& e) {
    return unreadable(file, e.what());
  }
}

bool cassette::replays(cassette_party party) const {
  return choice_.which == cassette_choice::mode::replay && !choice_.rerecord.contains(party);
}

outcome<recorded_exchange> cassette::next(trial_identity const& of, cassette_party party,
                                          json const& request) {
  auto const cell = reel_of(of.cell.value);
  if (!cell) return cell.error();
  auto const found = (*cell)->find({of, party});
  std::size_t const number = found == (*cell)->end() ? 1 : found->second.played + 1;
  if (found == (*cell)->end() || found->second.played >= found->second.lines.size())
    return failure(failure_code::not_recorded,
                   ordinal_request(party, number) + " was not recorded for " + name_of(of));
  json_value const kept = found->second.lines[found->second.played++];
  json const& line = kept.get();
  try {
    if (is_strict()) {
      auto const differs = first_difference(line.at("request"), mask_(json_value(request)).get());
      if (!differs.empty())
        return failure(failure_code::not_recorded,
                       ordinal_request(party, number) + " is not the recorded one: " + differs);
    }
    return recorded_exchange{json_value(line.at("request")), json_value(line.at("answer")),
                             std::chrono::microseconds(line.at("elapsed_us").get<std::int64_t>())};
  } catch (json::exception const& e) {
    return damaged(file_of(of.cell.value), e.what());
  }
}

replay_clock* cassette::clock_of(trial_identity const& of) {
  if (choice_.which != cassette_choice::mode::replay) return nullptr;
  auto& clock = clocks_[of];
  if (!clock) clock = std::make_unique<replay_clock>(recorded_at_);
  return clock.get();
}

void cassette::keep(trial_identity const& of, cassette_party party, recorded_exchange exchange) {
  bool const recording = choice_.which == cassette_choice::mode::record;
  auto& mine = (recording ? reels_ : refreshed_)[of.cell.value][{of, party}];
  auto const line = mask_(json_value(line_of(of, party, ++mine.played, exchange)));
  if (recording) return append_line(file_of(of.cell.value), line);
  mine.lines.push_back(line);
}

outcome<void> cassette::finish() {
  for (auto const& [cell, fresh] : refreshed_) {
    auto const kept = reel_of(cell);
    if (!kept) return kept.error();
    replace_file(file_of(cell), **kept, fresh);
  }
  if (trouble_) return *trouble_;
  return outcome<void>();
}

// Readable, and different for two cells whose slugs agree.
std::string cassette::file_of(std::string const& cell) const {
  char hash[20];
  std::snprintf(hash, sizeof hash, "%08x", static_cast<unsigned>(stable_hash(cell) & 0xffffffffU));
  return (fs::path(choice_.directory) / (slug(cell).substr(0, 100) + "-" + hash + ".jsonl")).string();
}

outcome<cassette::reel*> cassette::reel_of(std::string const& cell) {
  auto const found = reels_.find(cell);
  if (found != reels_.end()) return &found->second;
  auto read = read_reel(cell);
  if (!read) return read.error();
  return &(reels_[cell] = std::move(*read));
}

// A cell without a file was never recorded: that is told with its first request.
outcome<cassette::reel> cassette::read_reel(std::string const& cell) const {
  auto const file = file_of(cell);
  reel read;
  std::ifstream in(file, std::ios::binary);
  std::string text;
  for (int number = 1; std::getline(in, text); ++number) {
    try {
      json line = json::parse(text);
      trial_identity const of{cell_id(cell), line.at("trial").get<int>(), line.at("attempt").get<int>()};
      read[{of, party_from(line.at("party").get<std::string>())}].lines.emplace_back(std::move(line));
    } catch (std::exception const& e) {
      bool const torn = in.eof();  // no line of ours ends without a newline
      return damaged(file + ":" + std::to_string(number), torn ? "the line is cut off" : e.what());
    }
  }
  return read;
}

void cassette::append_line(std::string const& file, json_value const& line) {
  std::ofstream out(file, std::ios::binary | std::ios::app);
  out << line.dump() + '\n';
  out.close();
  if (!out && !trouble_) trouble_ = unreadable(file, "cannot be written");
}

void cassette::replace_file(std::string const& file, reel const& kept, reel const& fresh) {
  std::map<std::pair<trial_identity, cassette_party>, strip const*> all;
  for (auto const& [key, part] : kept)
    if (replays(key.second)) all[key] = &part;
  for (auto const& [key, part] : fresh) all[key] = &part;
  auto const beside = file + ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  for (auto const& [key, part] : all)
    for (auto const& line : part->lines) out << line.dump() << '\n';
  out.close();
  if (out && std::rename(beside.c_str(), file.c_str()) == 0) return;
  if (!trouble_) trouble_ = unreadable(file, "cannot be replaced");
}

}  // namespace parley
