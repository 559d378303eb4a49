#include "adapters/scenario_sources/registry_catalog.hpp"

#include "adapters/formats/json_members.hpp"
#include "adapters/scenario_sources/registry_objects.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace parley {
namespace {

using nlohmann::json;

struct versioned_list {
  std::string word;  // "scenario"
  int page;          // objects of a page
};

failure unreadable(registry_client const& client, std::string const& what) {
  return {failure_code::agent_protocol,
          "the registry at " + client.where().url + " answered " + what + ": is this the right URL?"};
}

std::string token_text(json const& token) {
  return token.is_string() ? token.get<std::string>() : token.dump();
}

class catalog_reader {
 public:
  catalog_reader(registry_client& client, catalog_request const& wanted, input_problems& problems)
      : client_(client), wanted_(wanted), problems_(problems) {}

  outcome<remote_catalog> read() {
    // Documents first: the other dialect lists them too, and one that is written in between is then read
    // there.
    if (auto const read = read_documents(); read.has_error()) return read.error();
    if (!client_.where().documents_only()) {
      if (auto const read = read_scenarios(); read.has_error()) return read.error();
      if (auto const read = read_personas(); read.has_error()) return read.error();
      if (wanted_.unit_tests)
        if (auto const read = read_tests(); read.has_error()) return read.error();
    }
    if (catalog_.unit_tests.is_null()) catalog_.unit_tests = json_value(json::array());
    if (catalog_.metrics.is_null()) catalog_.metrics = json_value(json::array());
    sort();
    return std::move(catalog_);
  }

 private:
  std::string address(std::string const& path) const { return client_.where().url + path; }

  // All pages. `limit` is the most that one may hold.
  outcome<std::vector<json>> walk(std::string const& path, std::string const& key, int limit,
                                  bool deleted_too) {
    std::vector<json> items;
    std::set<std::string> seen;
    std::string const first =
        path + "/?limit=" + std::to_string(limit) + (deleted_too ? "" : "&is_deleted=false");
    for (std::string next = first;;) {
      auto const answer = client_.send(amigo_call("GET", next));
      if (answer.has_error()) return answer.error();
      if (!answer->ok()) return refusal(client_, *answer, "list " + key);
      json const& page = answer->body.get();
      auto const* const list = find_value(page, key.c_str());
      if (list == nullptr || !list->is_array()) return unreadable(client_, "no list of " + key);
      for (json const& item : *list)
        if (item.is_object() && seen.insert(text_under(item, "id")).second) items.push_back(item);
      auto const* const token = find_value(page, "continuation_token");
      auto const more = page.find("has_more");
      if (token == nullptr || more == page.end() || *more != true) return items;
      std::string const following = first + "&continuation_token=" + token_text(*token);
      if (following == next) return unreadable(client_, "the same page again and again");
      next = following;
    }
  }

  // The version of each element that is asked for; null where there is none.
  outcome<std::vector<json>> versions_of(std::string const& word, std::vector<json> const& elements,
                                         std::vector<locked_object> const* locked) {
    std::vector<registry_call> calls;
    for (json const& element : elements) {
      auto const id = text_under(element, "id");
      auto const* entry = locked == nullptr ? nullptr : find_locked(*locked, id);
      calls.push_back(amigo_call("GET", "/simulation/" + word + "/" + id + "/version/?version=" +
                                            (entry == nullptr ? "latest" : std::to_string(entry->version))));
    }
    auto const answers = client_.send_all(calls);
    std::vector<json> versions;
    for (auto const& answer : answers) {
      if (answer.has_error()) return answer.error();
      if (!answer->ok()) return refusal(client_, *answer, "read a version");
      auto const* const list = find_value(answer->body.get(), ("simulation_" + word + "_versions").c_str());
      versions.push_back(list != nullptr && list->is_array() && !list->empty() ? list->front() : json());
    }
    return versions;
  }

  // A hosted service of the other dialect has none and says so in its own way.
  outcome<void> read_documents() {
    auto const answer = client_.send(eqho_call("GET", "/scenarios"));
    bool const must = client_.where().documents_only();
    if (answer.has_error() && (must || answer.error().code == failure_code::agent_transport))
      return answer.error();
    if (answer.has_error() || !answer->ok()) {
      if (must) return refusal(client_, *answer, "list scenarios");
      return boost::system::in_place_value;
    }
    if (!answer->body.get().is_array())
      return must ? outcome<void>(unreadable(client_, "no list of scenarios"))
                  : outcome<void>(boost::system::in_place_value);
    for (json const& document : answer->body.get()) {
      // Without sign-in the server shows those of its organisation `local` to everyone.
      auto const& organization = client_.where().organization;
      if (!must && text_under(document, "account_id") != organization) continue;
      keep_document(document);
    }
    return boost::system::in_place_value;
  }

