package io.defradb.graphql;

import io.defradb.graphql.syntax.SyntaxLimits;

/**
 * Bounds of the door.
 *
 * @param fieldsMax how many fields a request may hold after its fragments are spread
 * @param cachedCharsMax of one request's text; longer ones are parsed each time
 * @param cacheCharsMax of the texts of all requests that are kept
 */
public record GraphqlLimits(
    SyntaxLimits syntax, int fieldsMax, int cachedCharsMax, long cacheCharsMax) {
  public static final GraphqlLimits DEFAULT =
      new GraphqlLimits(SyntaxLimits.DEFAULT, 200_000, 4 << 10, 4 << 20);
}
