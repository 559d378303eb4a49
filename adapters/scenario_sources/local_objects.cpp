#include "adapters/scenario_sources/local_objects.hpp"

#include "adapters/formats/amigo_format.hpp"
#include "adapters/formats/digest.hpp"
#include "adapters/formats/eqho_format.hpp"
#include "adapters/formats/input_document.hpp"
#include "adapters/formats/stamped_text.hpp"
#include "adapters/formats/versioned_document.hpp"
#include "adapters/formats/yaml_text.hpp"
#include "adapters/scenario_sources/input_files.hpp"
#include "adapters/scenario_sources/object_file.hpp"
#include "runner/inputs/run_plan.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace parley {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using held_object = std::variant<scenario, persona>;

bool json_file(fs::path const& path) {
  auto const extension = path.extension().string();
  return extension.size() == 5 && (extension[1] == 'j' || extension[1] == 'J');
}

outcome<std::string> read_text(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return failure(failure_code::unreadable, "cannot read " + path.string());
  return text;
}

input_dialect dialect_of(located_tree const& node) {
  return is_eqho(node) ? input_dialect::eqho : is_amigo(node) ? input_dialect::amigo : input_dialect::parley;
}

std::string written_id(located_tree const& node, input_dialect dialect) {
  if (dialect == input_dialect::eqho)
    if (auto const id = text_at(node, "_id"); !id.empty()) return id;
  return text_at(node, "id");
}

class object_finder {
 public:
  object_finder(fs::path const& root, input_problems& problems) : root_(root), problems_(problems) {}

  void search(char const* folder, input_kind kind) {
    std::error_code ignored;
    if (!fs::is_directory(root_ / folder, ignored)) return;
    for (auto const& path : input_files_below(root_ / folder, problems_)) read(path, kind);
  }

  std::vector<local_object> take() { return std::move(found_); }

 private:
  void read(fs::path const& path, input_kind kind) {
    std::string const shown = path.lexically_normal().generic_string();
    auto const tree = read_located_file(path, shown, problems_);
    if (!tree) return;
    if (!tree->is_list()) return keep(*tree, path, shown, std::nullopt, kind);
    for (std::size_t i = 0; i < tree->items.size(); ++i) keep(tree->items[i], path, shown, i, kind);
  }

  void keep(located_tree const& node, fs::path const& path, std::string const& shown,
            std::optional<std::size_t> item, input_kind kind) {
    local_object object;
    object.path = path;
    object.shown = shown;
    object.item = item;
    object.dialect = dialect_of(node);
    object.id = written_id(node, object.dialect);
    if (kind == input_kind::scenario) {
      auto told = read_any_scenario(node, problems_);
      if (!told) return;
      object.held = std::move(*told);
    } else {
      auto teller = read_any_persona(node, problems_);
      if (!teller) return;
      object.held = std::move(*teller);
    }
    found_.push_back(std::move(object));
  }

  fs::path const& root_;
  input_problems& problems_;
  std::vector<local_object> found_;
};

located_tree const* part_of(located_tree const& tree, local_object const& object) {
  if (!object.item) return tree.is_map() ? &tree : nullptr;
  return tree.is_list() && *object.item < tree.items.size() ? &tree.items[*object.item] : nullptr;
}

// What a text holds at the object's place.
std::optional<local_object> object_in(std::string const& text, local_object const& like) {
  input_problems problems;
  auto const tree = read_located_text(text, like.shown, json_file(like.path), problems);
  auto const* const node = tree && !problems.has_errors() ? part_of(*tree, like) : nullptr;
  if (node == nullptr) return std::nullopt;
  local_object object = like;
  object.dialect = dialect_of(*node);
  object.id = written_id(*node, object.dialect);
  if (like.is_scenario()) {
    auto told = read_any_scenario(*node, problems);
    if (told) object.held = std::move(*told);
  } else {
    auto teller = read_any_persona(*node, problems);
    if (teller) object.held = std::move(*teller);
  }
  if (problems.has_errors()) return std::nullopt;
  return object;
}

int number_of(local_object const& object) {
  return std::visit([](auto const& held) { return held.latest().number; }, object.held);
}

std::string serialised(fs::path const& path, ordered_json const& value) {
  if (json_file(path)) return value.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
  return to_yaml(value);
}

// Comment and empty lines before the document.
std::string heading_of(fs::path const& path, std::string const& text) {
  std::string heading;
  if (json_file(path)) return heading;
  for (std::size_t at = 0; at < text.size() && text[at] == '#';) {
    auto const end = text.find('\n', at);
    if (end == std::string::npos) break;
    heading += text.substr(at, end + 1 - at);
    at = end + 1;
  }
  return heading;
}

