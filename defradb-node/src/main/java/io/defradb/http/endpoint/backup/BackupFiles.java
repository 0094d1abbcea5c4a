package io.defradb.http.endpoint.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Names of backup files, and what can go wrong with them, in the words users know. */
final class BackupFiles {
  static final JsonShape SHAPE =
      JsonShape.of("client.BackupConfig")
          .text("filepath")
          .text("format")
          .flag("pretty")
          .texts("collections");

  private BackupFiles() {}

  static String path(JsonNode body) {
    String path = JsonBody.text(body, "filepath");
    if (path.indexOf('\0') >= 0) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "invalid file path");
    }
    return path;
  }

  static DefraException failed(String text, String action, Path file, IOException failure) {
    String reason;
    if (failure instanceof NoSuchFileException) {
      reason = "no such file or directory";
    } else if (failure instanceof AccessDeniedException) {
      reason = "permission denied";
    } else {
      reason = String.valueOf(failure.getMessage());
    }
    return new DefraException(
        ErrorCode.INVALID_ARGUMENT,
        text + ": " + action + " " + file + ": " + reason,
        "Filepath",
        file);
  }
}
