#include "adapters/cli/account_command.hpp"

#include "adapters/cli/drive.hpp"
#include "adapters/cli/tell_problems.hpp"
#include "adapters/formats/digest.hpp"
#include "adapters/registry_api/access_control.hpp"
#include "adapters/registry_api/all_objects.hpp"
#include "adapters/registry_api/secret_text.hpp"
#include "adapters/storage/open_registry.hpp"
#include "adapters/system/logging.hpp"
#include "runner/registry/accounts.hpp"
#include "runner/registry/text_rules.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace parley {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using subject = account_options::subject;
using verb = account_options::verb;

constexpr int usage_error = 4;
constexpr int store_error = 3;

// Everything the coroutines of one command share.
struct accounts {
  registry_store* store;
  account_options options;
};

int tell(registry_error const& error) {
  log_error(error.detail);
  return error.code == registry_refusal::unavailable ? store_error : usage_error;
}

void print(json const& object) {
  std::cout << object.dump() << std::endl;
}

asio::awaitable<registry_outcome<void>> add(registry_store* store, registry_object object) {
  object.created_by = object.updated_by = "local";
  creation wanted;
  wanted.objects.push_back(new_object{std::move(object), std::nullopt});
  auto const made = co_await store->create(std::move(wanted));
  if (!made) co_return made.error();
  co_return boost::system::in_place_value;
}

// True when it is there and was not revoked.
asio::awaitable<registry_outcome<bool>> is_live(registry_store* store, object_key key) {
  auto const found = co_await store->find(std::move(key));
  if (found) co_return !found->is_deleted;
  if (found.error().code == registry_refusal::not_found) co_return false;
  co_return found.error();
}

// Makes it when it is missing; `what` names it for the line on stderr.
asio::awaitable<registry_outcome<void>> ensure(registry_store* store, registry_object object,
                                               std::string what) {
  object_key key = object.key;
  auto const live = co_await is_live(store, std::move(key));
  if (!live) co_return live.error();
  if (*live) co_return boost::system::in_place_value;
  auto const made = co_await add(store, std::move(object));
  if (!made) co_return made.error();
  std::cerr << "parley: made the " << what << std::endl;
  co_return boost::system::in_place_value;
}

asio::awaitable<int> create_organization(accounts const* with) {
  auto object = organization_object(with->options.organization, random_hex(32));
  auto const made = co_await add(with->store, std::move(object));
  if (!made) co_return tell(made.error());
  print({{"organization", with->options.organization}});
  co_return 0;
}

asio::awaitable<registry_outcome<void>> ensure_organization(accounts const* with) {
  auto object = organization_object(with->options.organization, random_hex(32));
  co_return co_await ensure(with->store, std::move(object),
                            "organization '" + with->options.organization + "'");
}

asio::awaitable<int> create_user(accounts const* with) {
  auto const organization = co_await ensure_organization(with);
  if (!organization) co_return tell(organization.error());
  std::string const user = with->options.user.empty() ? random_hex(12) : with->options.user;
  auto object = user_object(with->options.organization, user);
  auto const made = co_await add(with->store, std::move(object));
  if (!made) co_return tell(made.error());
  print({{"organization", with->options.organization}, {"user_id", user}});
  co_return 0;
}

asio::awaitable<int> create_key(accounts const* with) {
  auto const organization = co_await ensure_organization(with);
  if (!organization) co_return tell(organization.error());
  api_key_facts facts;
  facts.organization = with->options.organization;
  facts.user = with->options.user.empty() ? random_hex(12) : with->options.user;
  facts.role = *parse_caller_role(with->options.role);
  auto owner = user_object(facts.organization, facts.user);
  auto const user = co_await ensure(with->store, std::move(owner), "user '" + facts.user + "'");
  if (!user) co_return tell(user.error());
  api_key_text key;
  key.id = random_hex(12);
  key.secret = random_hex(24);
  facts.secret_hash = sha256_hex(key.secret);
  auto object = api_key_object(key.id, facts);
  auto const made = co_await add(with->store, std::move(object));
  if (!made) co_return tell(made.error());
  print({{"organization", facts.organization},
         {"user_id", facts.user},
         {"api_key_id", key.id},
         {"api_key", to_text(key)},
         {"role", with->options.role}});
  co_return 0;
}

json listed(registry_object const& object, subject what) {
  if (what == subject::organization) return {{"organization", object.name}, {"revoked", object.is_deleted}};
  if (what == subject::user)
    return {
        {"organization", object.key.organization}, {"user_id", object.name}, {"revoked", object.is_deleted}};
  registry_object live = object;
  live.is_deleted = false;
  auto const facts = api_key_facts_of(live);
  return {{"organization", facts->organization},
          {"user_id", facts->user},
          {"api_key_id", object.key.id},
          {"role", to_text(facts->role)},
          {"revoked", object.is_deleted}};
}

