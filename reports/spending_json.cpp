#include "reports/spending_json.hpp"

#include "reports/json_append.hpp"
#include "reports/stored_form.hpp"

#include <nlohmann/json.hpp>

namespace parley {

using nlohmann::json;

void append_spending(std::string& out, spending const& used) {
  json_object_writer object(out);
  object.number("requests", used.requests);
  object.number("input_tokens", used.input_tokens);
  object.number("output_tokens", used.output_tokens);
  if (used.cost) object.number("cost", *used.cost);
  object.close();
}

void append_party_spending(std::string& out, party_spending const& used) {
  json_object_writer object(out);
  if (!used.agent.empty()) append_spending(object.member("agent"), used.agent);
  if (!used.user.empty()) append_spending(object.member("user"), used.user);
  if (!used.judge.empty()) append_spending(object.member("judge"), used.judge);
  object.close();
}

spending spending_from(json const& form) {
  spending used;
  if (form.is_null()) return used;
  used.requests = integer_or(form, "requests", 0);
  used.input_tokens = integer_or(form, "input_tokens", 0);
  used.output_tokens = integer_or(form, "output_tokens", 0);
  if (auto const& cost = member_or_null(form, "cost"); !cost.is_null()) used.cost = cost.get<double>();
  return used;
}

party_spending party_spending_from(json const& form) {
  party_spending used;
  if (form.is_null()) return used;
  used.agent = spending_from(member_or_null(form, "agent"));
  used.user = spending_from(member_or_null(form, "user"));
  used.judge = spending_from(member_or_null(form, "judge"));
  return used;
}

}  // namespace parley
