#include "runner/inputs/selection.hpp"

#include "runner/amount_text.hpp"
#include "runner/inputs/coverage.hpp"
#include "runner/inputs/equal_shares.hpp"
#include "runner/inputs/glob.hpp"
#include "runner/inputs/name_expression.hpp"
#include "runner/inputs/positional_match.hpp"
#include "runner/inputs/reference_index.hpp"
#include "runner/inputs/tag_selector.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <unordered_map>

namespace parley {
namespace {

using predicate = std::function<bool(cell const&)>;
using name_of_cell = std::function<std::string const&(cell const&)>;

// The tags of a cell's three parts one by one: a key may have a value in each.
bool has_tag(cell const& unit, tag_selector const& wanted) {
  return wanted.matches(unit.tags) || wanted.matches(unit.scenario_used->tags) ||
         wanted.matches(unit.persona_used->tags);
}

std::vector<std::string> tags_of(cell const& unit) {
  std::vector<std::string> all;
  for (auto const* tags : {&unit.tags, &unit.scenario_used->tags, &unit.persona_used->tags})
    for (auto& text : tag_texts(*tags)) all.push_back(std::move(text));
  return all;
}

std::vector<std::string> searchable_texts(cell const& unit) {
  auto texts = tags_of(unit);
  texts.insert(texts.end(), {unit.id.value, unit.scenario_used->name, unit.persona_used->name, unit.name});
  return texts;
}

std::string joined(std::vector<std::string> const& values, std::string const& before) {
  std::string text;
  for (auto const& value : values) text += (text.empty() ? "" : " ") + before + value;
  return text;
}

class selector {
 public:
  selector(expansion const& all, selection const& wanted, input_problems& problems)
      : all_(all), wanted_(wanted), problems_(problems) {}

  selected_cells select() {
    take_candidates();
    filter_by_expression();
    filter_by_tags();
    filter_by_names("--scenario", wanted_.scenario_globs, all_.scenario_names,
                    [](cell const& unit) -> std::string const& { return unit.scenario_used->name; });
    filter_by_names("--persona", wanted_.persona_globs, all_.persona_names,
                    [](cell const& unit) -> std::string const& { return unit.persona_used->name; });
    filter_by_last_run();
    filter_by_coverage();
    put_failed_first();
    filter_by_shard();
    finish();
    return std::move(made_);
  }

 private:
  void take_candidates();
  void filter(std::string name, predicate const& keep);
  void filter_by_expression();
  void filter_by_tags();
  void filter_by_names(std::string const& flag, std::vector<std::string> const& patterns,
                       std::vector<std::string> const& known, name_of_cell const& name_of);
  void filter_by_last_run();
  void filter_by_coverage();
  void put_failed_first();
  void filter_by_shard();
  std::vector<std::optional<std::chrono::microseconds>> expected_lengths() const;
  void finish();
  std::shared_ptr<cell const> placed(planned_cell const& planned) const;
  std::string why_empty() const;
  std::string nearest_tag(std::string const& wanted) const;

