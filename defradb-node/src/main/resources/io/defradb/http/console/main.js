// The frame: a tab is a module with show(page, argument, signal); the address's fragment says which.

import { token } from './api.js';
import { element } from './dom.js';
import * as collections from './collections.js';
import * as documents from './documents.js';
import * as feed from './feed.js';
import * as history from './history.js';
import * as peers from './peers.js';
import * as query from './query.js';

const TABS = { query, collections, documents, history, peers, feed };

const fault = document.getElementById('fault');
let leaving = new AbortController();

function tell(error) {
  if (error.name !== 'AbortError') {
    fault.textContent = error.message;
    fault.hidden = false;
  }
}

async function show() {
  leaving.abort();
  leaving = new AbortController();
  const [name, ...rest] = location.hash.slice(1).split('/');
  const chosen = TABS[name] ? name : 'query';
  fault.hidden = true;
  // A page of its own: what an earlier tab still waits for is drawn where nobody sees it.
  const page = element('main', { class: chosen === 'query' ? 'whole' : null });
  document.querySelector('main').replaceWith(page);
  for (const link of document.querySelectorAll('nav a')) {
    link.toggleAttribute('aria-current', link.hash === `#${chosen}`);
  }
  try {
    await TABS[chosen].show(page, decodeURIComponent(rest.join('/')), leaving.signal);
  } catch (error) {
    tell(error);
  }
}

for (const [name, tab] of Object.entries(TABS)) {
  document.getElementById('tabs').append(element('a', { href: `#${name}` }, tab.title));
}
const entered = document.getElementById('token');
entered.value = token.read();
entered.addEventListener('change', () => {
  token.write(entered.value.trim());
  show();
});
addEventListener('unhandledrejection', (event) => tell(event.reason));
addEventListener('hashchange', show);
show();
