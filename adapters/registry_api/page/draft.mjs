// What somebody typed and did not send yet, kept for this tab: signing in again or leaving the form loses nothing.

const keyOf = (address) => "parley-draft:" + [address.organization, address.kind, address.id].join("/");

// {base, values} or null. `base` is the version that the draft began with.
export function keptDraft(address) {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(address)));
  } catch {
    return null;
  }
}

export function keepDraft(address, draft) {
  try {
    sessionStorage.setItem(keyOf(address), JSON.stringify(draft));
  } catch {
    // a full storage: it still stands in the form
  }
}

export function dropDraft(address) {
  sessionStorage.removeItem(keyOf(address));
}
