package io.defradb.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command reads and prints, and what surrounds it.
 *
 * @param out results only
 * @param err everything else
 * @param environment the variables of the process
 * @param folder relative paths start here
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder) {

  /** The console of this process; UTF-8 whatever the locale. */
  public static Console ofProcess() {
    return new Console(
        System.in,
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.getenv(),
        Path.of(""));
  }

  /** All of the standard input. */
  public String readInput() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A text file. Throws with the words of the operating system. */
  public String readFile(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (NoSuchFileException e) {
      throw new CommandFault("open " + file + ": no such file or directory", e);
    } catch (IOException e) {
      throw new CommandFault("open " + file + ": " + e.getMessage(), e);
    }
  }
}
