package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.crypto.PublicKey;
import io.defradb.error.DefraException;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.peer.PeerKeys;
import io.defradb.libp2p.protobuf.ProtobufReader;
import io.defradb.libp2p.protobuf.ProtobufWriter;
import io.defradb.multiformats.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A message as it travels: {@code Message {1: from, 2: data, 3: seqno, 4: topic, 5: signature, 6:
 * key}}. Passed on in the very bytes in which it came.
 *
 * @param data {@code null} when the field is not there, which the signature tells from empty
 * @param wire the whole message in bytes
 */
record SignedMessage(
    Bytes from,
    @Nullable Bytes data,
    Bytes seqno,
    String topic,
    Bytes signature,
    @Nullable Bytes key,
    Bytes wire) {
  private static final String DOMAIN = "libp2p-pubsub:";
  private static final int SEQNO_BYTES_MAX = 32;

  /** What the author's key signs: the domain, then fields 1 to 4 as an encoder would write them. */
  static byte[] signedBytes(Bytes from, @Nullable Bytes data, Bytes seqno, String topic) {
    byte[] fields = fields(from, data, seqno, topic).toBytes().unsafeArray();
    byte[] domain = Bytes.utf8(DOMAIN).unsafeArray();
    byte[] signed = new byte[domain.length + fields.length];
    System.arraycopy(domain, 0, signed, 0, domain.length);
    System.arraycopy(fields, 0, signed, domain.length, fields.length);
    return signed;
  }

  static SignedMessage of(Bytes from, Bytes data, Bytes seqno, String topic, Bytes signature) {
    Bytes wire = fields(from, data, seqno, topic).bytes(5, signature).toBytes();
    return new SignedMessage(from, data, seqno, topic, signature, null, wire);
  }

  private static ProtobufWriter fields(
      Bytes from, @Nullable Bytes data, Bytes seqno, String topic) {
    var out = new ProtobufWriter().bytes(1, from);
    if (data != null) {
      out.bytes(2, data);
    }
    return out.bytes(3, seqno).text(4, topic);
  }

  static SignedMessage decode(Bytes wire) {
    Bytes from = Bytes.EMPTY;
    Bytes data = null;
    Bytes seqno = Bytes.EMPTY;
    String topic = "";
    Bytes signature = Bytes.EMPTY;
    Bytes key = null;
    var in = new ProtobufReader(wire);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> from = in.bytes();
        case 2 -> data = in.bytes();
        case 3 -> seqno = in.bytes();
        case 4 -> topic = in.text();
        case 5 -> signature = in.bytes();
        case 6 -> key = in.bytes();
        default -> {}
      }
    }
    return new SignedMessage(from, data, seqno, topic, signature, key, wire);
  }

  /** {@code from | seqno}: names the message among all messages. */
  Bytes id() {
    byte[] id = new byte[from.length() + seqno.length()];
    System.arraycopy(from.unsafeArray(), 0, id, 0, from.length());
    System.arraycopy(seqno.unsafeArray(), 0, id, from.length(), seqno.length());
    return Bytes.wrap(id);
  }

  /** Whether {@code from} is a peer and its key made the signature. Costs what a signature does. */
  boolean isGenuine() {
    if (seqno.isEmpty() || seqno.length() > SEQNO_BYTES_MAX || signature.isEmpty()) {
      return false;
    }
    try {
      PublicKey authorKey = authorKey(new PeerId(from));
      return authorKey != null
          && authorKey.verifies(signedBytes(from, data, seqno, topic), signature.unsafeArray());
    } catch (DefraException e) {
      return false; // no peer id, no key of a known type, or no signature at all
    }
  }

  private @Nullable PublicKey authorKey(PeerId author) {
    if (key == null || key.isEmpty()) {
      return author.publicKey().orElse(null);
    }
    return PeerId.ofKeyMessage(key).equals(author) ? PeerKeys.decode(key) : null;
  }

  TopicMessage toTopicMessage(PeerId sender) {
    return new TopicMessage(topic, data == null ? Bytes.EMPTY : data, new PeerId(from), sender);
  }
}
