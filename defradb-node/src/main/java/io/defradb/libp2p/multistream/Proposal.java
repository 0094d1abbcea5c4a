package io.defradb.libp2p.multistream;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import java.util.List;
import java.util.function.Consumer;

/**
 * The side that opens: names its protocols, best first, until the other side repeats one. {@link
 * #opening} goes first. With a single protocol, data may follow right behind it, and the answer be
 * read later ("lazy" opening).
 */
public final class Proposal extends Negotiation {
  private final List<String> protocols;
  private int proposed;

  public Proposal(List<String> protocols) {
    if (protocols.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "no protocol to propose");
    }
    this.protocols = List.copyOf(protocols);
  }

  /** The header and the first protocol. */
  public Bytes opening() {
    return Line.write(HEADER, protocols.get(0));
  }

  @Override
  void header(Consumer<Bytes> out) {}

  @Override
  void answer(String line, Consumer<Bytes> out) {
    if (line.equals(protocols.get(proposed))) {
      agreeOn(line);
    } else if (!line.equals(REFUSED)) {
      throw new DefraException(ErrorCode.PEER_FAULT, "unexpected line in a protocol negotiation");
    } else if (++proposed < protocols.size()) {
      out.accept(Line.write(protocols.get(proposed)));
    } else {
      throw new DefraException(
          ErrorCode.PROTOCOL_NOT_SPOKEN, "protocols not supported", "Protocols", protocols);
    }
  }
}
