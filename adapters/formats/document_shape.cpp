#include "adapters/formats/document_shape.hpp"

#include <algorithm>
#include <limits>

namespace parley {
namespace {

shape of_kind(unsigned kinds, std::string description) {
  shape made;
  made.kinds = kinds;
  made.description = std::move(description);
  return made;
}

}  // namespace

shape& shape::or_null() {
  kinds |= null;
  return *this;
}

shape& shape::or_text(shape const& text_form) {
  kinds |= text;
  choices = text_form.choices;
  fewest = std::max(fewest, text_form.fewest);
  rule = text_form.rule;
  return *this;
}

shape& shape::one_of(std::vector<std::string> values) {
  choices = std::move(values);
  return *this;
}

shape& shape::between(double low, double high) {
  lowest = low;
  highest = high;
  return *this;
}

shape& shape::at_least(double low) {
  lowest = low;
  return *this;
}

shape& shape::not_empty() {
  fewest = 1;
  return *this;
}

shape& shape::obeying(value_rule check) {
  rule = std::move(check);
  return *this;
}

shape& shape::with(std::string name, shape value) {
  keys.push_back({std::move(name), std::move(value), false});
  return *this;
}

shape& shape::requiring(std::string name, shape value) {
  keys.push_back({std::move(name), std::move(value), true});
  return *this;
}

shape& shape::including(shape const& other) {
  keys.insert(keys.end(), other.keys.begin(), other.keys.end());
  return *this;
}

shape& shape::keeping_unknown() {
  open = true;
  return *this;
}

shape& shape::with_any_of(std::vector<std::string> names) {
  any_required = std::move(names);
  return *this;
}

shape_key const* shape::find(std::string_view name) const {
  auto const found =
      std::find_if(keys.begin(), keys.end(), [&](shape_key const& k) { return k.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

shape any_shape(std::string description) {
  constexpr unsigned every =
      shape::null | shape::boolean | shape::number | shape::text | shape::list | shape::map;
  shape made = of_kind(every, std::move(description));
  made.open = true;
  return made;
}

shape text_shape(std::string description) {
  return of_kind(shape::text, std::move(description));
}
shape flag_shape(std::string description) {
  return of_kind(shape::boolean, std::move(description));
}
shape integer_shape(std::string description) {
  shape made = of_kind(shape::integer, std::move(description));
  made.lowest = std::numeric_limits<int>::min();
  made.highest = std::numeric_limits<int>::max();
  return made;
}
shape number_shape(std::string description) {
  return of_kind(shape::number, std::move(description));
}
shape map_shape(std::string description) {
  return of_kind(shape::map, std::move(description));
}

shape list_shape(std::string description, shape element) {
  shape made = of_kind(shape::list, std::move(description));
  made.element = std::make_shared<shape const>(std::move(element));
  return made;
}

shape map_of_shape(std::string description, shape value) {
  shape made = of_kind(shape::map, std::move(description));
  made.others = std::make_shared<shape const>(std::move(value));
  return made;
}

}  // namespace parley
