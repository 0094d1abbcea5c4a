// GraphiQL, asking this node.

import { headers } from './api.js';
import { element } from './dom.js';

export const title = 'Query';

const WELCOME = `# Queries and mutations of this node. The collections are in the documentation
# at the left; Ctrl-Space completes, Ctrl-Enter runs.
`;

export async function show(page, argument, signal) {
  const host = element('div', { class: 'graphiql-host' });
  page.append(host);
  const root = ReactDOM.createRoot(host);
  const fetcher = async (request) => {
    const answer = await fetch('/api/v0/graphql', {
      method: 'POST',
      headers: headers({ 'Content-Type': 'application/json' }),
      body: JSON.stringify(request),
    });
    return answer.json();
  };
  root.render(React.createElement(GraphiQL, { fetcher, defaultQuery: WELCOME, isHeadersEditorEnabled: false }));
  signal.addEventListener('abort', () => root.unmount());
}
