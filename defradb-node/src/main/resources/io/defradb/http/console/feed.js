// Changes as the node stores them.

import { follow } from './api.js';
import { element, shorten } from './dom.js';

export const title = 'Changes';

const SHOWN_MAX = 200;

export async function show(page, argument, signal) {
  const rows = element('tbody');
  const state = element('span', { class: 'faint' }, 'waiting for changes');
  page.replaceChildren(
    element('div', { class: 'bar' }, state),
    element(
      'div',
      { class: 'card' },
      element('table', {}, element('thead', {}, element('tr', {}, ...['number', 'time', 'change', 'collection', 'DocID', 'fields', 'from', 'document'].map((name) => element('th', {}, name)))), rows),
    ),
  );
  await follow('/changes?feed=continuous&since=now&include=after', signal, (entry) => {
    if (entry.heartbeat) {
      state.textContent = `up to ${entry.lastSeq}`;
      return;
    }
    state.textContent = `up to ${entry.seq}`;
    rows.prepend(row(entry));
    while (rows.children.length > SHOWN_MAX) {
      rows.lastChild.remove();
    }
  });
}

function row(entry) {
  const cells = [
    String(entry.seq),
    entry.time.slice(11, 23),
    element('span', { class: `op-${entry.op}` }, entry.op),
    entry.collection,
    entry.docID ? element('a', { class: 'id', href: `#history/${entry.docID}` }, shorten(entry.docID)) : '',
    (entry.fields ?? []).join(', '),
    entry.origin.kind,
    element('code', {}, entry.after ? JSON.stringify(entry.after) : ''),
  ];
  return element('tr', {}, ...cells.map((cell) => element('td', {}, cell)));
}
