// A collection's documents, a page at a time.

import { collections, query } from './api.js';
import { element, shorten, table } from './dom.js';

export const title = 'Documents';

const PAGE = 50;

export async function show(page, argument) {
  const found = await collections();
  const [name, offset] = [argument.split('@')[0] || found[0]?.name, Number(argument.split('@')[1] ?? 0)];
  const collection = found.find((one) => one.name === name);
  if (!collection) {
    page.replaceChildren(element('p', { class: 'faint' }, 'There is no collection of this name on this node.'));
    return;
  }
  const fields = collection.schema.Fields.filter(({ Name, Kind }) => Name !== '_docID' && typeof Kind !== 'object').map(({ Name }) => Name);
  const data = await query(`{ ${name}(limit: ${PAGE}, offset: ${offset}) { _docID ${fields.join(' ')} } }`);
  const rows = data[name];
  const go = (to) => element('a', { href: `#documents/${encodeURIComponent(name)}@${to}` }, to < offset ? 'earlier' : 'further');
  page.replaceChildren(
    element(
      'div',
      { class: 'bar' },
      element(
        'select',
        { onchange: (event) => (location.hash = `documents/${encodeURIComponent(event.target.value)}`) },
        ...found.map((one) => element('option', { selected: one.name === name }, one.name)),
      ),
      element('span', { class: 'faint' }, rows.length ? `${offset + 1} to ${offset + rows.length}` : 'no documents'),
      offset ? go(Math.max(0, offset - PAGE)) : null,
      rows.length === PAGE ? go(offset + PAGE) : null,
    ),
    element(
      'div',
      { class: 'card' },
      table(
        ['DocID', ...fields],
        rows.map((row) => [
          element('a', { class: 'id', title: row._docID, href: `#history/${row._docID}` }, shorten(row._docID)),
          ...fields.map((field) => text(row[field])),
        ]),
      ),
    ),
  );
}

function text(value) {
  if (value === null || value === undefined) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
