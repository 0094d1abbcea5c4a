// A document's commits as the graph they are: a lane a field, newest above, arrows to what each commit follows.

import { query } from './api.js';
import { drawing, element, shorten } from './dom.js';

export const title = 'History';

const LANE = 130;
const STEP = 64;
const TOP = 46;
const SHOWN_MAX = 2000;

export async function show(page, argument) {
  const entered = element('input', { size: 44, placeholder: 'bae-…', value: argument, onchange: () => (location.hash = `history/${entered.value.trim()}`) });
  page.replaceChildren(element('div', { class: 'bar' }, element('label', {}, 'DocID ', entered)));
  if (!argument) {
    return;
  }
  const { _commits: commits } = await query(
    'query ($docID: ID) { _commits(docID: $docID) { cid height fieldName delta schemaVersionId signature { type identity } links { cid name } } }',
    { docID: argument },
  );
  if (!commits.length) {
    page.append(element('p', { class: 'faint' }, 'This node has no commits of such a document.'));
    return;
  }
  const detail = element('section', { class: 'card' }, element('p', { class: 'faint' }, 'Choose a commit.'));
  const shown = commits.slice(0, SHOWN_MAX);
  page.append(
    element('div', { class: 'split' }, element('section', { class: 'card' }, graph(shown, (commit) => detail.replaceChildren(...describe(commit)))), detail),
  );
  if (shown.length < commits.length) {
    page.querySelector('.bar').append(element('span', { class: 'faint' }, `the newest ${shown.length} of ${commits.length} commits`));
  }
}

function graph(commits, choose) {
  const lanes = [...new Set(commits.map((commit) => commit.fieldName))].sort((a, b) => (a === '_C' ? -1 : b === '_C' ? 1 : a < b ? -1 : 1));
  const top = Math.max(...commits.map((commit) => commit.height));
  const taken = new Map();
  const places = new Map();
  for (const commit of commits) {
    const cell = `${commit.fieldName}/${commit.height}`;
    const beside = taken.get(cell) ?? 0;
    taken.set(cell, beside + 1);
    places.set(commit.cid, { x: 60 + lanes.indexOf(commit.fieldName) * LANE + beside * 26, y: TOP + (top - commit.height) * STEP });
  }
  const width = 80 + lanes.length * LANE + Math.max(...taken.values()) * 26;
  const svg = drawing('svg', { class: 'dag', width, height: TOP + top * STEP });
  lanes.forEach((lane, index) => svg.append(drawing('text', { class: 'lane', x: 40 + index * LANE, y: 18 }, lane === '_C' ? 'document' : lane)));
  for (const commit of commits) {
    for (const link of commit.links) {
      const [from, to] = [places.get(commit.cid), places.get(link.cid)];
      if (to) {
        const bend = from.x === to.x ? from.x : (from.x + to.x) / 2;
        svg.append(drawing('path', { class: link.name === '_head' ? 'edge head' : 'edge', d: `M${from.x},${from.y} Q${bend},${from.y} ${to.x},${to.y}` }));
      }
    }
  }
  for (const commit of commits) {
    const { x, y } = places.get(commit.cid);
    const mark = drawing(
      'g',
      {
        class: commit.fieldName === '_C' ? 'commit composite' : 'commit',
        'data-cid': commit.cid,
        onclick: () => {
          svg.querySelector('.chosen')?.classList.remove('chosen');
          mark.classList.add('chosen');
          choose(commit);
        },
      },
      drawing('title', {}, commit.cid),
      drawing('circle', { cx: x, cy: y, r: 9 }),
      drawing('text', { x: x + 11, y: y - 8 }, `${commit.height}`),
    );
    svg.append(mark);
  }
  return svg;
}

function describe(commit) {
  const row = (name, value) => element('p', {}, element('span', { class: 'faint' }, `${name} `), element('code', {}, value));
  return [
    element('h2', {}, commit.fieldName === '_C' ? 'Document' : `Field ${commit.fieldName}`),
    row('height', String(commit.height)),
    row('CID', commit.cid),
    row('version', shorten(commit.schemaVersionId)),
    commit.signature ? row(`signed (${commit.signature.type})`, atob(commit.signature.identity)) : element('p', { class: 'faint' }, 'not signed'),
    commit.delta ? row('delta (CBOR, hex)', hex(commit.delta)) : null,
    ...commit.links.map((link) => row(link.name === '_head' ? 'follows' : `field ${link.name ?? ''}`, link.cid)),
  ].filter(Boolean);
}

function hex(base64) {
  return [...atob(base64)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
