// Asks the server, as whoever is signed in in this tab.

const key = "parley-session";

// What the server would not do. `status` 0: it could not be asked. `problems`: [{loc, msg, type}] of a 422.
class Refusal extends Error {
  constructor(status, detail) {
    super(typeof detail === "string" ? detail : "The server does not take this as it is");
    this.status = status;
    this.problems = Array.isArray(detail) ? detail : [];
  }
}

// {organization, user, token} or null: nobody is signed in, which is enough for a server started with --no-auth.
export function session() {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

// Drafts go too: whoever signs in next need not read them.
export function signOut() {
  sessionStorage.clear();
}

async function readReply(reply) {
  const text = await reply.text();
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    throw new Refusal(reply.status, "What the server answered (status " + reply.status + ") is no JSON");
  }
}

// Addresses are relative, so that the registry may stand below a path of a reverse proxy.
async function send(method, path, { headers = {}, body, signal } = {}) {
  const given = { ...headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) };
  let reply;
  try {
    reply = await fetch(path, { method, headers: given, body: body && JSON.stringify(body), signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(0, "The server cannot be reached");
  }
  const answer = await readReply(reply);
  if (!reply.ok) throw new Refusal(reply.status, answer?.detail ?? "status " + reply.status);
  return answer;
}

function withQuery(path, query) {
  const text = new URLSearchParams(query ?? "").toString();
  return text ? path + "?" + text : path;
}

// `organization` of the path "v1/<organization>/<path>"; `query` is anything that URLSearchParams takes.
export function ask(organization, method, path, { query, body, signal } = {}) {
  const who = session();
  const headers = who?.organization === organization ? { Authorization: "Bearer " + who.token } : {};
  return send(method, withQuery("v1/" + encodeURIComponent(organization) + "/" + path, query), {
    headers,
    body,
    signal,
  });
}

// A link that needs no credentials. Its host may be another name of this server, so the page takes the path alone.
export function askLink(url, signal) {
  return send("GET", linkPath(url), { signal });
}

export function linkPath(url) {
  return new URL(url).pathname.replace(/^\//, "");
}

// Exchanges an API key, "<id>.<secret>", for a token.
export async function signIn(organization, user, apiKey) {
  const headers = { "x-api-key": apiKey, "x-api-key-id": apiKey.split(".")[0], "x-user-id": user };
  const path = "v1/" + encodeURIComponent(organization) + "/user/signin_with_api_key";
  const granted = await send("POST", path, { headers });
  sessionStorage.setItem(key, JSON.stringify({ organization, user, token: granted.id_token }));
}
