package io.defradb.libp2p.protocol.gossipsub;

/** What a {@link Validator} thinks of a message. */
public enum Verdict {
  /** Pass it on and deliver it. */
  ACCEPT,
  /** It is wrong: neither pass it on nor deliver it. */
  REJECT,
  /** Not wrong, but not wanted here: as {@link #REJECT}, with no fault of the sender. */
  IGNORE
}
