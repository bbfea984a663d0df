package dev.parley.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The archive that has just been packed, unpacked. */
final class Archive {

  /** The result of a command. */
  record Outcome(int exit, String said) {}

  private Archive() {}

  /** Unpacks it into a folder of its own below {@code folder}, and returns that. */
  static Path unpackInto(Path folder) throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("parley"));
    Outcome outcome =
        run("tar", "-xzf", System.getProperty("parley.archive"), "-C", home.toString(),
            "--strip-components=1");
    if (outcome.exit() != 0) {
      throw new AssertionError(outcome.said());
    }
    return home;
  }

  /** Runs a command to its end. */
  static Outcome run(String... command) throws IOException, InterruptedException {
    Path said = Files.createTempFile("said", ".txt");
    try {
      Process process =
          new ProcessBuilder(List.of(command)).redirectErrorStream(true)
              .redirectOutput(said.toFile()).start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: " + Files.readString(said));
      }
      return new Outcome(process.exitValue(), Files.readString(said));
    } finally {
      Files.delete(said);
    }
  }
}
