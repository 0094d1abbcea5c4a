// One side of a measured stream, by js-libp2p: `receive` listens, `send ADDRESS MEGABYTES ROUNDS` dials.
Promise.withResolvers ??= function () { // Node 20 has none
  let resolve, reject
  const promise = new Promise((yes, no) => { resolve = yes; reject = no })
  return { promise, resolve, reject }
}

const { createLibp2p } = await import('libp2p')
const { tcp } = await import('@libp2p/tcp')
const { noise } = await import('@chainsafe/libp2p-noise')
const { yamux } = await import('@chainsafe/libp2p-yamux')
const { identify } = await import('@libp2p/identify')
const { multiaddr } = await import('@multiformats/multiaddr')

const PROTOCOL = '/rate/1.0.0'
const [role, address, megabytes, rounds] = process.argv.slice(2)

const node = await createLibp2p({
  addresses: { listen: role === 'receive' ? ['/ip4/127.0.0.1/tcp/0'] : [] },
  transports: [tcp()],
  connectionEncrypters: [noise()],
  streamMuxers: [yamux()],
  services: { identify: identify() }
})

await node.handle(PROTOCOL, ({ stream }) => stream.sink((async function * () {
  for await (const part of stream.source) void part.byteLength
  yield new Uint8Array(1) // all is here
})()).catch(fault => stream.abort(fault)))

if (role === 'receive') {
  console.log(node.getMultiaddrs()[0].toString())
  process.stdin.on('end', () => process.exit(0)).resume()
} else {
  const chunk = new Uint8Array(65536)
  for (let round = 0; round < Number(rounds); round++) {
    const stream = await node.dialProtocol(multiaddr(address), PROTOCOL)
    const begin = performance.now()
    const sent = stream.sink((async function * () {
      for (let i = 0; i < Number(megabytes) * 16; i++) yield chunk
    })())
    for await (const part of stream.source) void part.byteLength
    await sent
    console.log(Number(megabytes) / ((performance.now() - begin) / 1000))
  }
  process.exit(0)
}
