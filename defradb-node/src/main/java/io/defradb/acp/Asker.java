package io.defradb.acp;

/** Who asks: a DID, or nobody in particular. The empty DID matches relations to {@code *} only. */
public record Asker(String did) {
  public static final Asker ANONYMOUS = new Asker("");

  public boolean isAnonymous() {
    return did.isEmpty();
  }
}
