// What a test writes to std::cout or std::cerr, caught until the end of the scope.
#pragma once

#include <iostream>
#include <sstream>
#include <string>

namespace parley::test {

class captured_output {
 public:
  explicit captured_output(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(text_.rdbuf())) {}
  ~captured_output() { stream_.rdbuf(before_); }
  captured_output(captured_output const&) = delete;
  captured_output& operator=(captured_output const&) = delete;

  // What came since the last time.
  std::string take() {
    auto taken = text_.str();
    text_.str("");
    return taken;
  }

 private:
  std::ostream& stream_;
  std::ostringstream text_;
  std::streambuf* before_;
};

}  // namespace parley::test
