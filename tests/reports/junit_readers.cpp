#include "tests/reports/junit_readers.hpp"

#include <array>
#include <regex>
#include <set>
#include <stdexcept>

namespace parley::test {
namespace {

// For what a reader does not understand.
[[noreturn]] void refuse(pugi::xml_node node, std::string const& why) {
  throw std::runtime_error(std::string("<") + node.name() + " name='" + node.attribute("name").value() +
                           "'>: " + why);
}

std::string text_of(pugi::xml_node node) {
  std::string text;
  for (auto const child : node)
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  return text;
}

bool is_blank(std::string const& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

double seconds_in(pugi::xml_node node) {
  std::string const text = node.attribute("time").value();
  if (!std::regex_match(text, std::regex("[0-9]+(\\.[0-9]{1,3})?"))) refuse(node, "time '" + text + "'");
  return std::stod(text);
}

pugi::xml_node bad_part(pugi::xml_node one) {
  auto const failure = one.child("failure");
  auto const error = one.child("error");
  if (failure && error) refuse(one, "a failure and an error");
  return failure ? failure : error;
}

read_case common(pugi::xml_node suite, pugi::xml_node one) {
  read_case read;
  read.suite = suite.attribute("name").value();
  read.class_name = one.attribute("classname").value();
  read.name = one.attribute("name").value();
  if (read.name.empty()) refuse(one, "no name");
  if (one.child("failure")) read.status = read_status::failed;
  if (one.child("error")) read.status = read_status::errored;
  if (one.child("skipped")) read.status = read_status::skipped;
  read.seconds = seconds_in(one);
  return read;
}

template <class Each>
std::vector<read_case> each_case(pugi::xml_document const& file, Each read) {
  std::vector<read_case> cases;
  auto const root = file.child("testsuites");
  if (!root) throw std::runtime_error("no testsuites");
  for (auto const suite : root.children("testsuite"))
    for (auto const one : suite.children("testcase")) cases.push_back(read(suite, one));
  return cases;
}

std::vector<std::string> attachments_in(std::string const& text) {
  static std::regex const tag("\\[\\[ATTACHMENT\\|([^\\[\\]\\n]*)\\]\\]");
  std::vector<std::string> paths;
  for (std::sregex_iterator at(text.begin(), text.end(), tag), end; at != end; ++at)
    paths.push_back((*at)[1].str().substr(0, (*at)[1].str().find('|')));
  return paths;
}

void refuse_magic_type(pugi::xml_node node) {
  static std::set<std::string> const magic{"yaml",    "symbol", "array",    "integer",
                                           "file",    "string", "float",    "decimal",
                                           "boolean", "date",   "datetime", "base64Binary"};
  if (magic.contains(node.attribute("type").value())) refuse(node, "a type that converts the node");
  for (auto const child : node.children()) refuse_magic_type(child);
}

void refuse_stray_text(pugi::xml_node node) {
  if (!is_blank(text_of(node))) refuse(node, "text beside its elements");
}

}  // namespace

std::vector<read_case> read_as_gitlab(pugi::xml_document const& file) {
  refuse_magic_type(file.child("testsuites"));
  return each_case(file, [](pugi::xml_node suite, pugi::xml_node one) {
    refuse_stray_text(suite);
    refuse_stray_text(one);
    auto read = common(suite, one);
    read.file = one.attribute("file").value();
    auto const outputs = one.children("system-out");
    if (std::distance(outputs.begin(), outputs.end()) > 1) refuse(one, "two system-out");
    auto const bad = bad_part(one);
    if (!bad) return read;
    read.shown = text_of(bad);
    if (is_blank(read.shown)) refuse(bad, "would be shown as a hash dump");
    auto const attached = attachments_in(text_of(one.child("system-out")));
    if (!attached.empty()) read.attachments = {attached.front()};
    return read;
  });
}

std::vector<read_case> read_as_jenkins(pugi::xml_document const& file) {
  std::set<std::string> known;
  return each_case(file, [&](pugi::xml_node suite, pugi::xml_node one) {
    auto read = common(suite, one);
    if (!known.insert(read.class_name + "." + read.name).second) refuse(one, "stands there twice");
    auto const bad = bad_part(one);
    read.shown = std::string(bad.attribute("message").value()) + "\n" + text_of(bad);
    for (auto const* part : {"system-out", "system-err"})
      for (auto const& path : attachments_in(text_of(one.child(part)))) read.attachments.push_back(path);
    for (auto const flaky : one.children("flakyFailure")) {
      if (!flaky.attribute("type")) refuse(flaky, "no type");
      ++read.flaky;
    }
    return read;
  });
}

std::vector<read_case> read_as_azure(pugi::xml_document const& file) {
  for (auto const suite : file.child("testsuites").children("testsuite")) {
    seconds_in(suite);
    std::string const began = suite.attribute("timestamp").value();
    if (!std::regex_match(began, std::regex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d")))
      refuse(suite, "timestamp '" + began + "'");
  }
  return each_case(file, [](pugi::xml_node suite, pugi::xml_node one) {
    auto read = common(suite, one);
    if (auto const bad = bad_part(one); bad) {
      read.shown = bad.attribute("message").value();
      if (read.shown.empty()) refuse(bad, "no message");
    }
    return read;
  });
}

std::vector<read_case> read_as_github_action(pugi::xml_document const& file) {
  return each_case(file, [](pugi::xml_node suite, pugi::xml_node one) {
    auto read = common(suite, one);
    read.file = one.attribute("file").value();
    read.line = one.attribute("line").as_int();
    auto const bad = bad_part(one);
    read.shown = bad.attribute("message").value();
    if (read.shown.empty()) read.shown = text_of(bad).substr(0, text_of(bad).find('\n'));
    for (auto const flaky : one.children("flakyFailure")) read.flaky += flaky ? 1 : 0;
    return read;
  });
}

}  // namespace parley::test
