package io.defradb.request;

import java.util.List;

/** The dot product of a number array field and {@code vector}. */
public record Similarity(String responseName, String field, List<Double> vector)
    implements Selection {
  public Similarity {
    vector = List.copyOf(vector);
  }
}
