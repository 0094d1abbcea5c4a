package io.defradb.libp2p.protocol.identify;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.Stream;
import io.defradb.multiformats.Bytes;
import java.util.function.Consumer;

/** Reads a message in its parts until the end of the stream. */
final class IdentifyReader extends MessageReader {
  static final int PART_BYTES_MAX = 8192;
  static final int PARTS_MAX = 10;

  private final Consumer<IdentifyMessage> taker;
  private IdentifyMessage message = IdentifyMessage.EMPTY;
  private int parts;

  IdentifyReader(Stream stream, Consumer<IdentifyMessage> taker) {
    super(stream, PART_BYTES_MAX);
    this.taker = taker;
  }

  @Override
  protected void message(Bytes part) {
    if (++parts > PARTS_MAX) {
      throw new DefraException(ErrorCode.PEER_FAULT, "too many parts of an identify message");
    }
    message = message.plus(part);
  }

  @Override
  public void end() {
    if (parts > 0 && !isInsideMessage()) {
      taker.accept(message);
    }
  }

  @Override
  public void failed(DefraException failure) {
    // What was read of a message that is not whole does not count.
  }
}
