#include "adapters/cli/fill_options.hpp"
#include "adapters/cli/flag_readers.hpp"
#include "adapters/scenario_sources/registry_address.hpp"
#include "runner/inputs/quantity_text.hpp"
#include "runner/registry/permissions.hpp"

#include <charconv>

namespace parley {
namespace {

// The word behind the command stands for the flag of its subject.
std::string take_positional(parsed_flags const& flags, char const* flag, std::string& into) {
  into = flags.last(flag, flags.positionals.empty() ? "" : flags.positionals.front());
  if (flags.positionals.size() > (flags.given(flag) ? 0U : 1U))
    return "unexpected argument '" + flags.positionals.back() + "'";
  return {};
}

}  // namespace

std::string fill(parsed_flags const& flags, sync_options& into) {
  into.presentation = read_presentation(flags);
  into.dry_run = flags.given("dry-run");
  into.force = flags.given("force");
  if (flags.given("source")) {
    auto const url = flags.last("source");
    if (!is_registry_url(url))
      return "--source '" + url + "': expected a registry's URL, http://HOST/ORGANIZATION";
    into.configuration.run.push_back({"source", {url}, "--source"});
  }
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, serve_options& into) {
  into.presentation = read_presentation(flags);
  into.listen = flags.last("listen", into.listen);
  into.database = flags.last("db", into.database);
  into.no_auth = flags.given("no-auth");
  into.strict = flags.given("strict");
  into.access_log = !flags.given("no-access-log");
  if (flags.given("rate-limit")) {
    std::string const text = flags.last("rate-limit");
    int number = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number < 1)
      return "--rate-limit '" + text + "': expected a number of requests a minute, 1 or more";
    into.rate_limit = number;
  }
  into.tls_certificate = flags.last("tls-certificate");
  into.tls_key = flags.last("tls-key");
  if (into.tls_certificate.empty() != into.tls_key.empty())
    return "--tls-certificate and --tls-key belong together: give both, or none";
  if (flags.given("token-life")) {
    auto const life = parse_duration(flags.last("token-life"));
    if (!life || *life < std::chrono::seconds(1))
      return "--token-life '" + flags.last("token-life") + "': expected a duration such as 30m or 1h";
    into.token_life = std::chrono::duration_cast<std::chrono::seconds>(*life);
  }
  if (into.database.empty()) return "--db: expected a path or postgres://...";
  return read_configuration(flags, into.configuration);
}

std::string fill(parsed_flags const& flags, account_options& into) {
  using subject = account_options::subject;
  using verb = account_options::verb;
  into.database = flags.last("db", into.database);
  into.organization = flags.last("org");
  into.user = flags.last("user");
  into.role = flags.last("role", into.role);
  bool const lists = into.does == verb::list;
  if (into.what == subject::organization) {
    auto wrong = take_positional(flags, "org", into.organization);
    if (!wrong.empty() || lists) return wrong;
    return into.organization.empty() ? "name the organization" : "";
  }
  if (into.what == subject::user) {
    auto wrong = take_positional(flags, "user", into.user);
    if (!wrong.empty() || lists) return wrong;
    if (into.organization.empty()) return "name the organization: --org NAME";
    return into.user.empty() && into.does == verb::revoke ? "name the user" : "";
  }
  if (into.does == verb::revoke) {
    auto wrong = take_positional(flags, "key", into.key);
    return wrong.empty() && into.key.empty() ? "give the id of the key: 'parley key list' shows it" : wrong;
  }
  if (!flags.positionals.empty()) return "unexpected argument '" + flags.positionals.front() + "'";
  if (into.organization.empty() && !lists) return "name the organization: --org NAME";
  if (!parse_caller_role(into.role))
    return "--role '" + into.role + "': expected reader, runner, editor or admin";
  return {};
}

}  // namespace parley
