#include "reports/shell_text.hpp"

#include "tests/support/catch.hpp"

using parley::shell_text;

TEST_CASE("A command can be pasted into a shell") {
  CHECK(shell_text({"parley", "run", "-k", "refund and not angry"}) ==
        "parley run -k 'refund and not angry'");
  CHECK(shell_text({"a", "", "it's", "$(x)", "--set=a.b=1"}) == "a '' 'it'\\''s' '$(x)' --set=a.b=1");
  CHECK(shell_text({}).empty());
}