list_query query_of(account_options const& options) {
  list_query query;
  object_filter& filter = query.filter;
  filter.kind = options.what == subject::organization ? object_kind::organization
                : options.what == subject::user       ? object_kind::user
                                                      : object_kind::api_key;
  if (options.what == subject::user) filter.organization = options.organization;
  if (options.what == subject::key && !options.organization.empty())
    filter.facets.push_back(facet_is("organization", options.organization));
  if (options.what == subject::key && !options.user.empty())
    filter.facets.push_back(facet_is("user", options.user));
  return query;
}

asio::awaitable<int> list(accounts const* with) {
  std::vector<std::string> organizations{with->options.organization};
  if (with->options.what == subject::user && with->options.organization.empty()) {
    list_query every;
    every.filter.kind = object_kind::organization;
    auto const found = co_await all_objects(with->store, std::move(every));
    if (!found) co_return tell(found.error());
    organizations.clear();
    for (auto const& object : *found) organizations.push_back(object.name);
  }
  for (auto const& organization : organizations) {
    account_options options = with->options;
    options.organization = organization;
    list_query wanted = query_of(options);
    auto const found = co_await all_objects(with->store, std::move(wanted));
    if (!found) co_return tell(found.error());
    for (auto const& object : *found) print(listed(object, with->options.what));
  }
  co_return 0;
}

asio::awaitable<registry_outcome<void>> revoke_one(registry_store* store, object_key key) {
  std::vector<object_key> which;
  which.push_back(std::move(key));
  change_rule rule = [](std::vector<object_state> const& before) -> registry_outcome<change_set> {
    if (before.front().object.is_deleted)
      return registry_error(registry_refusal::not_found, "revoked already");
    change_set set;
    set.changes.push_back({before.front().object, std::nullopt});
    set.changes.front().after.is_deleted = true;
    return set;
  };
  auto const changed = co_await store->change(std::move(which), std::move(rule));
  if (!changed) co_return changed.error();
  co_return boost::system::in_place_value;
}

asio::awaitable<registry_outcome<void>> revoke_keys(registry_store* store, list_query query) {
  query.filter.is_deleted = false;
  auto const keys = co_await all_objects(store, std::move(query));
  if (!keys) co_return keys.error();
  for (auto const& key : *keys) {
    object_key which = key.key;
    auto const revoked = co_await revoke_one(store, std::move(which));
    if (!revoked) co_return revoked.error();
  }
  co_return boost::system::in_place_value;
}

asio::awaitable<int> revoke(accounts const* with) {
  account_options const& options = with->options;
  object_key key = options.what == subject::organization ? organization_key(options.organization)
                   : options.what == subject::user       ? user_key(options.organization, options.user)
                                                         : api_key_key(options.key);
  auto const revoked = co_await revoke_one(with->store, std::move(key));
  if (!revoked) co_return tell(revoked.error());
  if (options.what == subject::user) {
    account_options keys = options;
    keys.what = subject::key;
    list_query owned = query_of(keys);
    auto const ended = co_await revoke_keys(with->store, std::move(owned));
    if (!ended) co_return tell(ended.error());
  }
  print({{"revoked", true}});
  co_return 0;
}

asio::awaitable<int> perform(accounts const* with) {
  if (with->options.does == verb::list) co_return co_await list(with);
  if (with->options.does == verb::revoke) co_return co_await revoke(with);
  if (with->options.what == subject::organization) co_return co_await create_organization(with);
  if (with->options.what == subject::user) co_return co_await create_user(with);
  co_return co_await create_key(with);
}

// Empty: fine.
std::string wrong_name(account_options const& options) {
  if (!options.organization.empty() && !is_account_name(options.organization))
    return "'" + options.organization + "' cannot name an organization";
  // Basic credentials are split at their last underscore.
  if (!options.user.empty() &&
      (!is_account_name(options.user) || options.user.find('_') != std::string::npos))
    return "'" + options.user + "' cannot be a user's id";
  return {};
}

}  // namespace

int account_command(account_options const& options) {
  if (auto const wrong = wrong_name(options); !wrong.empty()) {
    log_error(wrong + ": use letters, digits, - and . (organizations _ too), at most 64");
    return usage_error;
  }
  asio::io_context io{1};
  auto const missing = options.does == verb::create ? when_missing::make : when_missing::refuse;
  auto store = open_registry(options.database, io, {}, missing);
  if (!store && store.error().code == failure_code::invalid_input) {
    log_error(store.error().detail +
              ": --db says where it is; 'parley serve' and 'parley key create' make one");
    return usage_error;
  }
  if (!store) {
    log_error(store.error().detail);
    return store_error;
  }
  accounts const with{store->get(), options};
  return drive(io, perform(&with));
}

}  // namespace parley
