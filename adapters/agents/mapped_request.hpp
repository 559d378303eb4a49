// One request of a declarative mapping (formats §5), taken apart once so that sending only joins the pieces.
#pragma once

#include "adapters/agents/mapping_values.hpp"
#include "adapters/http/http_message.hpp"
#include "runner/inputs/template_text.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

// Receives what is wrong: the key's path within the request ("url", "body/text") and what.
using mapping_complaint = std::function<void(std::string const& key, std::string const& what)>;

class mapped_request {
 public:
  // `spec` is the object under `requests.say` and its like; `base` the agent's url.
  mapped_request(json_value const& spec, std::string const& base, mapping_complaint const& complain);

  std::string const& method() const { return method_; }
  std::string url(mapping_values const& values) const;
  http_headers headers(mapping_values const& values) const;
  void write_body(mapping_values const& values, std::string& out) const;
  bool mentions(std::string_view name) const;
  bool varies() const { return varies_; }  // url or headers hold placeholders

 private:
  // Literal bytes of JSON, then perhaps a value: as JSON, or as text inside a JSON string.
  struct piece {
    std::string literal;
    template_text text{""};
    bool filled = false;
    bool raw = false;  // a body that is no JSON: text without quotes
  };

  void check_address(std::string const& written, mapping_complaint const& complain) const;
  void read_headers(nlohmann::json const& spec, mapping_complaint const& complain);
  void read_body(nlohmann::json const& spec, mapping_complaint const& complain);
  void compile(nlohmann::json const& body, std::string const& path, mapping_complaint const& complain);
  void compile_text(std::string const& text, std::string const& path, mapping_complaint const& complain);
  template_text checked(std::string const& text, std::string const& path, mapping_complaint const& complain);
  void add_literal(std::string_view text);

  std::string method_ = "POST";
  template_text url_{""};
  std::vector<std::pair<std::string, template_text>> headers_;
  std::vector<piece> body_;
  std::vector<std::string> names_;
  bool varies_ = false;
};

// http://h/base and /s make http://h/base/s; what has a scheme stays as it is.
std::string joined_url(std::string const& base, std::string const& url);

}  // namespace parley
