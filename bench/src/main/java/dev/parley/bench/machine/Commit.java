package dev.parley.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commit of the sources in a folder, according to git. */
public final class Commit {

  private static final String CHANGED = " with changes";

  private Commit() {}

  /** The commit's short name; empty if the folder is none of git's, or there is no git. */
  public static Optional<String> of(Path folder) throws InterruptedException {
    Optional<String> name = git(folder, "rev-parse", "--short", "HEAD");
    boolean changed =
        git(folder, "status", "--porcelain").filter(files -> !files.isEmpty()).isPresent();
    return changed ? name.map(commit -> commit + CHANGED) : name;
  }

  private static Optional<String> git(Path folder, String... arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process git = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException noGit) {
      return Optional.empty();
    }
  }
}
