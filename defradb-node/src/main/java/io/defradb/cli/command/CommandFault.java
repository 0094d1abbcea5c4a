package io.defradb.cli.command;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command was given wrongly, or could not do what it should; the message is all there is to say.
 */
public final class CommandFault extends DefraException {
  private static final long serialVersionUID = 1L;

  public CommandFault(String message) {
    this(message, null);
  }

  public CommandFault(String message, @Nullable Throwable cause) {
    super(ErrorCode.INVALID_ARGUMENT, message, Map.of(), cause);
  }

  @Override
  public String getMessage() {
    return text();
  }
}
