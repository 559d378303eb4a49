#include "adapters/cli/push_planned.hpp"

#include "adapters/formats/json_members.hpp"
#include "adapters/scenario_sources/registry_objects.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace parley {
namespace {

using nlohmann::json;

bool is_document(local_object const& file) {
  return file.dialect == input_dialect::eqho;
}

struct sent_item {
  sync_side* side;
  sync_item* item;
  local_object const* file;
};

class pusher {
 public:
  pusher(sync_project& project, bool force) : project_(project), client_(*project.client), force_(force) {}

  // 0: everything is there; 1: somebody was faster; 4: refused, or the connection broke.
  int push() {
    for (auto* const side : {&project_.scenarios, &project_.personas})
      for (auto& item : side->plan) add(*side, item);
    drop_stale_documents();
    std::vector<registry_call> calls;
    for (auto const& each : sent_) calls.push_back(call_for(each));
    auto const answers = client_.send_all(calls);
    for (std::size_t i = 0; i < sent_.size(); ++i) take(sent_[i], answers[i]);
    keep_lock_of_unwritten();
    push_tags();
    return code_;
  }

  version_lock take_lock() { return std::move(lock_); }

 private:
  static bool writes(sync_item const& item) {
    return item.step == sync_step::create || item.step == sync_step::new_version;
  }

  void add(sync_side& side, sync_item& item) {
    auto const* const file = side.files[*item.local];
    if (writes(item)) {
      sent_.push_back({&side, &item, file});
    } else if (item.remote) {
      lock(side, file->name(), side.registry[*item.remote].id, item.version, lock_digest(*file));
    }
  }

  void lock(sync_side const& side, std::string name, std::string id, int version, std::string digest) {
    (&side == &project_.scenarios ? lock_.scenarios : lock_.personas)
        .push_back({std::move(name), std::move(id), version, std::move(digest)});
  }

  // What was not written is still based on what it was based on.
  void keep_lock_of_unwritten() {
    keep_lock(project_.scenarios, project_.lock.scenarios, lock_.scenarios);
    keep_lock(project_.personas, project_.lock.personas, lock_.personas);
  }

  static void keep_lock(sync_side const& side, std::vector<locked_object> const& before,
                        std::vector<locked_object>& after) {
    for (auto const& item : side.plan) {
      if (!item.remote) continue;
      auto const& id = side.registry[*item.remote].id;
      auto const* const known = find_locked(before, id);
      if (known != nullptr && find_locked(after, id) == nullptr) after.push_back(*known);
    }
  }

