#include "runner/conversation/user_validity.hpp"

#include "runner/conversation/consent.hpp"
#include "runner/conversation/leaked_prompt.hpp"
#include "runner/conversation/repeated_lines.hpp"
#include "runner/conversation/role_flip.hpp"
#include "runner/conversation/spoken_words.hpp"
#include "runner/conversation/user_prompt.hpp"
#include "runner/conversation/wrong_language.hpp"
#include "runner/evaluation/excerpt.hpp"
#include "runner/evaluation/white_space.hpp"
#include "runner/inputs/language_name.hpp"
#include "runner/inputs/scenario_texts.hpp"

#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace parley {
namespace {

using shared_facts = std::shared_ptr<conversation_facts const>;

bool found(std::string_view text, RE2 const& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

// What persona and scenario make natural.
struct part_played {
  std::string instructions;
  std::string objective;
  std::string persona;        // role and background
  std::string fixed_opening;  // written by the scenario's author, not by the model

  bool may_repeat() const {
    static RE2 const pattern(
        R"((?i)\b(?:repeat|repeating|over and over|again and again|same (?:question|message|sentence|line|request|answer|thing)|keep (?:asking|saying|demanding|insisting)|broken record)\b)");
    return found(instructions, pattern);
  }

  bool may_change_language(std::string const& own) const {
    static RE2 const pattern(
        R"((?i)\b(?:bilingual|multilingual|languages|(?:another|different|second|foreign|other) language|switch(?:es|ing)? (?:to|the|language)|translat\w*)\b)");
    std::string const all = instructions + "\n" + objective + "\n" + persona;
    return found(all, pattern) || names_other_language(all, own);
  }
};

part_played part_of(shared_facts const& facts) {
  scenario_texts const texts(facts);
  scenario_version const& content = facts->scenario_used->latest();
  persona_version const& who = facts->persona_used->latest();
  part_played part;
  part.instructions = user_instructions(facts, {});
  part.objective = texts.fill(content.objective, {});
  part.persona = facts->persona_used->role + "\n" + texts.fill(who.background, {});
  for (std::string const& model : who.user_models) part.persona += "\n" + model;
  if (content.initial_message) part.fixed_opening = texts.fill(*content.initial_message, {});
  return part;
}

class examination {
 public:
  examination(transcript const& sealed, shared_facts const& facts)
      : sealed_(sealed),
        facts_(*facts),
        part_(part_of(facts)),
        secrets_(user_prompt_rules(), part_.instructions, part_.objective) {}

  std::vector<user_fault> all() {
    read_lines();
    look_at_each();
    if (!part_.may_repeat()) {
      add_at(user_fault_kind::repeated_opening, find_repeated_opening(lines_));
      add_at(user_fault_kind::stuck_loop, find_stuck_loop(lines_));
    }
    look_at_language();
    if (auto const line = find_left_after_consent(sealed_))
      add(user_fault_kind::left_after_consent, sealed_.messages[*line]);
    std::stable_sort(faults_.begin(), faults_.end(),
                     [](user_fault const& a, user_fault const& b) { return a.turn < b.turn; });
    return std::move(faults_);
  }

 private:
  void read_lines() {
    std::string heard;
    role_flip_context context;
    context.serves_others = serves_others(part_.persona);
    for (message const& said : sealed_.messages) {
      if (said.from == role::agent && !said.content.empty()) {
        heard += said.content + "\n";
        context.agent_lines.push_back(spoken_words(said.content));
      }
      if (said.from != role::user || said.from_history) continue;
      if (is_blank(said.content)) {
        // A message without words may still hang up or call a tool.
        if (said.tool_calls.empty()) add(user_fault_kind::empty_line, said);
        continue;
      }
      context.heard = heard;
      spoken_.push_back(&said);
      lines_.push_back({said.content, std::move(heard)});
      heard.clear();
      if (!is_fixed_opening(said) && speaks_as_agent(said.content, context))
        add(user_fault_kind::role_flip, said);
    }
  }

  void look_at_each() {
    for (message const* said : spoken_)
      if (!is_fixed_opening(*said) && secrets_.leaks_in(said->content))
        add(user_fault_kind::leaked_prompt, *said);
  }

  void look_at_language() {
    if (!facts_.language || part_.may_change_language(*facts_.language)) return;
    std::vector<std::string_view> own;
    std::vector<message const*> whose;
    for (message const* said : spoken_) {
      if (is_fixed_opening(*said)) continue;
      own.emplace_back(said->content);
      whose.push_back(said);
    }
    if (auto const line = find_wrong_language(own, *facts_.language))
      add(user_fault_kind::wrong_language, *whose[*line]);
  }

  bool is_fixed_opening(message const& said) const {
    return !spoken_.empty() && &said == spoken_.front() && !part_.fixed_opening.empty() &&
           said.content == part_.fixed_opening;
  }

  void add_at(user_fault_kind kind, std::optional<std::size_t> line) {
    if (line) add(kind, *spoken_[*line]);
  }

  void add(user_fault_kind kind, message const& said) {
    faults_.push_back({kind, said.turn, excerpt(said.content)});
  }

  transcript const& sealed_;
  conversation_facts const& facts_;
  part_played const part_;
  prompt_secrets const secrets_;
  std::vector<message const*> spoken_;  // the user's lines of this conversation that have words
  std::vector<answered_line> lines_;    // the same with what was heard before
  std::vector<user_fault> faults_;
};

}  // namespace

std::string_view to_text(user_fault_kind kind) {
  constexpr std::array<std::string_view, 7> names{"role_flip",     "leaked_prompt",      "repeated_opening",
                                                  "empty_line",    "left_after_consent", "stuck_loop",
                                                  "wrong_language"};
  return names.at(static_cast<std::size_t>(kind));
}

std::vector<user_fault> find_user_faults(transcript const& sealed, shared_facts const& facts) {
  return examination(sealed, facts).all();
}

}  // namespace parley
