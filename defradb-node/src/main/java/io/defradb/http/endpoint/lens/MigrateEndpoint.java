package io.defradb.http.endpoint.lens;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.db.Transaction;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Operation;
import io.defradb.lens.ItemSource;
import io.defradb.lens.LensConfig;
import io.defradb.lens.Lenses;
import io.defradb.schema.CollectionVersion;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Sends objects through the lens of a version, or back through it; stores nothing. */
final class MigrateEndpoint implements Endpoint {
  private static final JsonShape SHAPE =
      JsonShape.of("http.migrateRequest").text("CollectionID").maps("Data");

  private final Lenses lenses;
  private final boolean isDown;

  MigrateEndpoint(Lenses lenses, boolean isDown) {
    this.lenses = lenses;
    this.isDown = isDown;
  }

  @Override
  public Operation operation() {
    String way = isDown ? "down" : "up";
    return LensEndpoints.operation(
            "/lens/registry/{version}/" + way,
            "lens_registry_migrate_" + way,
            "Migrate documents " + way)
        .pathParameter("version", "Schema version ID", "{\"type\":\"string\"}")
        .jsonBody(LensEndpoints.OBJECT)
        .answers("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(SHAPE);
    String versionId = JsonBody.text(body, "CollectionID");
    Iterator<JsonNode> data = JsonBody.member(body, "Data").iterator();
    ItemSource given =
        () -> data.hasNext() ? data.next().toString().getBytes(StandardCharsets.UTF_8) : null;
    return call.transact(
        true,
        transaction -> {
          LensConfig lens = lens(transaction, versionId);
          ItemSource made = given;
          if (lens != null) {
            made = lenses.open(isDown ? lens.inverted() : lens, given);
          }
          return Answer.json(list(made));
        });
  }

  private static JsonWriter list(ItemSource items) {
    byte[] item = items.next();
    if (item == null) {
      return new JsonWriter().nullValue();
    }
    var json = new JsonWriter().beginArray();
    while (item != null) {
      json.raw(item, 0, item.length);
      item = items.next();
    }
    return json.endArray();
  }

  private @Nullable LensConfig lens(Transaction transaction, String versionId) {
    LensConfig given = lenses.given(versionId);
    if (given != null) {
      return given;
    }
    return transaction
        .catalog()
        .byVersionId(versionId)
        .map(CollectionVersion::transformJson)
        .map(LensConfig::parse)
        .orElse(null);
  }
}
