#include "tests/end_to_end/model_shop.hpp"

#include <algorithm>

namespace parley::test {
namespace {

using nlohmann::json;

http_response answer_of(json message) {
  message["role"] = "assistant";
  json const body{{"choices", {{{"index", 0}, {"message", message}, {"finish_reason", "stop"}}}},
                  {"usage", {{"prompt_tokens", 100}, {"completion_tokens", 10}}}};
  return http_response(200, body.dump());
}

bool has_role(json const& request, char const* role) {
  auto const& messages = request.at("messages");
  return std::any_of(messages.begin(), messages.end(), [&](json const& m) { return m.at("role") == role; });
}

std::size_t said_by(json const& request, char const* role) {
  auto const& messages = request.at("messages");
  return static_cast<std::size_t>(
      std::count_if(messages.begin(), messages.end(), [&](json const& m) { return m.at("role") == role; }));
}

http_response usual_agent(json const& request) {
  if (has_role(request, "tool")) return completion("Your refund for order 4411 is issued.");
  auto const last = request.at("messages").back().at("content").get<std::string>();
  if (last.find("4411") != last.npos) return completion_calling("issue_refund", {{"order_id", "4411"}});
  return completion("I am sorry. What is your order number?");
}

http_response usual_user(json const& request) {
  switch (said_by(request, "assistant")) {
    case 0:
      return user_says("My order never came.");
    case 1:
      return user_says("It is 4411.");
    default:
      return user_says("Thank you, bye.", true);
  }
}

http_response usual_judge(json const&) {
  return judge_says("met", "What is your order number?");
}

constexpr auto scenario = R"(name: Refund
objective: Get a refund for order 4411.
instructions: Give the order number only when asked.
environment:
  action_mocks: {issue_refund: {default_return_value: {ok: true}}}
evaluation:
  actions: [{name: issue_refund, arguments: {order_id: "4411"}}]
  nl_assertions: ["The agent asked for the order number."]
)";

}  // namespace

std::string everything_below(std::filesystem::path const& folder) {
  std::string all;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().filename() != "parley.yaml") all += read_text(entry.path());
  return all;
}

http_response completion(std::string const& text) {
  return answer_of({{"content", text}});
}

http_response completion_calling(std::string const& tool, json const& arguments) {
  json const call{{"id", "call_1"},
                  {"type", "function"},
                  {"function", {{"name", tool}, {"arguments", arguments.dump()}}}};
  return answer_of({{"content", nullptr}, {"tool_calls", {call}}});
}

http_response user_says(std::string const& message, bool done) {
  return completion(json{{"message", message}, {"done", done}, {"reason", ""}}.dump());
}

http_response judge_says(std::string const& verdict, std::string const& quote) {
  return completion(
      json{{"verdict", verdict}, {"quote", quote}, {"justification", "it stands there"}}.dump());
}

model_shop::model_shop() : agent(usual_agent), user(usual_user), judge(usual_judge) {}

void model_shop::open() {
  playing_ = {agent, user, judge};
  server_ = std::make_unique<recording_agent>([this](json const& request) {
    auto const model = request.at("model").get<std::string>();
    std::unique_lock lock(guard_);
    player const asked = model == "shop" ? playing_.agent : model == "pat" ? playing_.user : playing_.judge;
    lock.unlock();
    return asked(request);
  });
  auto const url = server_->url() + "/v1";
  folder_.write("parley.yaml",
                "agents:\n  desk: {type: openai_chat, url: \"" + url +
                    "\", model: shop, api_key: \"${SHOP_KEY}\"}\nmodels:\n"
                    "  customer: {url: \"" +
                    url +
                    "\", model: pat, api_key: \"${SHOP_KEY}\", prices: {input: 1, output: 10}}\n"
                    "  judge: {url: \"" +
                    url +
                    "\", model: judge, api_key: \"${SHOP_KEY}\", prices: {input: 1, output: 10}}\n"
                    "simulated_user: {model: customer}\njudge: {model: judge}\n");
  folder_.write("personas/pat.yaml", "name: Pat\nbackground: A customer.\npreferred_language: eng\n");
  folder_.write("scenarios/refund.yaml", scenario);
}

void model_shop::close() {
  server_.reset();
}

parley_result model_shop::run(std::vector<std::string> arguments,
                              std::map<std::string, std::string> variables) const {
  {
    std::lock_guard const lock(guard_);
    playing_ = {agent, user, judge};
  }
  if (!variables.contains("SHOP_KEY")) variables["SHOP_KEY"] = "sk-very-secret";
  for (auto const* const report :
       {"--reporter", "json=report.json", "--reporter", "console", "--junit", "junit.xml"})
    arguments.emplace_back(report);
  return run_parley_in(folder_.path(), arguments, std::move(variables), std::chrono::seconds(60));
}

std::size_t model_shop::asked(std::string const& model) const {
  std::size_t count = 0;
  for (auto const& step : server_->steps())
    if (step.at("model") == model) ++count;
  return count;
}

}  // namespace parley::test