  // The dialect replaces whatever there is: look once more right before.
  void drop_stale_documents() {
    std::vector<registry_call> calls;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < sent_.size(); ++i) {
      if (force_ || !is_document(*sent_[i].file) || sent_[i].item->step != sync_step::new_version) continue;
      places.push_back(i);
      calls.push_back(eqho_call("GET", "/scenarios/" + remote_id(sent_[i])));
    }
    auto const answers = client_.send_all(calls);
    std::vector<bool> stale(sent_.size(), false);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      auto const& each = sent_[places[i]];
      if (answers[i].has_error() || !answers[i]->ok()) continue;  // writing will tell
      auto const* const history = find_value(answers[i]->body.get(), "history");
      int const version = history == nullptr ? 0 : static_cast<int>(count_under(*history, "revision")) + 1;
      if (version + 1 == each.item->version) continue;
      stale[places[i]] = true;
      overtaken(each, version, history == nullptr ? "" : author_in(*history, "last_modified_by"));
    }
    std::size_t place = 0;
    std::erase_if(sent_, [&](auto const&) { return stale[place++]; });
  }

  std::string const& remote_id(sent_item const& each) const {
    return each.side->registry[*each.item->remote].id;
  }

  static std::string path_of(sent_item const& each) { return "/simulation/" + each.side->word + "/"; }

  registry_call call_for(sent_item const& each) const {
    bool const created = each.item->step == sync_step::create;
    if (is_document(*each.file)) {
      json_value body(document_call_of(std::get<scenario>(each.file->held)));
      return created ? eqho_call("POST", "/scenarios", std::move(body))
                     : eqho_call("PUT", "/scenarios/" + remote_id(each), std::move(body));
    }
    if (created) {
      json_value body(std::visit([](auto const& held) { return create_call_of(held); }, each.file->held));
      return amigo_call("POST", path_of(each), std::move(body));
    }
    json_value body(std::visit([](auto const& held) { return version_call_of(held); }, each.file->held));
    std::string path = path_of(each) + remote_id(each) + "/version/";
    if (!force_) path += "?version=" + std::to_string(each.item->version);
    return amigo_call("POST", path, std::move(body));
  }

  void fail(int code, std::string const& what) {
    tell_trouble(project_, what);
    code_ = std::max(code_, code);
  }

  void overtaken(sent_item const& each, int version, std::string const& author) {
    auto const& user = client_.who().user_id;
    each.item->step = sync_step::conflict;
    fail(1, each.side->word + " '" + each.file->name() + "': while yours" +
                (user.empty() ? "" : " by " + user) + " was pushed, version " + std::to_string(version) +
                (author.empty() ? "" : " by " + author) +
                " came in between; yours was not written: run 'parley pull' first");
  }

  // Somebody wrote a version, or took the name, after the plan was made.
  void look_who_was_faster(sent_item const& each, registry_answer const& answer) {
    auto refused = refusal(client_, answer, "take '" + each.file->name() + "'");
    if (!each.item->remote) {
      each.item->step = sync_step::conflict;
      return fail(1, refused.detail + "; somebody created it a moment ago: run 'parley pull' first");
    }
    auto const now =
        client_.send(amigo_call("GET", path_of(each) + remote_id(each) + "/version/?version=latest"));
    if (now.has_error() || !now->ok()) return fail(4, refused.detail);
    auto const key = "simulation_" + each.side->word + "_versions";
    auto const* const list = find_value(now->body.get(), key.c_str());
    if (list == nullptr || !list->is_array() || list->empty()) return fail(4, refused.detail);
    auto const version = static_cast<int>(count_under(list->front(), "version"));
    if (version + 1 == each.item->version) return fail(4, refused.detail);  // not that, then
    overtaken(each, version, author_in(list->front(), "creator"));
  }

  void take(sent_item const& each, outcome<registry_answer> const& answer) {
    if (answer.has_error()) return fail(4, answer.error().detail);
    bool const raced = answer->status == 409 || (answer->status == 400 && each.item->remote);
    if (raced) return look_who_was_faster(each, *answer);
    if (!answer->ok()) return fail(4, refusal(client_, *answer, "take '" + each.file->name() + "'").detail);
    json const& body = answer->body.get();
    std::string id = each.item->remote ? remote_id(each) : std::string();
    if (is_document(*each.file)) {
      id = text_under(body, "_id");
      if (auto const* const history = find_value(body, "history"))
        each.item->version = static_cast<int>(count_under(*history, "revision")) + 1;
    } else if (each.item->step == sync_step::create) {
      id = text_under(body, ("simulation_" + each.side->word + "_id").c_str());
    } else if (auto const version = count_under(body, "version"); version > 0) {
      each.item->version = static_cast<int>(version);
    }
    if (id.empty()) return fail(4, "the registry's answer to '" + each.file->name() + "' has no id");
    lock(*each.side, each.file->name(), id, each.item->version, lock_digest(*each.file));
    if (auto const written = write_stamp(*each.file, id, each.item->version); written.has_error())
      tell_trouble(project_, written.error().detail);
  }

  // Tags are no part of a version: they follow the file.
  void push_tags() {
    std::vector<registry_call> calls;
    std::vector<local_object const*> files;
    for (auto* const side : {&project_.scenarios, &project_.personas})
      for (auto const& item : side->plan) {
        if (!item.remote || item.step == sync_step::conflict || item.step == sync_step::create) continue;
        auto const* const file = side->files[*item.local];
        if (is_document(*file) || file->tags() == tags_there(*side, *item.remote)) continue;
        json tags = json::object();
        for (auto const& [key, value] : file->tags()) tags[key] = value ? json(*value) : json();
        files.push_back(file);
        calls.push_back(amigo_call("POST",
                                   "/simulation/" + side->word + "/" + side->registry[*item.remote].id + "/",
                                   json_value(json{{"tags", std::move(tags)}})));
      }
    auto const answers = client_.send_all(calls);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      if (answers[i].has_error())
        fail(4, answers[i].error().detail);
      else if (!answers[i]->ok())
        fail(4, refusal(client_, *answers[i], "change the tags of '" + files[i]->name() + "'").detail);
    }
  }

  tag_map const& tags_there(sync_side const& side, std::size_t place) const {
    return &side == &project_.scenarios ? project_.catalog.scenarios[place].told.tags
                                        : project_.catalog.personas[place].teller.tags;
  }

  sync_project& project_;
  registry_client& client_;
  bool force_;
  std::vector<sent_item> sent_;
  version_lock lock_;
  int code_ = 0;
};

}  // namespace

push_result push_planned(sync_project& project, bool force) {
  pusher work(project, force);
  push_result done;
  done.code = work.push();
  done.lock = work.take_lock();
  return done;
}

}  // namespace parley
