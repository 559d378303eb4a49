// g++ 12 misfires on std::regex, which valijson's templates contain (and prepared_schema keeps from running).
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "runner/evaluation/schema_constraints.hpp"

#include "runner/evaluation/prepared_schema.hpp"

#include <nlohmann/json.hpp>
#include <re2/re2.h>
#include <valijson/constraint_builder.hpp>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/internal/adapter.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>

#include <cmath>
#include <functional>
#include <memory>
#include <set>
#include <unordered_set>

namespace parley {
namespace {

using valijson::adapters::Adapter;

// A text that is equal for equal JSON values: numbers by value, members sorted.
void append_canonical(std::string& out, Adapter const& value);

void append_canonical_number(std::string& out, Adapter const& value) {
  if (value.isInteger()) {
    out += std::to_string(value.getInteger());
    return;
  }
  double const d = value.getDouble();
  bool const integral = std::floor(d) == d && std::abs(d) < 9.2e18;
  out += integral ? std::to_string(static_cast<std::int64_t>(d)) : nlohmann::json(d).dump();
}

void append_canonical_array(std::string& out, Adapter const& value) {
  out += '[';
  value.applyToArray([&](Adapter const& item) {
    append_canonical(out, item);
    out += ',';
    return true;
  });
  out += ']';
}

void append_canonical_object(std::string& out, Adapter const& value) {
  out += '{';  // nlohmann's members are sorted
  value.applyToObject([&](std::string const& name, Adapter const& member) {
    append_quoted(out, name);
    out += ':';
    append_canonical(out, member);
    out += ',';
    return true;
  });
  out += '}';
}

void append_canonical(std::string& out, Adapter const& value) {
  if (value.isNull()) {
    out += "null";
  } else if (value.isBool()) {
    out += value.getBool() ? "true" : "false";
  } else if (value.isNumber()) {
    append_canonical_number(out, value);
  } else if (value.isString()) {
    append_quoted(out, value.getString());
  } else if (value.isArray()) {
    append_canonical_array(out, value);
  } else {
    append_canonical_object(out, value);
  }
}

std::string canonical(Adapter const& value) {
  std::string out;
  append_canonical(out, value);
  return out;
}

// One keyword: a predicate, and what is said when it doesn't hold. Copies share the predicate.
struct keyword {
  std::function<bool(Adapter const&)> holds;
  std::string complaint;
};

class own_constraint final : public valijson::constraints::PolyConstraint {
 public:
  explicit own_constraint(keyword k) : keyword_(std::make_shared<keyword const>(std::move(k))) {}

  bool validate(Adapter const& target, std::vector<std::string> const& context,
                valijson::ValidationResults* results) const override {
    if (keyword_->holds(target)) return true;
    if (results != nullptr) results->pushError(context, keyword_->complaint);
    return false;
  }

 private:
  Constraint* cloneInto(void* memory) const override { return new (memory) own_constraint(*this); }
  size_t sizeOf() const override { return sizeof(own_constraint); }

  std::shared_ptr<keyword const> keyword_;
};

class own_builder final : public valijson::ConstraintBuilder {
 public:
  using make_keyword = keyword (*)(Adapter const&);
  explicit own_builder(make_keyword function) : make_(function) {}

  valijson::constraints::Constraint* make(Adapter const& value) const override {
    return new own_constraint(make_(value));
  }

 private:
  make_keyword make_;
};

keyword pattern_keyword(Adapter const& value) {
  RE2::Options options;
  options.set_log_errors(false);
  auto const compiled = std::make_shared<RE2 const>(value.asString(), options);
  return {[compiled](Adapter const& target) {
            return !target.isString() || RE2::PartialMatch(target.getString(), *compiled);
          },
          "does not match the pattern " + compiled->pattern()};
}

bool has_unique_items(Adapter const& target) {
  if (!target.isArray()) return true;
  std::unordered_set<std::string> seen;
  return target.applyToArray([&](Adapter const& item) { return seen.insert(canonical(item)).second; });
}

keyword unique_items_keyword(Adapter const&) {
  return {has_unique_items, "has an item twice"};
}

bool is_multiple(Adapter const& target, double divisor) {
  if (!target.isNumber()) return true;
  if (target.isInteger() && std::floor(divisor) == divisor && divisor < 9.2e18)
    return target.getInteger() % static_cast<std::int64_t>(divisor) == 0;
  double const quotient = target.getNumber() / divisor;
  double const nearest = std::round(quotient);
  // 19.99 is a multiple of 0.01 although neither is exact.
  return std::isfinite(quotient) &&
         std::abs(quotient - nearest) <= 1e-9 * std::max(1.0, std::abs(quotient)) &&
         std::abs(quotient - nearest) < 0.01;
}

keyword multiple_of_keyword(Adapter const& value) {
  double const divisor = value.getNumber();
  return {[divisor](Adapter const& target) { return is_multiple(target, divisor); }, "is not a multiple"};
}

keyword const_keyword(Adapter const& value) {
  return {[wanted = canonical(value)](Adapter const& target) { return canonical(target) == wanted; },
          "is not the only allowed value"};
}

keyword enum_keyword(Adapter const& value) {
  std::set<std::string> allowed;
  value.applyToArray([&](Adapter const& item) {
    allowed.insert(canonical(item));
    return true;
  });
  return {
      [allowed = std::move(allowed)](Adapter const& target) { return allowed.contains(canonical(target)); },
      "is none of the allowed values"};
}

}  // namespace

void add_own_constraints(valijson::SchemaParser& parser) {
  parser.addConstraintBuilder(own_pattern, new own_builder(pattern_keyword));
  parser.addConstraintBuilder(own_unique_items, new own_builder(unique_items_keyword));
  parser.addConstraintBuilder(own_multiple_of, new own_builder(multiple_of_keyword));
  parser.addConstraintBuilder(own_const, new own_builder(const_keyword));
  parser.addConstraintBuilder(own_enum, new own_builder(enum_keyword));
}

}  // namespace parley
