#include "reports/redaction.hpp"

#include "runner/run/run_record.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace parley {
namespace {

using nlohmann::json;

constexpr std::size_t shortest = 6;  // bytes of a secret, and of a piece of one

std::string json_escaped(std::string const& text, bool ascii) {
  auto const quoted = json(text).dump(-1, ' ', ascii, json::error_handler_t::replace);
  return quoted.substr(1, quoted.size() - 2);
}

std::string percent_encoded(std::string const& text, std::string_view kept, char const* digits) {
  std::string out;
  for (char const c : text) {
    auto const u = static_cast<unsigned char>(c);
    bool const alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (alphanumeric || kept.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += digits[u >> 4U];
      out += digits[u & 15U];
    }
  }
  return out;
}

void add_forms(std::vector<std::string>& forms, std::string const& secret) {
  forms.push_back(secret);
  for (bool const ascii : {false, true}) {
    forms.push_back(json_escaped(secret, ascii));
    forms.push_back(json_escaped(forms.back(), false));  // JSON inside a JSON string
  }
  for (auto const* digits : {"0123456789ABCDEF", "0123456789abcdef"})
    for (std::string_view const kept : {"-._~", "-_.!~*'()", "-._~/", "-_.*"})
      forms.push_back(percent_encoded(secret, kept, digits));
}

using range = std::pair<std::size_t, std::size_t>;  // [begin, end) in a text

void find_whole(std::vector<range>& found, std::string const& text, std::string const& form) {
  for (auto at = text.find(form); at != std::string::npos; at = text.find(form, at + 1))
    found.emplace_back(at, at + form.size());
}

std::size_t skip_quote(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with("“")) return at + std::string_view("“").size();
  bool const quote = at < text.size() && (text[at] == '"' || text[at] == '\'' || text[at] == '`');
  return quote ? at + 1 : at;
}

// Whether the end of `form`, at least `shortest` bytes of it, stands at `at`.
std::optional<range> tail_at(std::string_view text, std::size_t at, std::string_view form) {
  auto const rest = text.substr(at);
  for (std::size_t length = std::min(form.size() - 1, rest.size()); length >= shortest; --length)
    if (rest.starts_with(form.substr(form.size() - length))) return range{at, at + length};
  return std::nullopt;
}

// Whether the beginning of `form` stands right before `end`.
std::optional<range> head_before(std::string_view text, std::size_t end, std::string_view form) {
  auto const before = text.substr(0, end);
  for (std::size_t length = std::min(form.size() - 1, before.size()); length >= shortest; --length)
    if (before.ends_with(form.substr(0, length))) return range{end - length, end};
  return std::nullopt;
}

// The places where an excerpt may have been cut: both ends, and both sides of an ellipsis.
struct cut_places {
  std::vector<std::size_t> starts{0};
  std::vector<std::size_t> ends;
};

cut_places find_cuts(std::string_view text) {
  cut_places cuts;
  cuts.ends.push_back(text.size());
  for (std::string_view const ellipsis : {"…", "..."}) {
    for (auto at = text.find(ellipsis); at != std::string_view::npos; at = text.find(ellipsis, at + 1)) {
      cuts.ends.push_back(at);
      cuts.starts.push_back(at + ellipsis.size());
    }
  }
  for (std::size_t i = 0, n = cuts.starts.size(); i < n; ++i)
    if (auto const inner = skip_quote(text, cuts.starts[i]); inner != cuts.starts[i])
      cuts.starts.push_back(inner);
  for (std::size_t i = 0, n = cuts.ends.size(); i < n; ++i) {
    auto const end = cuts.ends[i];
    if (text.substr(0, end).ends_with("”")) cuts.ends.push_back(end - std::string_view("”").size());
    if (end > 0 && std::string_view("\"'`").find(text[end - 1]) != std::string_view::npos)
      cuts.ends.push_back(end - 1);
  }
  return cuts;
}

std::string with_masks(std::string const& text, std::vector<range>& found) {
  std::sort(found.begin(), found.end());
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < found.size();) {
    auto const [begin, first_end] = found[i];
    auto end = first_end;
    for (++i; i < found.size() && found[i].first < end; ++i) end = std::max(end, found[i].second);
    out.append(text, copied, begin - copied);
    out += "***";
    copied = end;
  }
  out.append(text, copied);
  return out;
}

