#include "tests/end_to_end/session_secrets.hpp"

#include "runner/inputs/run_plan.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <array>

namespace parley::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

// What the agent says. It says no part of the URL: the whole of it is the secret.
std::vector<std::string> echoed() {
  auto secrets = all_secrets();
  std::erase(secrets, secret_project::in_url);
  std::erase(secrets, secret_project::on_command_line);
  return secrets;
}

std::string everything() {
  std::string text;
  for (auto const& secret : echoed()) text += "[" + secret + "] ";
  return text;
}

json echoing_calls(bool answered) {
  json calls = json::array();
  for (auto const& secret : echoed()) {
    json call{{"name", "use_" + secret}, {"arguments", {{secret, {secret, "x" + secret + "y"}}}}};
    if (answered) call["result"] = {{"said", secret}, {secret, 1}};
    calls.push_back(std::move(call));
  }
  return calls;
}

http_response redirect() {
  http_response reply(302, everything());
  reply.headers.emplace_back("Location", "http://127.0.0.1:1/" + secret_project::token);
  return reply;
}

// What the agent does follows from the user's first words.
http_response echo(json const& step) {
  auto const content = step.at("content").is_string() ? step.at("content").get<std::string>() : std::string();
  auto const begins = [&](char const* word) { return content.starts_with(word); };
  if (begins("Refuse")) return http_response(500, everything());
  if (begins("Garble")) return http_response(200, "{\"messages\": " + everything());
  if (begins("Escape")) return http_response(200, json(everything()).dump() + "]");
  if (begins("Redirect")) return redirect();
  if (begins("Mistype"))
    return http_response(200, json{{"messages", {{{"content", {everything()}}}}}}.dump());
  if (begins("Rename"))
    return agent_says("Now " + everything(), {{"conversation_id", secret_project::token}, {"ended", true}});
  if (begins("Ask")) return agent_says("Wait.", {{"tool_calls", echoing_calls(false)}});
  return agent_says(everything(), {{"tool_calls", echoing_calls(true)}, {"ended", true}});
}

std::string scenario(std::string const& word) {
  return json{{"name", word},
              {"tags", {{"word", secret_project::token}}},
              {"objective", "Say " + secret_project::token},
              {"instructions", "Use " + secret_project::special},
              {"initial_message", word + " " + secret_project::trace + ""},
              {"script", {{"otherwise", "I said " + secret_project::token}}},
              {"evaluation",
               {{"actions",
                 {{{"name", "use_" + secret_project::trace}, {"arguments", {{"a", secret_project::token}}}}}},
                {"checks",
                 {{{"contains", secret_project::token}, {"name", "named " + secret_project::trace}},
                  {{"not_contains", secret_project::special}}}}}}}
      .dump();
}

constexpr std::array words{"Echo", "Refuse", "Garble", "Escape", "Redirect", "Mistype", "Rename", "Ask"};

// One more is skipped; what people write about a test holds secrets too.
std::string unit_tests() {
  json tests = json::array();
  for (auto const* word : words)
    tests.push_back({{"scenario", word},
                     {"description", "About " + secret_project::token},
                     {"tags", {{secret_project::trace, nullptr}}}});
  tests.push_back(
      {{"scenario", "Echo"}, {"name", "Later"}, {"skip", "Until " + secret_project::token + " works"}});
  return json{{"defaults", {{"persona", "Pat"}}}, {"tests", tests}}.dump();
}

json configuration(std::string const& url) {
  std::string const child = "read line; echo \"my token is $token\" >&2; echo \"$token\"; exit 3";
  return {
      {"secrets", {"models.small.url", "agents.desk.url"}},
      {"agents",
       {{"desk",
         {{"type", "http"},
          {"version", "v ${AGENT_TOKEN}"},
          {"url", url + "/hook/" + secret_project::in_url},
          {"headers",
           {{"Authorization", "Bearer ${AGENT_TOKEN}"},
            {"X-Trace", "${TRACE}"},
            {"X-Api-Key", secret_project::special},
            {"X-Auth-Short", "pw7q"},
            {"Cookie", "Basic " + secret_project::cookie}}}}},
        {"child",
         {{"type", "subprocess"},
          {"command", {"/bin/sh", "-c", child}},
          {"env", {{"token", "${AGENT_TOKEN}"}}}}}}},
      {"models", {{"small", {{"url", secret_project::listed}, {"model", "m"}, {"api_key", "${MODEL_KEY}"}}}}},
      {"quarantine",
       {{"cells",
         {{{"cell", "suite/refuse@pat"},
           {"owner", secret_project::trace},
           {"reason", "Because " + secret_project::token},
           {"expires", "2999-01-01"}}}}}},
      {"run", {{"agent", "desk"}}},
      {"profiles", {{"ci", {{"agents", {{"desk", {{"headers", {{"Cookie", secret_project::cookie}}}}}}}}}}}};
}

