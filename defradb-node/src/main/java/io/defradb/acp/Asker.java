package io.defradb.acp;

/**
 * Who asks.
 *
 * @param did a DID, or empty: nobody in particular, who has the relations of {@code *} only
 * @param isTrusted the node itself, which may do everything
 */
public record Asker(String did, boolean isTrusted) {
  public static final Asker ANONYMOUS = new Asker("");

  /** The node when it works for itself: to replicate, to build an index. */
  public static final Asker NODE = new Asker("", true);

  public Asker(String did) {
    this(did, false);
  }

  public boolean isAnonymous() {
    return did.isEmpty();
  }
}