  void keep_document(json const& document) {
    auto told =
        scenario_from_document(document, address("/scenarios/" + text_under(document, "_id")), problems_);
    if (!told) return;
    auto const* const history = find_value(document, "history");
    documents_.insert(told->id.value);
    leads_.insert(told->name + " (lead)");
    catalog_.scenarios.push_back(
        {std::move(*told), history == nullptr ? std::string() : author_in(*history, "last_modified_by"),
         false});
  }

  outcome<void> read_scenarios() {
    auto elements = walk("/simulation/scenario", "simulation_scenarios", 200, wanted_.deleted_too);
    if (elements.has_error()) return elements.error();
    std::erase_if(*elements, [&](json const& e) { return documents_.count(text_under(e, "id")) != 0; });
    auto const versions =
        versions_of("scenario", *elements, wanted_.lock == nullptr ? nullptr : &wanted_.lock->scenarios);
    if (versions.has_error()) return versions.error();
    for (std::size_t i = 0; i < elements->size(); ++i) {
      json const& element = (*elements)[i];
      json const& version = (*versions)[i];
      auto const where = address("/simulation/scenario/" + text_under(element, "id"));
      bool const deleted = element.value("is_deleted", json()) == true;
      input_problems of_deleted;
      auto told = version.is_null()
                      ? missing_scenario(element)
                      : scenario_from_registry(element, version, where, deleted ? of_deleted : problems_);
      if (!told) continue;
      told->where = {where, 0, 0, {}};
      catalog_.scenarios.push_back({std::move(*told), author_in(version, "creator"), deleted});
    }
    return boost::system::in_place_value;
  }

  outcome<void> read_personas() {
    auto elements = walk("/simulation/persona", "simulation_personas", 50, wanted_.deleted_too);
    if (elements.has_error()) return elements.error();
    std::erase_if(*elements, [&](json const& e) {
      return text_under(e, "role") == "lead" && leads_.count(text_under(e, "name")) != 0;
    });
    auto const versions =
        versions_of("persona", *elements, wanted_.lock == nullptr ? nullptr : &wanted_.lock->personas);
    if (versions.has_error()) return versions.error();
    for (std::size_t i = 0; i < elements->size(); ++i) {
      json const& element = (*elements)[i];
      json const& version = (*versions)[i];
      auto const where = address("/simulation/persona/" + text_under(element, "id"));
      bool const deleted = element.value("is_deleted", json()) == true;
      input_problems of_deleted;
      auto teller = version.is_null()
                        ? missing_persona(element)
                        : persona_from_registry(element, version, where, deleted ? of_deleted : problems_);
      if (!teller) continue;
      teller->where = {where, 0, 0, {}};
      catalog_.personas.push_back({std::move(*teller), author_in(version, "creator"), deleted});
    }
    return boost::system::in_place_value;
  }

  // The version that the lock names is not there: an object that has another number.
  static std::optional<scenario> missing_scenario(json const& element) {
    scenario told;
    told.id.value = text_under(element, "id");
    told.name = text_under(element, "name");
    told.versions.emplace_back().number = 0;
    told.versions.back().script = user_script{};  // nobody shall ask for a model on its account
    return told;
  }
  static std::optional<persona> missing_persona(json const& element) {
    persona teller;
    teller.id.value = text_under(element, "id");
    teller.name = text_under(element, "name");
    teller.versions.emplace_back().number = 0;
    return teller;
  }

  outcome<void> read_tests() {
    auto tests = walk("/simulation/unit_test", "simulation_unit_tests", 500, false);
    if (tests.has_error()) return tests.error();
    auto metrics = walk("/metric", "metrics", 50, false);
    if (metrics.has_error()) return metrics.error();
    catalog_.unit_tests = json_value(json(*std::move(tests)));
    catalog_.metrics = json_value(json(*std::move(metrics)));
    return boost::system::in_place_value;
  }

  void sort() {
    std::sort(catalog_.scenarios.begin(), catalog_.scenarios.end(), [](auto const& a, auto const& b) {
      return std::tie(a.told.name, a.told.id) < std::tie(b.told.name, b.told.id);
    });
    std::sort(catalog_.personas.begin(), catalog_.personas.end(), [](auto const& a, auto const& b) {
      return std::tie(a.teller.name, a.teller.id) < std::tie(b.teller.name, b.teller.id);
    });
  }

  registry_client& client_;
  catalog_request const& wanted_;
  input_problems& problems_;
  remote_catalog catalog_;
  std::set<std::string> documents_;  // ids
  std::set<std::string> leads_;      // names of the personas that belong to them
};

}  // namespace

outcome<remote_catalog> read_catalog(registry_client& client, catalog_request const& wanted,
                                     input_problems& problems) {
  return catalog_reader(client, wanted, problems).read();
}

std::string author_in(json const& object, char const* key) {
  auto const* const written = find_value(object, key);
  if (written == nullptr) return {};
  return written->is_string() ? written->get<std::string>() : text_under(*written, "user_id");
}

}  // namespace parley