// The file's text with the object's value replaced.
outcome<std::string> with_value(local_object const& object, std::string const& text, ordered_json value) {
  if (!object.item) return heading_of(object.path, text) + serialised(object.path, value);
  input_problems problems;
  auto const tree = read_located_text(text, object.shown, json_file(object.path), problems);
  if (!tree || part_of(*tree, object) == nullptr)
    return failure(failure_code::unreadable, object.shown + " was changed meanwhile");
  auto list = to_ordered_json(*tree);
  list[*object.item] = std::move(value);
  return heading_of(object.path, text) + serialised(object.path, list);
}

}  // namespace

std::string const& local_object::name() const {
  return std::visit([](auto const& each) -> std::string const& { return each.name; }, held);
}
std::string const& local_object::digest() const {
  return std::visit([](auto const& each) -> std::string const& { return each.latest().digest; }, held);
}
tag_map const& local_object::tags() const {
  return std::visit([](auto const& each) -> tag_map const& { return each.tags; }, held);
}

std::string lock_digest(local_object const& object) {
  auto const* const told = std::get_if<scenario>(&object.held);
  return told == nullptr ? object.digest() : lock_digest(*told);
}

std::vector<local_object> read_local_objects(fs::path const& root, input_problems& problems) {
  object_finder finder(root, problems);
  finder.search("scenarios", input_kind::scenario);
  finder.search("personas", input_kind::persona);
  return finder.take();
}

outcome<void> write_stamp(local_object const& object, std::string const& id, int version) {
  auto const text = read_text(object.path);
  if (text.has_error()) return text.error();
  auto const before = object_in(*text, object);
  if (!before || lock_digest(*before) != lock_digest(object) || before->name() != object.name())
    return failure(failure_code::unreadable, object.shown + " was changed meanwhile: its id " + id +
                                                 " and version " + std::to_string(version) +
                                                 " could not be written into it");
  object_stamp const stamp{before->dialect, id, version};
  auto const is_right = [&](std::string const& changed) {
    auto const after = object_in(changed, object);
    return after && after->id == id && number_of(*after) == version &&
           lock_digest(*after) == lock_digest(object) && after->name() == object.name() &&
           after->tags() == object.tags();
  };
  if (before->id == id && number_of(*before) == version) return boost::system::in_place_value;
  input_problems problems;
  auto const tree = read_located_text(*text, object.shown, json_file(object.path), problems);
  auto const edited = stamped_text(*text, *part_of(*tree, object), stamp);
  if (edited && is_right(*edited)) return write_whole_file(object.path, *edited);
  auto const rewritten =
      with_value(object, *text, stamped_value(to_ordered_json(*part_of(*tree, object)), stamp));
  if (rewritten.has_error()) return rewritten.error();
  if (!is_right(*rewritten))
    return failure(failure_code::unreadable, object.shown + ": write id " + id + " and version " +
                                                 std::to_string(version) + " into it yourself");
  return write_whole_file(object.path, *rewritten);
}

outcome<void> replace_object(local_object const& object, held_object const& with) {
  auto const text = read_text(object.path);
  if (text.has_error()) return text.error();
  auto const before = object_in(*text, object);
  if (!before || lock_digest(*before) != lock_digest(object))
    return failure(failure_code::unreadable, object.shown + " was changed meanwhile");
  auto const changed = with_value(object, *text, object_file(with, object.dialect == input_dialect::amigo));
  if (changed.has_error()) return changed.error();
  return write_whole_file(object.path, *changed);
}

outcome<fs::path> write_new_object(fs::path const& root, held_object const& what) {
  auto const* const told = std::get_if<scenario>(&what);
  auto const& name = told != nullptr ? told->name : std::get<persona>(what).name;
  bool const document = told != nullptr && told->dialect == input_dialect::eqho;
  fs::path const folder = root / (told != nullptr ? "scenarios" : "personas");
  std::string const stem = slug(name).substr(0, 100);
  std::error_code ignored;
  fs::path path = folder / (stem + (document ? ".json" : ".yaml"));
  for (int i = 2; fs::exists(path, ignored); ++i)
    path = folder / (stem + "-" + std::to_string(i) + (document ? ".json" : ".yaml"));
  auto const written = write_whole_file(path, serialised(path, object_file(what, false)));
  if (written.has_error()) return written.error();
  return path;
}

outcome<void> write_whole_file(fs::path const& path, std::string const& text) {
  std::error_code failed;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), failed);
  fs::path beside = path;
  beside += ".new";
  std::ofstream file(beside, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) failed = std::make_error_code(std::errc::io_error);
  if (!failed) fs::rename(beside, path, failed);
  if (!failed) return boost::system::in_place_value;
  std::error_code ignored;
  fs::remove(beside, ignored);
  return failure(failure_code::unreadable, "cannot write " + path.string());
}

}  // namespace parley
