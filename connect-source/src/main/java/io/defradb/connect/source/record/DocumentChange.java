package io.defradb.connect.source.record;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one transaction did to one document: its first entry has the image before, its last the
 * image after.
 *
 * @param op {@code c}, {@code u} or {@code d}
 * @param order counts the changes of one lane in the transaction, from 1
 */
public record DocumentChange(String op, JsonNode first, JsonNode last, int order) {
  JsonNode before() {
    return first.path("before");
  }

  JsonNode after() {
    return last.path("after");
  }
}