  expansion const& all_;
  selection const& wanted_;
  input_problems& problems_;
  std::vector<planned_cell const*> kept_;
  std::unordered_map<planned_cell const*, std::size_t> places_;  // before the shard was taken
  selected_cells made_;
};

// Scenarios that no unit test mentions are candidates only when a positional picks them.
void selector::take_candidates() {
  std::vector<bool> picked(all_.cells.size(), false);
  std::vector<std::string> typed;
  for (auto const& wanted : wanted_.positionals) {
    typed.push_back("'" + wanted.text + "'");
    auto const matched = match_positional(wanted, all_, problems_);
    for (std::size_t i = 0; i < picked.size(); ++i) picked[i] = picked[i] || matched[i];
  }
  std::set<scenario const*> left_out;
  std::size_t removed = 0;
  for (std::size_t i = 0; i < picked.size(); ++i) {
    auto const& planned = all_.cells[i];
    bool const by_default = !planned.unmentioned;
    if (picked[i] || (typed.empty() && by_default)) {
      kept_.push_back(&planned);
    } else if (by_default) {
      ++removed;
    } else {
      left_out.insert(planned.unit->scenario_used.get());
    }
  }
  made_.candidates = kept_.size() + removed;
  made_.left_out = left_out.size();
  if (!typed.empty()) made_.filters.push_back({joined(typed, ""), removed});
}

void selector::filter(std::string name, predicate const& keep) {
  auto const before = kept_.size();
  std::erase_if(kept_, [&](auto const* planned) { return !keep(*planned->unit); });
  made_.filters.push_back({std::move(name), before - kept_.size()});
}

void selector::filter_by_expression() {
  if (wanted_.expression.find_first_not_of(" \t\r\n") == std::string::npos) return;
  auto const parsed = name_expression::parse(wanted_.expression);
  std::string const name = "-k '" + wanted_.expression + "'";
  if (!parsed) return problems_.error({}, name + ": " + parsed.error().detail);
  filter(name, [&](cell const& unit) { return parsed->matches(searchable_texts(unit)); });
}

void selector::filter_by_tags() {
  if (wanted_.tags.empty()) return;
  std::vector<tag_selector> tags;
  for (auto const& text : wanted_.tags) {
    auto const tag = parse_tag_selector(text);
    if (!tag)
      return problems_.error({}, "--tag '" + text + "' has no key", "write KEY, KEY:VALUE, KEY: or KEY:*");
    tags.push_back(*tag);
  }
  filter(joined(wanted_.tags, "--tag "), [&](cell const& unit) {
    return std::all_of(tags.begin(), tags.end(), [&](auto const& tag) { return has_tag(unit, tag); });
  });
}

void selector::filter_by_names(std::string const& flag, std::vector<std::string> const& patterns,
                               std::vector<std::string> const& known, name_of_cell const& name_of) {
  if (patterns.empty()) return;
  for (auto const& pattern : patterns) {
    glob const wanted(pattern);
    if (is_glob(pattern) ||
        std::any_of(known.begin(), known.end(), [&](auto const& n) { return wanted.matches(n); }))
      continue;
    problems_.error({}, flag + " '" + pattern + "' names nothing", name_remedy(pattern, known));
  }
  auto const globs = compile_globs(patterns);
  filter(joined(patterns, flag + " "), [&](cell const& unit) { return any_matches(globs, name_of(unit)); });
}

void selector::filter_by_last_run() {
  if (!wanted_.last_failed && !wanted_.last_errored) return;
  std::vector<std::string> flags;
  if (wanted_.last_failed) flags.emplace_back("--last-failed");
  if (wanted_.last_errored) flags.emplace_back("--last-errored");
  filter(joined(flags, ""), [&](cell const& unit) {
    return (wanted_.last_failed && wanted_.last_failed->contains(unit.id)) ||
           (wanted_.last_errored && wanted_.last_errored->contains(unit.id));
  });
}

void selector::filter_by_coverage() {
  if (!wanted_.cover_pairs) return;
  std::vector<cell const*> cells;
  for (auto const* planned : kept_)
    if (!planned->unit->skip) cells.push_back(planned->unit.get());
  auto const taken = pairwise_cover(cells);
  std::set<cell const*> needed;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (taken[i]) needed.insert(cells[i]);
  filter("--cover pairwise", [&](cell const& unit) { return needed.contains(&unit); });
}

void selector::put_failed_first() {
  std::stable_partition(kept_.begin(), kept_.end(), [&](auto const* planned) {
    return wanted_.failed_first.contains(planned->unit->id);
  });
  if (wanted_.part)
    for (auto const* planned : kept_) places_.emplace(planned, places_.size());
  made_.of_all_shards = kept_.size();
}

void selector::filter_by_shard() {
  if (!wanted_.part) return;
  auto const part = *wanted_.part;
  auto const own = static_cast<std::uint64_t>(part.index - 1);
  auto const count = static_cast<std::uint64_t>(part.count);
  std::string const name = "--shard " + std::to_string(part.index) + "/" + std::to_string(part.count);
  if (wanted_.trial_times.empty())
    return filter(name, [&](cell const& unit) { return stable_hash(unit.id.value) % count == own; });
  auto const share_of = equal_shares(expected_lengths(), count);
  std::size_t at = 0;
  filter(name + " by duration", [&](cell const&) { return share_of[at++] == own; });
}

std::vector<std::optional<std::chrono::microseconds>> selector::expected_lengths() const {
  std::vector<std::optional<std::chrono::microseconds>> lengths;
  for (auto const* planned : kept_) {
    auto const known = wanted_.trial_times.find(planned->unit->id);
    auto& length = lengths.emplace_back();
    if (known != wanted_.trial_times.end()) length = known->second * planned->unit->trials;
  }
  return lengths;
}

void selector::finish() {
  if (kept_.empty()) made_.why_empty = why_empty();
  for (auto const* planned : kept_) {
    made_.cells.push_back(wanted_.part ? placed(*planned) : planned->unit);
    for (auto const& wrong : planned->problems) problems_.error(wrong.where, wrong.what, wrong.remedy);
  }
}

// A shard's cells know where the whole run has them: that is how shards are put together again.
std::shared_ptr<cell const> selector::placed(planned_cell const& planned) const {
  auto unit = std::make_shared<cell>(*planned.unit);
  unit->place = places_.at(&planned);
  return unit;
}

std::string selector::why_empty() const {
  std::string why = "the project has no scenarios to run";
  auto left = made_.candidates;
  for (auto const& [name, removed] : made_.filters) {
    if (left > 0 && removed == left)
      why = name + " removed the last " + std::to_string(left) + " of " + counted(made_.candidates, "cell");
    left -= removed;
  }
  for (auto const& tag : wanted_.tags)
    if (auto const near = nearest_tag(tag); !near.empty()) why += "; did you mean --tag '" + near + "'?";
  if (made_.left_out > 0)
    why += "; scenarios that no unit test mentions: " + std::to_string(made_.left_out) +
           " (name one, or its path, to run it)";
  return why;
}

// Only for a tag that no cell has.
std::string selector::nearest_tag(std::string const& wanted) const {
  auto const tag = parse_tag_selector(wanted);
  std::set<std::string> known;
  for (auto const& planned : all_.cells) {
    if (!tag || has_tag(*planned.unit, *tag)) return {};
    for (auto const& text : tags_of(*planned.unit)) known.insert({text, text.substr(0, text.find(':'))});
  }
  return nearest_name(wanted, {known.begin(), known.end()});
}

}  // namespace

selected_cells select_cells(expansion const& all, selection const& wanted, input_problems& problems) {
  return selector(all, wanted, problems).select();
}

std::optional<std::pair<std::string, int>> split_line_suffix(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  auto const digits = text.substr(colon + 1);
  int line = 0;
  auto const [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), line);
  if (problem != std::errc{} || end != digits.data() + digits.size() || line < 1) return std::nullopt;
  return std::pair{std::string(text.substr(0, colon)), line};
}

std::optional<shard> parse_shard(std::string_view text) {
  auto const slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto const number = [](std::string_view digits) {
    int value = 0;
    auto const [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return problem == std::errc{} && end == digits.data() + digits.size() ? value : 0;
  };
  shard const part{number(text.substr(0, slash)), number(text.substr(slash + 1))};
  if (part.index < 1 || part.index > part.count) return std::nullopt;
  return part;
}

}  // namespace parley
