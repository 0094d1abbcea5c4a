package io.defradb.cli;

import io.defradb.cli.command.Flag;
import io.defradb.cli.config.Setting;
import java.util.List;
import java.util.stream.Stream;

/** The flags of every command (cli specification, section 3). */
final class GlobalFlags {
  private static final List<Setting> SETTINGS =
      List.of(
          Setting.KEYRING_BACKEND,
          Setting.KEYRING_NAMESPACE,
          Setting.KEYRING_PATH,
          Setting.LOG_FORMAT,
          Setting.LOG_LEVEL,
          Setting.LOG_OUTPUT,
          Setting.LOG_OVERRIDES,
          Setting.LOG_SOURCE,
          Setting.LOG_STACKTRACE,
          Setting.NO_KEYRING,
          Setting.NO_LOG_COLOR,
          Setting.SECRET_FILE,
          Setting.SOURCE_HUB_ADDRESS,
          Setting.ADDRESS);

  private GlobalFlags() {}

  static List<Flag> all() {
    return Stream.concat(
            SETTINGS.stream().map(Setting::asFlag),
            Stream.of(Flag.text("rootdir", "Folder of all that is kept (default: $HOME/.defradb)")))
        .toList();
  }
}
