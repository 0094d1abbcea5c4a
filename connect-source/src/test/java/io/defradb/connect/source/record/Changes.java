package io.defradb.connect.source.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.client.Change;
import io.defradb.client.ChangeParser;
import io.defradb.client.ImageReader;
import java.io.IOException;

/** Changes as a test writes them: as the node's JSON. */
public final class Changes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Changes() {}

  public static <I> Change<I> parse(String entry, ImageReader<I> images) {
    try (JsonParser json = JSON.getFactory().createParser(entry)) {
      json.nextToken();
      return new ChangeParser<>(images).entry(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
