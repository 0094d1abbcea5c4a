package io.defradb.http.endpoint.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.db.backup.BackupExport;
import io.defradb.db.backup.HistoryExport;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.schema.CollectionVersion;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes a backup as a file of the node; an older file stays until the new one is whole. */
record ExportEndpoint() implements Endpoint {
  private static final String REQUEST =
      "{\"type\":\"object\",\"properties\":{\"filepath\":{\"type\":\"string\"},"
          + "\"format\":{\"type\":\"string\"},\"pretty\":{\"type\":\"boolean\"},"
          + "\"collections\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
          + "\"history\":{\"type\":\"boolean\",\"description\":\"All commits, as a CAR\"}}}";

  @Override
  public Operation operation() {
    return Operation.api(
            Method.POST, "/backup/export", "backup_export", "backup", "Export documents to a file")
        .jsonBody(REQUEST);
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(BackupFiles.SHAPE);
    if (JsonBody.text(body, "filepath").isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "invalid file path");
    }
    String filepath = BackupFiles.path(body);
    var names = new ArrayList<String>();
    JsonBody.member(body, "collections").forEach(name -> names.add(name.asText()));
    boolean isPretty = JsonBody.flag(body, "pretty");
    return call.transact(
        true,
        transaction -> {
          var export = new BackupExport(transaction, call.asker(), isPretty);
          List<CollectionVersion> collections = export.collections(names);
          if (JsonBody.flag(body, "history")) {
            var history = new HistoryExport(transaction, call.asker());
            write(out -> history.write(collections, out), filepath);
          } else {
            write(out -> export.write(collections, out), filepath);
          }
          return Answer.empty();
        });
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static void write(Content content, String filepath) {
    Path part = Path.of(filepath + ".temp");
    try (OutputStream out = create(part)) {
      content.write(out);
    } catch (IOException failure) {
      throw BackupFiles.failed("failed to write file", "write", part, failure);
    }
    try {
      Files.move(part, Path.of(filepath), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw BackupFiles.failed("failed to rename file", "rename", part, failure);
    }
  }

  private static OutputStream create(Path part) {
    try {
      return new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    } catch (IOException failure) {
      throw BackupFiles.failed("failed to create file", "open", part, failure);
    }
  }
}
