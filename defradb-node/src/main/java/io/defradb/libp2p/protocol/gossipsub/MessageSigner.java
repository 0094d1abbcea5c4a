package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.crypto.Signer;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes this host's messages, policy "strict sign": each has its author, a number that rises by
 * one, and the author's signature. Safe for use by many threads.
 */
final class MessageSigner {
  private final Signer signer;
  private final Bytes from;
  private final AtomicLong nextSeqno;

  /**
   * {@code firstSeqno}: greater than any that this key used before, or messages count as seen: the
   * clock in nanoseconds.
   */
  MessageSigner(Signer signer, long firstSeqno) {
    this.signer = signer;
    this.from = PeerId.of(signer.publicKey()).bytes();
    this.nextSeqno = new AtomicLong(firstSeqno);
  }

  SignedMessage sign(String topic, Bytes data) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(nextSeqno.getAndIncrement()).array();
    Bytes seqno = Bytes.wrap(number);
    byte[] signature = signer.sign(SignedMessage.signedBytes(from, data, seqno, topic));
    return SignedMessage.of(from, data, seqno, topic, Bytes.wrap(signature));
  }
}
