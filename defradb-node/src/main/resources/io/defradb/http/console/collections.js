// The collections with their fields and indexes, and a place to add some.

import { ask, collections } from './api.js';
import { element, shorten, table } from './dom.js';

export const title = 'Collections';

const KINDS = {
  0: 'None', 1: 'ID', 2: 'Boolean', 3: '[Boolean!]', 4: 'Int', 5: '[Int!]', 6: 'Float64', 7: '[Float64!]', 10: 'DateTime', 11: 'String',
  12: '[String!]', 13: 'Blob', 14: 'JSON', 18: '[Boolean]', 19: '[Int]', 20: '[Float64]', 21: '[String]', 22: 'Float32', 23: '[Float32!]', 24: '[Float32]',
};
const MERGES = { 0: '', 1: 'last write', 4: 'counter', 5: 'growing counter' };

export async function show(page) {
  const found = await collections();
  const names = new Map(found.map((collection) => [collection.schema.Root, collection.name]));
  const sdl = element('textarea', { id: 'sdl', placeholder: 'type Book {\n  title: String @index\n}' });
  const add = element('button', { class: 'main', onclick: () => addCollections(page, sdl.value) }, 'Add');
  page.replaceChildren(
    element('div', { class: 'cards' }, ...found.map((collection) => card(collection, names))),
    found.length ? '' : element('p', { class: 'faint' }, 'This node has no collections yet.'),
    element('div', { class: 'card below' }, element('h2', {}, 'Add collections'), sdl, element('div', { class: 'bar' }, add)),
  );
}

async function addCollections(page, sdl) {
  await ask('/schema', { method: 'POST', body: sdl });
  await show(page);
}

function card({ version, schema, name }, names) {
  const marks = [version.IsBranchable && 'branchable', version.Policy && 'with a policy', !version.IsMaterialized && 'view'];
  return element(
    'section',
    { class: 'card' },
    element('h2', {}, element('a', { href: `#documents/${encodeURIComponent(name)}` }, name)),
    element('p', { class: 'faint' }, ['version ', shorten(version.VersionID), ...marks.filter(Boolean).map((mark) => `, ${mark}`)].join('')),
    table(
      ['field', 'kind', 'merge'],
      schema.Fields.filter((field) => field.Name !== '_docID').map((field) => [field.Name, kind(field.Kind, names), MERGES[field.Typ] ?? field.Typ]),
    ),
    version.Indexes?.length
      ? element('p', { class: 'faint' }, 'Indexes: ' + version.Indexes.map((index) => index.Fields.map((field) => field.Name).join(' + ') + (index.Unique ? ' (unique)' : '')).join(', '))
      : null,
  );
}

function kind(found, names) {
  if (typeof found !== 'object' || found === null) {
    return KINDS[found] ?? String(found);
  }
  const name = names.get(found.Root) ?? found.Root ?? 'self';
  return found.Array ? `[${name}]` : name;
}
