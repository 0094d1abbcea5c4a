package io.defradb.fuzz;

import io.defradb.error.DefraException;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Everything that peers send: addresses, ids, and each message by the class that reads it. */
final class PeerTarget implements FuzzTarget {
  private static final List<String> MESSAGES =
      List.of(
          "libp2p.protocol.identify.IdentifyMessage",
          "libp2p.protocol.gossipsub.Rpc",
          "libp2p.protocol.gossipsub.SignedMessage",
          "libp2p.protocol.bitswap.BitswapMessage",
          "libp2p.protocol.kad.KadMessage",
          "libp2p.peer.PeerRecord",
          "libp2p.peer.Envelope",
          "libp2p.peer.PeerKeys",
          "libp2p.security.noise.NoisePayload",
          "replication.docsync.SyncRequest",
          "replication.docsync.SyncReply",
          "replication.keyexchange.KeyRequest",
          "replication.keyexchange.KeyReply",
          "replication.topic.TopicResponse",
          "replication.subdag.BlockFrames",
          "replication.subdag.SubDagRequest",
          "replication.pushlog.PushLog");

  private final List<Method> decoders = new ArrayList<>();

  PeerTarget() {
    for (String name : MESSAGES) {
      try {
        Method decode =
            Class.forName("io.defradb." + name).getDeclaredMethod("decode", Bytes.class);
        decode.setAccessible(true);
        decoders.add(decode);
      } catch (ReflectiveOperationException gone) {
        throw new IllegalStateException(gone);
      }
    }
  }

  @Override
  public List<byte[]> seeds() {
    var seeds =
        new ArrayList<>(
            Seeds.texts(
                "/ip4/127.0.0.1/tcp/9171/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
                "/ip6/::1/udp/1/quic-v1",
                "/dns4/a.example/tcp/443/wss",
                "/ip6zone/eth0/ip6/fe80::1/tcp/1/ws/p2p-circuit",
                "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
                "bafkreifoc6desru2ookknq7s36opfcnkpjdx24v3kjmxyzgberpl2dnk6u"));
    for (String hex :
        List.of(
            "0a0608011202616112040a020102",
            "0a04010203041202ffff1a0461626364220568656c6c6f2a0400010203",
            "08011000",
            "0a1c0a1a0a1600000000000000000000000000000000000000000000000010011801",
            "047f000001062383")) {
      seeds.add(HexFormat.of().parseHex(hex));
    }
    seeds.addAll(Seeds.blocks());
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        "/ip4/",
        "/ip6/",
        "/tcp/",
        "/p2p/",
        "/",
        "::",
        "255",
        "65536",
        "\n",
        "\u0012",
        "\u001a",
        "\"",
        "*",
        "12D3Koo",
        "Qm",
        "bafy",
        "z",
        "\u0000\u0000\u0000\u0000",
        "\u007f\u007f\u007f\u007f\u007f");
  }

  @Override
  public boolean accepts(byte[] input) throws Exception {
    boolean isAccepted = address(input);
    Bytes message = Bytes.copyOf(input);
    for (Method decoder : decoders) {
      try {
        if (decoder.invoke(null, message) == null) {
          throw new AssertionError(decoder + " answers null");
        }
        isAccepted |=
            Math.floorMod(decoder.getDeclaringClass().getName().hashCode(), 5) == input.length % 5;
      } catch (InvocationTargetException thrown) {
        if (!(thrown.getCause() instanceof DefraException)) {
          throw new AssertionError("" + decoder, thrown.getCause());
        }
      }
    }
    return isAccepted;
  }

  private static boolean address(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    boolean isAccepted = false;
    try {
      Multiaddr address = Multiaddr.parse(text);
      if (!Multiaddr.fromBytes(address.toBytes()).equals(address)
          || !Multiaddr.parse(address.toString()).equals(address)) {
        throw new AssertionError("another address: " + address);
      }
      isAccepted = true;
    } catch (DefraException refused) {
      isAccepted = false;
    }
    try {
      Multiaddr address = Multiaddr.fromBytes(Bytes.copyOf(input));
      if (!Arrays.equals(address.toBytes().toArray(), input)) {
        throw new AssertionError("other bytes of " + address);
      }
      isAccepted = true;
    } catch (DefraException refused) {
      isAccepted |= false;
    }
    return id(text) || isAccepted;
  }

  private static boolean id(String text) {
    boolean isAccepted = false;
    try {
      isAccepted = PeerId.parse(PeerId.parse(text).toString()) != null;
    } catch (DefraException refused) {
      isAccepted = false;
    }
    try {
      Cid cid = Cid.fromText(text);
      return Cid.fromText(cid.toString()).equals(cid);
    } catch (DefraException refused) {
      return isAccepted;
    }
  }
}
