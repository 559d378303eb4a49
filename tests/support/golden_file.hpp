// Whole outputs compared with approved files in tests/reports/golden. PARLEY_APPROVE=1 writes the files anew:
// look at the difference before committing it.
#pragma once

#include <string>

namespace parley::test {

// `name` is the file's: "junit.approved.xml". A difference fails the test and leaves the output beside the
// build.
void check_golden(std::string const& name, std::string const& output);

}  // namespace parley::test
