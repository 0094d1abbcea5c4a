// The node among its peers: who it is, what it follows, how far its replicators are.

import { ask } from './api.js';
import { element, shorten, table } from './dom.js';

export const title = 'Peers';

const AGAIN_MILLIS = 2000;

export async function show(page, argument, signal) {
  await draw(page);
  const timer = setInterval(() => draw(page).catch(() => clearInterval(timer)), AGAIN_MILLIS);
  signal.addEventListener('abort', () => clearInterval(timer));
}

async function draw(page) {
  const [info, status, replicators, collections, documents] = await Promise.all(
    ['info', 'status', 'replicators', 'collections', 'documents'].map((path) => ask(`/p2p/${path}`)),
  );
  page.replaceChildren(
    element('section', { class: 'card' }, element('h2', {}, 'This node'), element('code', {}, info.ID), ...info.Addrs.map((address) => element('div', {}, element('code', {}, address)))),
    element(
      'section',
      { class: 'card below' },
      element('h2', {}, 'Replicators'),
      replicators.length ? '' : element('p', { class: 'faint' }, 'None.'),
      status.length
        ? table(
            ['peer', 'connected', 'acknowledged', 'behind', 'owed documents', 'last success', 'last failure'],
            status.map((peer) => [
              element('code', { title: peer.ID }, shorten(peer.ID)),
              peer.Connected ? 'yes' : 'no',
              `${peer.AcknowledgedSeq} of ${peer.LastSeq}`,
              peer.Lag,
              peer.OwedDocuments,
              peer.LastSuccess ?? '',
              peer.LastFailure ?? '',
            ]),
          )
        : '',
    ),
    followed('Collections followed', collections),
    followed('Documents followed', documents),
  );
}

function followed(name, list) {
  return element(
    'section',
    { class: 'card below' },
    element('h2', {}, name),
    list.length ? element('pre', {}, list.join('\n')) : element('p', { class: 'faint' }, 'None.'),
  );
}
