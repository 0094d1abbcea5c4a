package io.defradb.request;

import java.util.List;

/**
 * One sort condition. {@code path}: a field, or single relations and then a field; {@code _alias}
 * and a response name for an aggregate.
 */
public record Order(List<String> path, boolean isDescending) {
  public Order {
    path = List.copyOf(path);
  }
}
