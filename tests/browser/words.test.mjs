// The page's small languages, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { matches, parseFilter, problemsOf } from "../../reports/page/filter.mjs";
import { formatRoute, parseRoute } from "../../reports/page/route.mjs";
import { cost, duration, visible } from "../../reports/page/text.mjs";

const cell = {
  status: "failed",
 
  scenario: "late delivery refund",
  persona: "angry regular",
  set: "refunds",
  agent: "support",
  tags: ["category:refunds", "smoke"],
  kinds: ["mentions", "action"],
  change: "new-fail",
  all: "refunds/late-delivery-refund@angry-regular late delivery refund",
};
const fits = (text) => matches(parseFilter(text), cell);

test("an empty filter fits everything", () => {
  assert.ok(fits(""));
  assert.ok(fits("  !  "));
});

test("words must all be there", () => {
  assert.ok(fits("late refund"));
  assert.ok(!fits("late parcel"));
  assert.ok(fits('"delivery refund"'));
  assert.ok(!fits('"refund delivery"'));
  assert.ok(fits("LATE"));
});

test("of several values of one field one is enough, fields must all hold", () => {
  assert.ok(fits("s:failed s:passed"));
  assert.ok(fits("persona:angry scenario:refund"));
  assert.ok(!fits("persona:angry scenario:parcel"));
  assert.ok(fits('persona:"angry reg"'));
  assert.ok(fits("s:fail"));
  assert.ok(!fits("s:error"));
  assert.ok(matches(parseFilter("s:error"), { ...cell, status: "errored" }));
});

test("tags, kinds of assertions and changes", () => {
  assert.ok(fits("@smoke"));
  assert.ok(fits("@category"));
  assert.ok(fits("@category:refunds"));
  assert.ok(!fits("@category:orders"));
  assert.ok(!fits("@smok"));
  assert.ok(fits("a:mentions"));
  assert.ok(!fits("a:json_schema"));
  assert.ok(fits("c:new-fail"));
  assert.ok(!fits("c:fixed"));
});

test("an exclamation mark turns a token round", () => {
  assert.ok(!fits("!late"));
  assert.ok(fits("!parcel"));
  assert.ok(!fits("!s:failed"));
  assert.ok(fits("!@slow !persona:calm"));
});

test("an unknown field is a word", () => {
  assert.deepEqual(parseFilter("https://x"), [{ kind: "word", text: "https://x", not: false }]);
});

test("what a filter cannot mean is said", () => {
  const said = (text, compared = true) => problemsOf(parseFilter(text), compared);
  assert.deepEqual(said('late s:failed s:err !s:"not run" c:new-fail persona:x @a:b https://x "a b"'), []);
  assert.match(said("s:bogus")[0], /^no status is called bogus: failed, errored/);
  assert.match(said("!c:bogus")[0], /^no change is called bogus: new-fail/);
  assert.match(said("c:worse", false)[0], /not compared with a baseline/);
  assert.match(said("foo:bar")[0], /^foo: is no field, so foo:bar is looked for as text \(a tag is @foo:bar\)$/);
});

test("an address is read as it was written", () => {
  const route = { t: "refunds/no receipt@angry#a&b=c", trial: 3, attempt: 2, turn: 6, q: 's:failed "a b" +1 %' };
  assert.deepEqual(parseRoute(formatRoute(route)), route);
  assert.equal(
    formatRoute({ t: "refunds/no-receipt@angry", trial: 3, turn: 6 }),
    "#?t=refunds/no-receipt@angry&trial=3&turn=6",
  );
  assert.equal(formatRoute({ q: "s:failed" }), "#?q=s:failed");
});

test("an address by somebody else does no harm", () => {
  const nowhere = { t: "", trial: 0, attempt: 0, turn: -1, q: "" };
  assert.deepEqual(parseRoute("#refunds/late@angry"), nowhere);
  assert.deepEqual(parseRoute("#?t=%zz&trial=x&turn=-1&__proto__=1&constructor=2"), nowhere);
});

test("durations and costs read as in every other report", () => {
  assert.deepEqual([0, 850, 999.6, 1234, 59949, 60000, 252000, 3720000].map(duration), [
    "0ms",
    "850ms",
    "1.0s",
    "1.2s",
    "59.9s",
    "1m00s",
    "4m12s",
    "1h02m",
  ]);
  assert.deepEqual([0, 0.0123, 12.5, 0.000012].map(cost), ["0.0000", "0.0123", "12.5000", "0.000012"]);
});

test("what cannot be seen is shown", () => {
  assert.equal(visible("a\u0000\u001b[31m\u202e\u007f\r\n\tb"), "a\\x00\\x1b[31m\\u202e\\x7f\\r\n\tb");
  assert.equal(visible("\u200fשלום"), "\u200fשלום");
});
