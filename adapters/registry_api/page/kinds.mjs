// The kinds of objects: how the server calls them, how people call them, and what can be written in a form.

const initialMessages = [
  ["user-message", "the user speaks first"],
  ["external-event", "an external event comes first"],
  ["skip", "the agent speaks first"],
];

export const kinds = {
  scenarios: {
    title: "Scenarios",
    one: "scenario",
    path: "simulation/scenario",
    list: "simulation_scenarios",
    idKey: "simulation_scenario_id",
    versions: "simulation_scenario_versions",
    reference: "scenario_id",
    limit: 50,
    fields: [
      { key: "objective", label: "Objective", rows: 3, hint: "What the simulated user wants to reach." },
      { key: "instructions", label: "Instructions", rows: 8, hint: "How it goes about it, and what it knows." },
      { key: "initial_message_type", label: "Who begins", options: initialMessages },
    ],
    blank: { objective: "", instructions: "", initial_message_type: "user-message", conversation_starts_at: null },
    hint: "conversation_starts_at (a time in UTC, or null) and parley: {initial_message, script, environment, evaluation}.",
  },
  personas: {
    title: "Personas",
    one: "persona",
    path: "simulation/persona",
    list: "simulation_personas",
    idKey: "simulation_persona_id",
    versions: "simulation_persona_versions",
    reference: "persona_id",
    limit: 50,
    hasRole: true,
    fields: [{ key: "background", label: "Background", rows: 8, hint: "Who speaks, and in which manner." }],
    blank: { background: "" },
    hint: 'preferred_language ("deu"), timezone ("Europe/Berlin"), user_models, nonsensitive_user_variables, sensitive_user_variables.',
  },
  tests: {
    title: "Unit tests",
    one: "unit test",
    path: "simulation/unit_test",
    list: "simulation_unit_tests",
    limit: 50,
  },
  sets: {
    title: "Sets",
    one: "set",
    path: "simulation/unit_test_set",
    list: "simulation_unit_test_sets",
    limit: 20,
    noSearch: true,
  },
  runs: {
    title: "Runs",
    one: "run",
    path: "simulation/unit_test_set_run",
    list: "simulation_unit_test_set_runs",
    limit: 50,
    noSearch: true,
  },
  metrics: { title: "Metrics", one: "metric", path: "metric", list: "metrics", limit: 50, hidden: true },
};

// What the server gives every version; the rest is what somebody wrote.
const given = ["_id", "org_id", "version", "creator", "created_at", "updated_at"];

// The content of a version, its best known keys first.
export function contentOf(kind, version) {
  const content = {};
  for (const { key } of kind.fields) if (key in version) content[key] = version[key];
  for (const [key, value] of Object.entries(version))
    if (!given.includes(key) && key !== kind.idKey) content[key] ??= value;
  return content;
}

// Tags of both forms, [{key, value}] and {key: value}, as pairs.
export function tagsOf(object) {
  const tags = object.tags ?? [];
  return Array.isArray(tags) ? tags.map((tag) => [tag.key, tag.value]) : Object.entries(tags);
}
