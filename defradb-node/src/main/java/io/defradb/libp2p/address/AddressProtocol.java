package io.defradb.libp2p.address;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts a multiaddr can have (multiaddr, "protocols table"; network specification, 2.3): name,
 * code, and what a value looks like.
 */
public enum AddressProtocol {
  IP4("ip4", 4, AddressValue.IP4),
  TCP("tcp", 6, AddressValue.PORT),
  IP6("ip6", 41, AddressValue.IP6),
  IP6ZONE("ip6zone", 42, AddressValue.TEXT),
  DNS("dns", 53, AddressValue.TEXT),
  DNS4("dns4", 54, AddressValue.TEXT),
  DNS6("dns6", 55, AddressValue.TEXT),
  DNSADDR("dnsaddr", 56, AddressValue.TEXT),
  UDP("udp", 273, AddressValue.PORT),
  WEBRTC_DIRECT("webrtc-direct", 280, AddressValue.NONE),
  P2P_CIRCUIT("p2p-circuit", 290, AddressValue.NONE),
  UNIX("unix", 400, AddressValue.PATH),
  P2P("p2p", 421, AddressValue.PEER),
  TLS("tls", 448, AddressValue.NONE),
  SNI("sni", 449, AddressValue.TEXT),
  NOISE("noise", 454, AddressValue.NONE),
  QUIC("quic", 460, AddressValue.NONE),
  QUIC_V1("quic-v1", 461, AddressValue.NONE),
  WEBTRANSPORT("webtransport", 465, AddressValue.NONE),
  CERTHASH("certhash", 466, AddressValue.CERTHASH),
  WS("ws", 477, AddressValue.NONE),
  WSS("wss", 478, AddressValue.NONE),
  HTTP("http", 480, AddressValue.NONE),
  /** A host of this process, for tests; from the range for private use, never on a wire. */
  MEMORY("memory", 777, AddressValue.TEXT);

  private static final Map<Integer, AddressProtocol> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(AddressProtocol::code, Function.identity()));
  private static final Map<String, AddressProtocol> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(AddressProtocol::text, Function.identity()));

  private final String text;
  private final int code;
  private final AddressValue value;

  AddressProtocol(String text, int code, AddressValue value) {
    this.text = text;
    this.code = code;
    this.value = value;
  }

  /** The name in the text form. */
  public String text() {
    return text;
  }

  public int code() {
    return code;
  }

  AddressValue value() {
    return value;
  }

  static @Nullable AddressProtocol byCode(long code) {
    return code > Integer.MAX_VALUE ? null : BY_CODE.get((int) code);
  }

  static @Nullable AddressProtocol byName(String name) {
    return name.equals("ipfs") ? P2P : BY_NAME.get(name);
  }
}
