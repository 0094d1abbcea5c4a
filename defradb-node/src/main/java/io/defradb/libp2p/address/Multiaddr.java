package io.defradb.libp2p.address;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address made of parts, from the network outwards: {@code /ip4/10.0.0.1/tcp/9171/p2p/12D3…}; in
 * bytes {@code uvarint(code) | value}, a value of no fixed length behind its length (multiaddr
 * specification). At least one part, at most {@value #PARTS_MAX}, at most {@value #BYTES_MAX}
 * bytes.
 */
public record Multiaddr(List<Part> parts) {
  public static final int PARTS_MAX = 16;
  public static final int BYTES_MAX = 2048;

  /** One part; {@code value} is empty for protocols that have none. */
  public record Part(AddressProtocol protocol, Bytes value) {
    public Part {
      protocol.value().check(value);
    }

    /** The value as it stands in the text. */
    public String valueText() {
      return protocol.value().toText(value);
    }
  }

  public Multiaddr {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > PARTS_MAX) {
      throw new Malformed("invalid multiaddr: number of parts");
    }
  }

  /** Reads the text form. Throws {@code INVALID_ARGUMENT} with the reference's text. */
  public static Multiaddr parse(String text) {
    try {
      return new Multiaddr(partsOf(text));
    } catch (Malformed e) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "failed to parse multiaddr \"" + text + "\": " + e.getMessage());
    }
  }

  private static List<Part> partsOf(String text) {
    if (text.isEmpty()) {
      throw new Malformed("empty multiaddr");
    }
    if (text.length() > BYTES_MAX) {
      throw new Malformed("multiaddr too long");
    }
    if (text.charAt(0) != '/') {
      throw new Malformed("must begin with /");
    }
    String[] words = text.replaceAll("/+\\z", "").split("/", -1);
    if (words.length < 2) {
      throw new Malformed("empty multiaddr");
    }
    List<Part> parts = new ArrayList<>();
    for (int at = 1; at < words.length; at++) {
      AddressProtocol protocol = AddressProtocol.byName(words[at]);
      if (protocol == null) {
        throw new Malformed("unknown protocol " + words[at]);
      }
      AddressValue form = protocol.value();
      if (form == AddressValue.NONE) {
        parts.add(new Part(protocol, Bytes.EMPTY));
        continue;
      }
      if (++at == words.length) {
        throw new Malformed("unexpected end of multiaddr");
      }
      String value = words[at];
      if (form == AddressValue.PATH) {
        value = "/" + String.join("/", List.of(words).subList(at, words.length));
        at = words.length;
      }
      parts.add(new Part(protocol, form.toBytes(value)));
    }
    return parts;
  }

  /** Reads the bytes. Throws {@code INVALID_ARGUMENT}, for unknown protocols too. */
  public static Multiaddr fromBytes(Bytes bytes) {
    byte[] array = bytes.unsafeArray();
    if (array.length > BYTES_MAX) {
      throw new Malformed("multiaddr too long");
    }
    List<Part> parts = new ArrayList<>();
    for (int at = 0; at < array.length; ) {
      long code = Varint.decode(array, at);
      at += Varint.length(code);
      AddressProtocol protocol = AddressProtocol.byCode(code);
      if (protocol == null) {
        throw new Malformed("no protocol with code " + code);
      }
      long size = protocol.value().sizeBytes();
      if (size == AddressValue.LENGTH_FIRST) {
        size = Varint.decode(array, at);
        at += Varint.length(size);
      }
      if (size > array.length - at) {
        throw new Malformed("multiaddr cut off");
      }
      parts.add(new Part(protocol, bytes.slice(at, at + (int) size)));
      at += (int) size;
    }
    return new Multiaddr(parts);
  }

  /**
   * As {@link #fromBytes}; empty for what peers of other abilities send and cannot be read here.
   */
  public static Optional<Multiaddr> read(Bytes bytes) {
    try {
      return Optional.of(fromBytes(bytes));
    } catch (DefraException e) {
      return Optional.empty();
    }
  }

  /** {@code /ip4/…/tcp/…} or {@code /ip6/…/tcp/…}. */
  public static Multiaddr tcp(byte[] ip, int port) {
    AddressProtocol protocol = ip.length == 4 ? AddressProtocol.IP4 : AddressProtocol.IP6;
    return new Multiaddr(
        List.of(
            new Part(protocol, Bytes.copyOf(ip)),
            new Part(
                AddressProtocol.TCP, Bytes.wrap(new byte[] {(byte) (port >> 8), (byte) port}))));
  }

  public Bytes toBytes() {
    var out = new ByteArrayOutputStream();
    for (Part part : parts) {
      out.writeBytes(Varint.encode(part.protocol().code()));
      if (part.protocol().value().sizeBytes() == AddressValue.LENGTH_FIRST) {
        out.writeBytes(Varint.encode(part.value().length()));
      }
      out.writeBytes(part.value().unsafeArray());
    }
    return Bytes.wrap(out.toByteArray());
  }

  /** The value of the first part of {@code protocol}. */
  public Optional<Part> part(AddressProtocol protocol) {
    return parts.stream().filter(part -> part.protocol() == protocol).findFirst();
  }

  public boolean has(AddressProtocol protocol) {
    return part(protocol).isPresent();
  }

  /** The last part, where the peer of an address stands. */
  public Part last() {
    return parts.get(parts.size() - 1);
  }

  /** This address with one more part behind. */
  public Multiaddr with(AddressProtocol protocol, Bytes value) {
    var longer = new ArrayList<>(parts);
    longer.add(new Part(protocol, value));
    return new Multiaddr(longer);
  }

  /** What stands before the last part; empty when there is only one. */
  public Optional<Multiaddr> withoutLast() {
    return parts.size() == 1
        ? Optional.empty()
        : Optional.of(new Multiaddr(parts.subList(0, parts.size() - 1)));
  }

  /** Whether it can be reached from where: see {@link AddressReach}. */
  public AddressReach reach() {
    return AddressReach.of(this);
  }

  /** The text form, canonical. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Part part : parts) {
      text.append('/').append(part.protocol().text());
      String value = part.valueText();
      if (part.protocol().value() == AddressValue.PATH) {
        text.append(value);
      } else if (!value.isEmpty()) {
        text.append('/').append(value);
      }
    }
    return text.toString();
  }
}