std::string xml_escaped(std::string const& text) {
  std::string escaped;
  for (char const c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else
      escaped += c;
  }
  return escaped;
}

// As it is, in a JSON string, in JSON inside a JSON string, in XML text and attributes, and as a file's name.
std::vector<std::string> forms_of(std::string const& secret) {
  auto const in_json = json(secret).dump();
  auto const inner = in_json.substr(1, in_json.size() - 2);
  auto const twice = json(inner).dump();
  return {secret, inner, twice.substr(1, twice.size() - 2), xml_escaped(secret), xml_escaped(inner)};
}

void search(std::string const& where, std::string const& text) {
  for (auto const& secret : all_secrets()) {
    for (auto const& form : forms_of(secret)) {
      auto const at = text.find(form);
      if (at == text.npos) continue;
      INFO(where << ": ..." << text.substr(at < 150 ? 0 : at - 150, 300 + form.size()));
      CHECK(form == "not to be found");
      break;
    }
  }
}

bool is_input(std::string const& name) {
  return name == "parley.yaml" || name.starts_with("tests/") || name.starts_with("scenarios/") ||
         name.starts_with("personas/");
}

}  // namespace

secret_project::secret_project() : agent(echo), project(0, agent.url()) {
  for (auto const* word : words) project.folder().write("scenarios/" + slug(word) + ".json", scenario(word));
  project.folder().write("tests/suite.json", unit_tests());
  project.folder().write("parley.yaml",
                         "# below is JSON, which is YAML too\n" + configuration(agent.url()).dump(2));
  json const persona{{"name", "Pat"},
                     {"background", "Knows " + token + " and " + personal},
                     {"sensitive_user_variables",
                      {{"member", personal}, {"numbers", {std::stoll(personal_number), "short"}}}}};
  project.folder().write("personas/pat.yaml", persona.dump());
}

child_command secret_project::command(std::vector<std::string> const& arguments) const {
  return project.command(arguments, {{"AGENT_TOKEN", token}, {"TRACE", trace}, {"MODEL_KEY", model_key}});
}

parley_result secret_project::run(std::vector<std::string> const& arguments) const {
  child_process process(command(arguments));
  return end_of(process);
}

void secret_project::check_agent_was_given_them() const {
  auto const headers = agent.header_lists();
  REQUIRE_FALSE(headers.empty());
  for (auto const& list : headers) {
    CHECK(*find_header(list, "Authorization") == "Bearer " + token);
    CHECK(*find_header(list, "X-Trace") == trace);
    CHECK(*find_header(list, "X-Api-Key") == special);
  }
  for (auto const& step : agent.steps()) {
    CHECK(step.at("user").at("variables").at("member") == personal);
    if (step.at("type") != "user-message") continue;
    auto const content = step.at("content").get<std::string>();
    CHECK((content.ends_with(trace) || content == "I said " + token));
  }
}

std::size_t secret_project::files_written() const {
  std::size_t count = 0;
  for (auto const& entry : fs::recursive_directory_iterator(project.folder().path()))
    if (entry.is_regular_file() && !is_input(fs::relative(entry.path(), project.folder().path()).string()))
      ++count;
  return count;
}

std::vector<std::string> all_secrets() {
  using of = secret_project;
  return {of::token,  of::trace,    of::special,         of::cookie,          of::model_key,
          of::listed, of::personal, of::personal_number, of::on_command_line, of::in_url};
}

void check_silent(secret_project const& of, parley_result const& result) {
  search("stdout", result.out);
  search("stderr", result.err);
  auto const root = of.project.folder().path();
  for (auto const& entry : fs::recursive_directory_iterator(root)) {
    auto const name = fs::relative(entry.path(), root).string();
    if (!entry.is_regular_file() || is_input(name)) continue;
    search("the name of " + name, name);
    search(name, read_text(entry.path()));
  }
}

}  // namespace parley::test
