package io.defradb.http.endpoint.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.db.Transaction;
import io.defradb.db.backup.BackupImport;
import io.defradb.db.backup.HistoryRestore;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

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
        .jsonBody(
            "{\"type\":\"object\",\"properties\":{\"filepath\":{\"type\":\"string\"},"
                + "\"history\":{\"type\":\"boolean\",\"description\":\"A CAR of commits\"}}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson(BackupFiles.SHAPE);
    Path file = Path.of(BackupFiles.path(body));
    if (JsonBody.flag(body, "history")) {
      restore(call, file);
      return Answer.empty();
    }
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

  /** The whole file is checked before the first commit is applied. */
  private static void restore(HttpCall call, Path file) {
    try (InputStream in = open(file)) {
      HistoryRestore.check(in);
    } catch (IOException failure) {
      throw BackupFiles.failed("failed to read file", "read", file, failure);
    }
    var transactions =
        new HistoryRestore.Transactions() {
          @Override
          public <T> T transact(Function<Transaction, T> work) {
            return call.transact(false, work);
          }
        };
    try (InputStream in = open(file)) {
      new HistoryRestore(transactions, call.asker()).read(in);
    } catch (IOException failure) {
      throw BackupFiles.failed("failed to read file", "read", file, failure);
    }
  }

  private static InputStream open(Path file) {
    try {
      if (file.toString().isEmpty()) { // the empty path is the working folder here, and none there
        throw new NoSuchFileException("");
      }
      return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (IOException failure) {
      throw BackupFiles.failed("failed to open file", "open", file, failure);
    }
  }
}
