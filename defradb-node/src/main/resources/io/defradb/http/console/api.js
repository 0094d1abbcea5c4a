// Calls of the node's HTTP API, with the token that was entered for this browser tab.

const BASE = '/api/v0';

export const token = {
  read: () => sessionStorage.getItem('token') ?? '',
  write: (text) => sessionStorage.setItem('token', text),
};

export function headers(more = {}) {
  return token.read() ? { ...more, Authorization: `Bearer ${token.read()}` } : more;
}

/** Answers the body as JSON; what the node refuses is thrown with its text. */
export async function ask(path, options = {}) {
  const answer = await fetch(BASE + path, { ...options, headers: headers(options.headers) });
  const text = await answer.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = null;
  }
  if (!answer.ok) {
    throw new Error(body?.error ?? body?.errors?.[0]?.message ?? text.trim() ?? answer.statusText);
  }
  return body;
}

/** The data of a query; its first error is thrown. */
export async function query(text, variables = {}) {
  const body = await ask('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: text, variables }),
  });
  if (body.errors?.length) {
    throw new Error(body.errors[0].message);
  }
  return body.data;
}

/** Calls `take` for each line of an endless answer until `signal` ends it. */
export async function follow(path, signal, take) {
  const answer = await fetch(BASE + path, { headers: headers(), signal });
  if (!answer.ok) {
    throw new Error((await answer.text()).trim());
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    lines.filter((line) => line).forEach((line) => take(JSON.parse(line)));
  }
}

/** Active collections with their fields, by name. */
export async function collections() {
  const found = await ask('/collections');
  return found.map(({ version, schema }) => ({ version, schema, name: version.Name })).filter((c) => c.name);
}
