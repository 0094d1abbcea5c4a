package io.defradb.graphql.syntax;

/**
 * How much a request may hold before it is refused.
 *
 * @param charsMax of the text
 * @param tokensMax in the text
 * @param depthMax of braces and brackets, one in the other
 */
public record SyntaxLimits(int charsMax, int tokensMax, int depthMax) {
  /** Far above what people write; a batch of 10,000 documents passes. */
  public static final SyntaxLimits DEFAULT = new SyntaxLimits(32 << 20, 2_000_000, 200);

  public SyntaxLimits {
    if (charsMax < 1 || tokensMax < 1 || depthMax < 1) {
      throw new IllegalArgumentException("limits of a request are positive");
    }
  }
}