std::optional<json> redacted(redaction const& mask, json const& value);

std::optional<json> redacted_text(redaction const& mask, std::string const& text) {
  auto clean = mask(text);
  if (clean == text) return std::nullopt;
  return json(std::move(clean));
}

std::optional<json> redacted_members(redaction const& mask, json const& value) {
  std::optional<json> changed;
  for (auto const& [key, member] : value.items()) {
    auto clean = redacted(mask, member);
    auto clean_key = mask(key);
    if (!clean && clean_key == key) continue;
    if (!changed) changed = value;
    changed->erase(key);
    (*changed)[clean_key] = clean ? *std::move(clean) : json(member);
  }
  return changed;
}

std::optional<json> redacted_elements(redaction const& mask, json const& value) {
  std::optional<json> changed;
  for (std::size_t i = 0; i < value.size(); ++i) {
    auto clean = redacted(mask, value[i]);
    if (!clean) continue;
    if (!changed) changed = value;
    (*changed)[i] = std::move(*clean);
  }
  return changed;
}

// The value without secrets, or nothing when it holds none.
std::optional<json> redacted(redaction const& mask, json const& value) {
  if (value.is_string()) return redacted_text(mask, value.get_ref<std::string const&>());
  if (value.is_number()) return redacted_text(mask, value.dump());
  if (value.is_object()) return redacted_members(mask, value);
  if (value.is_array()) return redacted_elements(mask, value);
  return std::nullopt;
}

void mask_conversation(redaction const& mask, transcript& conversation) {
  mask.apply(conversation.id.value);
  if (conversation.error) mask.apply(*conversation.error);
  for (auto& note : conversation.notes) mask.apply(note);
  for (auto& said : conversation.messages) {
    mask.apply(said.content);
    mask.apply(said.result.id);
    mask.apply(said.result.name);
    mask.apply(said.result.content);
    for (auto& call : said.tool_calls) {
      mask.apply(call.id);
      mask.apply(call.name);
      mask.apply(call.arguments);
    }
  }
}

void mask_evaluation(redaction const& mask, evaluation& judged) {
  for (auto& action : judged.actions) {
    mask.apply(action.name);
    mask.apply(action.arguments);
    mask.apply(action.evidence);
  }
  for (auto& assertion : judged.nl_assertions) {
    mask.apply(assertion.assertion);
    mask.apply(assertion.quote);
    mask.apply(assertion.justification);
  }
  for (auto& check : judged.checks) {
    mask.apply(check.expected);
    mask.apply(check.name);
    mask.apply(check.evidence);
  }
  for (auto& metric : judged.metrics) {
    mask.apply(metric.name);
    mask.apply(metric.value);
    mask.apply(metric.justification);
  }
}

}  // namespace

redaction::redaction(std::vector<std::string> secrets) {
  for (auto const& secret : secrets)
    if (secret.size() >= shortest) add_forms(forms_, secret);
  std::sort(forms_.begin(), forms_.end(),
            [](auto const& a, auto const& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  forms_.erase(std::unique(forms_.begin(), forms_.end()), forms_.end());
}

std::string redaction::operator()(std::string text) const {
  if (empty() || text.size() < shortest) return text;
  std::vector<range> found;
  auto const cuts = find_cuts(text);
  for (auto const& form : forms_) {
    find_whole(found, text, form);
    for (auto const start : cuts.starts)
      if (auto const piece = tail_at(text, start, form)) found.push_back(*piece);
    for (auto const end : cuts.ends)
      if (auto const piece = head_before(text, end, form)) found.push_back(*piece);
  }
  return found.empty() ? text : with_masks(text, found);
}

json_value redaction::operator()(json_value value) const {
  if (empty() || value.is_null()) return value;
  auto clean = redacted(*this, value.get());
  return clean ? json_value(std::move(*clean)) : value;
}

void redaction::apply(std::string& text) const {
  if (!empty()) text = (*this)(std::move(text));
}

void redaction::apply(json_value& value) const {
  if (!empty()) value = (*this)(std::move(value));
}

void redaction::apply(trial_error& error) const {
  apply(error.message);
}

void redaction::apply(trial_detail& detail) const {
  if (empty()) return;
  mask_conversation(*this, detail.conversation);
  mask_evaluation(*this, detail.judged);
}

}  // namespace parley
