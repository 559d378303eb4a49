// What language models used up, for people.
#pragma once

#include "runner/spending.hpp"

#include <string>

namespace parley {

// "12,300 in, 900 out, 31 requests, 0.0123"
std::string spending_text(spending const& used);

// "0.0123": four digits after the point, or as many as the first two digits that are not 0 need. The currency
// is the prices' own.
std::string cost_text(double cost);

}  // namespace parley
