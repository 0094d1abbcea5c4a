package io.defradb.benchmarks.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A command that starts a node, and what it stands for with a place to live.
 *
 * @param words in which {@code {rootdir}}, {@code {port}} and {@code {p2p}} are replaced
 * @param rootdir made when it is not there; what the node prints goes to a file beside it
 * @param port of HTTP; peers use the next one
 */
public record NodeCommand(String words, Path rootdir, int port) {

  /** Starts the process; it need not answer yet. Keys are kept under a password of its own. */
  public Process start() throws IOException {
    Files.createDirectories(rootdir);
    List<String> command =
        Arrays.stream(words.trim().split("\\s+"))
            .map(word -> word.replace("{rootdir}", rootdir.toString()))
            .map(word -> word.replace("{port}", Integer.toString(port)))
            .map(word -> word.replace("{p2p}", Integer.toString(port + 1)))
            .toList();
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().put("DEFRA_KEYRING_SECRET", "benchmark");
    return builder.start();
  }

  /** Where to look when the node does not come. */
  public Path log() {
    return rootdir.resolveSibling(rootdir.getFileName() + ".log");
  }
}
