// Correction for having looked at many things at once: Benjamini and Hochberg's procedure with weights
// (Genovese, Roeder and Wasserman 2006).
#pragma once

#include <vector>

namespace parley {

struct weighted_chance {
  double p = 1;
  double weight = 1;  // above 0; the weights of a family average 1
};

// Corrected p values in the same order: those at most alpha are the discoveries, of which at most a share of
// alpha is false on average; where nothing at all is true, one is made in at most alpha of the cases. Equal
// weights give R's p.adjust(method = "BH").
std::vector<double> corrected_chances(std::vector<weighted_chance> const& family);

}  // namespace parley
