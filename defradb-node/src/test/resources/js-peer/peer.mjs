// A libp2p peer that a test directs: commands come as lines of JSON, each is answered by one.
import { createInterface } from 'node:readline'

Promise.withResolvers ??= function () { // Node 20 has none
  let resolve, reject
  const promise = new Promise((yes, no) => { resolve = yes; reject = no })
  return { promise, resolve, reject }
}

const { createLibp2p } = await import('libp2p')
const { tcp } = await import('@libp2p/tcp')
const { noise } = await import('@chainsafe/libp2p-noise')
const { yamux } = await import('@chainsafe/libp2p-yamux')
const { identify, identifyPush } = await import('@libp2p/identify')
const { ping } = await import('@libp2p/ping')
const { gossipsub } = await import('@chainsafe/libp2p-gossipsub')
const { kadDHT, passthroughMapper } = await import('@libp2p/kad-dht')
const { multiaddr } = await import('@multiformats/multiaddr')
const { peerIdFromString } = await import('@libp2p/peer-id')

const say = line => process.stdout.write(JSON.stringify(line) + '\n')
const received = []

const node = await createLibp2p({
  addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  services: {
    identify: identify(),
    identifyPush: identifyPush(),
    ping: ping(),
    dht: kadDHT({
      protocol: '/ipfs/lan/kad/1.0.0', clientMode: false, peerInfoMapper: passthroughMapper
    }),
    pubsub: gossipsub({ allowPublishToZeroTopicPeers: true, floodPublish: true })
  }
})

node.services.pubsub.addEventListener('message', event => received.push({
  topic: event.detail.topic,
  from: event.detail.from?.toString(),
  data: Buffer.from(event.detail.data).toString('hex')
}))

await node.handle('/echo/1.0.0', ({ stream }) => {
  stream.sink(stream.source).catch(fault => stream.abort(fault))
})

const commands = {
  dial: async ({ address }) => {
    await node.dial(multiaddr(address))
    return {}
  },
  ping: async ({ peer }) => ({ millis: await node.services.ping.ping(peerIdFromString(peer)) }),
  protocols: async ({ peer }) => ({
    protocols: (await node.peerStore.get(peerIdFromString(peer))).protocols
  }),
  echo: async ({ peer, bytes }) => {
    const stream = await node.dialProtocol(peerIdFromString(peer), '/echo/1.0.0')
    const sent = new Uint8Array(bytes).fill(7)
    const done = stream.sink((async function * () {
      for (let at = 0; at < bytes; at += 65536) yield sent.subarray(at, Math.min(bytes, at + 65536))
    })())
    let count = 0
    for await (const part of stream.source) {
      for (const byte of part.subarray()) if (byte === 7) count++
    }
    await done
    return { count }
  },
  subscribe: async ({ topic }) => {
    node.services.pubsub.subscribe(topic)
    return {}
  },
  subscribers: async ({ topic }) => ({
    subscribers: node.services.pubsub.getSubscribers(topic).map(String)
  }),
  publish: async ({ topic, data }) => {
    const sent = await node.services.pubsub.publish(topic, Buffer.from(data, 'hex'))
    return { recipients: sent.recipients.map(String) }
  },
  received: async () => ({ messages: received }),
  findNode: async ({ peer }) => {
    const found = await node.peerRouting.findPeer(
      peerIdFromString(peer), { signal: AbortSignal.timeout(10000) })
    return { addresses: found.multiaddrs.map(String) }
  }
}

say({ id: node.peerId.toString(), addresses: node.getMultiaddrs().map(String) })

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line)
  try {
    say(await commands[command.do](command))
  } catch (fault) {
    say({ error: String(fault?.stack ?? fault) })
  }
}
await node.stop()
process.exit(0)
