package io.defradb.http.endpoint.backup;

import io.defradb.db.backup.BackupImport;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates the documents of a backup file of the node, all or none. */
record ImportEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.api(
            Method.POST,
            "/backup/import",
            "backup_import",
            "backup",
            "Import documents from a file")
        .jsonBody("{\"type\":\"object\",\"properties\":{\"filepath\":{\"type\":\"string\"}}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    Path file = Path.of(BackupFiles.path(call.bodyJson()));
    return call.transact(
        false,
        transaction -> {
          try (InputStream in = open(file)) {
            new BackupImport(transaction, call.asker()).read(in);
          } catch (IOException failure) {
            throw BackupFiles.failed("failed to read file", "read", file, failure);
          }
          return Answer.empty();
        });
  }

  private static InputStream open(Path file) {
    try {
      return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (IOException failure) {
      throw BackupFiles.failed("failed to open file", "open", file, failure);
    }
  }
}
