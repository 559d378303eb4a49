// What the registry's page reckons, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, parseAddress } from "../../adapters/registry_api/page/address.mjs";
import { contentOf, kinds, tagsOf } from "../../adapters/registry_api/page/kinds.mjs";
import { contentLines, diffLines, folded, middleOf } from "../../adapters/registry_api/page/lines.mjs";
import { endedOf, progressOf, stateOf } from "../../adapters/registry_api/page/run_state.mjs";

test("an address is read as it was written", () => {
  const address = { organization: "a/c me", kind: "scenarios", id: "507f", view: "compare", query: [["q", "a&b=#?"]] };
  const read = parseAddress(addressOf(address));
  assert.deepEqual({ ...read, query: [...read.query] }, address);
  assert.equal(addressOf({ organization: "acme", kind: "runs" }), "#/acme/runs");
});

test("an address by somebody else does no harm", () => {
  for (const hash of ["", "#", "#?t=x", "#/%zz", "#///"]) assert.equal(parseAddress(hash).organization, "", hash);
});

test("a content has a line for each value, and texts keep theirs", () => {
  const content = { a: "one\ntwo", b: "plain", c: "true", d: null, e: { f: [1, { g: 2, h: "x" }, [3]] }, i: {}, j: "" };
  assert.deepEqual(contentLines(content), [
    "a: |",
    "  one",
    "  two",
    "b: plain",
    'c: "true"',
    "d: null",
    "e:",
    "  f:",
    "    - 1",
    "    - g: 2",
    "      h: x",
    "    - - 3",
    "i: {}",
    'j: ""',
  ]);
});

test("a content shows what somebody wrote, its best known keys first", () => {
  const version = { _id: "1", version: 2, created_at: "", parley: {}, objective: "o", simulation_scenario_id: "2" };
  assert.deepEqual(Object.keys(contentOf(kinds.scenarios, version)), ["objective", "parley"]);
});

const sides = (rows) => rows.map((row) => [row.left?.text ?? "", row.right?.text ?? ""]);

test("lines that differ stand beside each other", () => {
  assert.deepEqual(sides(diffLines(["a", "b", "c"], ["a", "x", "y", "c"])), [
    ["a", "a"],
    ["b", "x"],
    ["", "y"],
    ["c", "c"],
  ]);
  assert.deepEqual(sides(diffLines([], ["a"])), [["", "a"]]);
  assert.deepEqual(diffLines([], []), []);
  const moved = diffLines(["a", "b"], ["b", "a"]);
  assert.equal(moved.filter((row) => row.same).length, 1);
});

test("two texts of any length are compared in bounded time", () => {
  const long = (word) => Array.from({ length: 30_000 }, (_, line) => word + line);
  assert.equal(diffLines(long("a"), long("b")).length, 30_000);
});

test("of two lines the words in the middle differ", () => {
  assert.deepEqual(middleOf("Be brief now.", "Be polite now."), ["Be ", "brief", " now."]);
  assert.deepEqual(middleOf("same", "same"), ["same", "", ""]);
});

test("what did not change is folded but for its surroundings", () => {
  const rows = [...Array(9).fill({ same: true }), { same: false }, ...Array(9).fill({ same: true })];
  assert.deepEqual(
    folded(rows).map((group) => [group.hidden, group.rows.length]),
    [
      [true, 6],
      [false, 7],
      [true, 6],
    ],
  );
});

test("tags of both forms are pairs", () => {
  assert.deepEqual(tagsOf({ tags: { a: "b", c: null } }), [
    ["a", "b"],
    ["c", null],
  ]);
  assert.deepEqual(tagsOf({ tags: [{ key: "a", value: "b" }] }), [["a", "b"]]);
});

test("a run stands as the server tells it", () => {
  const spec = { run_count: 4 };
  const result = { run_errors: ["x"], metric_evaluation_results: [{ results: [1, 2] }, { results: [1] }] };
  assert.equal(endedOf(spec, result), 2);
  const run = { is_completed: false, unit_test_run_specs: [spec], unit_test_run_results: [result] };
  assert.deepEqual(progressOf(run), { ended: 2, total: 4 });
  assert.equal(stateOf(run).word, "running");
  assert.equal(stateOf({ is_completed: true }).word, "passed");
  assert.equal(stateOf({ is_completed: true, failed_metrics: true, errored: true }).word, "failed, with errors");
});
