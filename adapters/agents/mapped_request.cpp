#include "adapters/agents/mapped_request.hpp"

#include "adapters/http/http_url.hpp"
#include "runner/inputs/input_problems.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr std::array<std::string_view, 5> methods{"POST", "GET", "PUT", "PATCH", "DELETE"};

std::string suggestion(std::string const& word, std::vector<std::string> const& candidates) {
  auto const nearest = nearest_name(word, candidates);
  return nearest.empty() ? std::string() : "; did you mean '" + nearest + "'?";
}

bool is_raw_text(std::vector<std::pair<std::string, template_text>> const& headers,
                 nlohmann::json const& body) {
  if (!body.is_string()) return false;
  return std::any_of(headers.begin(), headers.end(), [](auto const& header) {
    auto const nothing = [](std::string_view) { return std::optional<json_value>(); };
    return equal_ignoring_case(header.first, "content-type") &&
           header.second.fill(nothing).find("json") == std::string::npos;
  });
}

}  // namespace

std::string joined_url(std::string const& base, std::string const& url) {
  if (url.starts_with("http://") || url.starts_with("https://")) return url;
  if (url.empty()) return base;
  auto const question = base.find('?');
  std::string whole = base.substr(0, question);
  if (url.front() != '?') {
    if (whole.ends_with('/')) whole.pop_back();
    if (url.front() != '/') whole += '/';
  }
  whole += url;
  if (question != std::string::npos)
    whole.append(whole.find('?') == std::string::npos ? "?" : "&").append(base, question + 1);
  return whole;
}

mapped_request::mapped_request(json_value const& spec, std::string const& base,
                               mapping_complaint const& complain) {
  auto const& json = spec.get();
  std::string url;
  if (!json.is_object() && !json.is_null()) {
    complain("", "must be an object with method, url, headers, body");
    return;
  }
  for (auto const& [key, value] : json.items()) {
    bool const is_text = key == "method" || key == "url";
    if (is_text && value.is_string())
      (key == "url" ? url : method_) = value.get<std::string>();
    else if (is_text)
      complain(key, "must be a text");
    else if (key == "headers")
      read_headers(value, complain);
    else if (key != "body")
      complain(key, "unknown key '" + key + "'" + suggestion(key, {"method", "url", "headers", "body"}));
  }
  std::transform(method_.begin(), method_.end(), method_.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (std::find(methods.begin(), methods.end(), method_) == methods.end())
    complain("method", "unknown method '" + method_ + "': use POST, GET, PUT, PATCH or DELETE");
  url_ = checked(joined_url(base, url), "url", complain);
  check_address(url, complain);
  varies_ = !url_.is_literal();
  for (auto const& header : headers_) varies_ = varies_ || !header.second.is_literal();
  if (json.is_object() && json.contains("body")) read_body(json["body"], complain);
}

// What a template fills in is known only when the request is sent.
void mapped_request::check_address(std::string const& written, mapping_complaint const& complain) const {
  auto const scheme = written.substr(0, std::min(written.find("://"), written.size()));
  bool const is_whole = scheme.size() < written.size() && scheme.find_first_of("/?{") == std::string::npos;
  if (is_whole && scheme != "http" && scheme != "https")
    return complain("url", "cannot be used: its scheme is neither http nor https");
  if (!is_whole || !url_.is_literal()) return;
  std::string why;
  if (!parse_http_url(written, why)) complain("url", "cannot be used: " + why);
}

void mapped_request::read_headers(nlohmann::json const& spec, mapping_complaint const& complain) {
  if (!spec.is_object()) return complain("headers", "must be an object of names and texts");
  for (auto const& [name, text] : spec.items()) {
    if (text.is_string())
      headers_.emplace_back(name, checked(text.get<std::string>(), "headers/" + name, complain));
    else
      complain("headers/" + name, "must be a text: quote it");
  }
}

void mapped_request::read_body(nlohmann::json const& spec, mapping_complaint const& complain) {
  if (!is_raw_text(headers_, spec)) return compile(spec, "body", complain);
  auto& only = body_.emplace_back();
  only.text = checked(spec.get<std::string>(), "body", complain);
  only.filled = only.raw = true;
}

template_text mapped_request::checked(std::string const& text, std::string const& path,
                                      mapping_complaint const& complain) {
  template_text compiled(text);
  for (auto const& name : compiled.names()) {
    if (!is_mapping_name(name))
      complain(path, "unknown name '" + name + "' in a template" + suggestion(name, mapping_names()));
    names_.push_back(name);
  }
  return compiled;
}

void mapped_request::add_literal(std::string_view text) {
  if (body_.empty() || body_.back().filled) body_.emplace_back();
  body_.back().literal.append(text);
}

void mapped_request::compile_text(std::string const& text, std::string const& path,
                                  mapping_complaint const& complain) {
  auto compiled = checked(text, path, complain);
  if (compiled.is_literal()) {
    std::string quoted;
    auto const nothing = [](std::string_view) { return std::optional<json_value>(); };
    append_quoted(quoted, compiled.fill(nothing));
    return add_literal(quoted);
  }
  add_literal("");
  body_.back().text = std::move(compiled);
  body_.back().filled = true;
}

void mapped_request::compile(nlohmann::json const& body, std::string const& path,
                             mapping_complaint const& complain) {
  if (body.is_string()) return compile_text(body.get_ref<std::string const&>(), path, complain);
  if (body.is_array()) {
    add_literal("[");
    for (std::size_t i = 0; i < body.size(); ++i) {
      if (i > 0) add_literal(",");
      compile(body[i], path + "/" + std::to_string(i), complain);
    }
    return add_literal("]");
  }
  if (!body.is_object()) return add_literal(body.dump());
  std::string_view separator = "{";
  for (auto const& [key, value] : body.items()) {
    std::string quoted;
    append_quoted(quoted, key);
    add_literal(separator);
    add_literal(quoted + ":");
    compile(value, path + "/" + key, complain);
    separator = ",";
  }
  add_literal(body.empty() ? "{}" : "}");
}

std::string mapped_request::url(mapping_values const& values) const {
  auto const lookup = [&](std::string_view name) { return values.find(name); };
  return url_.fill(lookup, template_encoding::percent);
}

http_headers mapped_request::headers(mapping_values const& values) const {
  auto const lookup = [&](std::string_view name) { return values.find(name); };
  http_headers filled;
  for (auto const& [name, text] : headers_) filled.emplace_back(name, text.fill(lookup));
  return filled;
}

void mapped_request::write_body(mapping_values const& values, std::string& out) const {
  out.clear();
  auto const lookup = [&](std::string_view name) { return values.find(name); };
  for (auto const& part : body_) {
    out += part.literal;
    if (!part.filled) continue;
    if (part.raw)
      out += part.text.fill(lookup);
    else if (part.text.is_single_placeholder())
      values.append_json(out, part.text.names().front());
    else
      append_quoted(out, part.text.fill(lookup));
  }
}

bool mapped_request::mentions(std::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

}  // namespace parley
