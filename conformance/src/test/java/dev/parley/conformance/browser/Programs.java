package dev.parley.conformance.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the browsers of this machine. */
final class Programs {

  private Programs() {}

  /**
   * The program that a variable of the environment names, or else one of these on the path.
   *
   * @throws IllegalStateException if there is none
   */
  static Path find(String variable, String what, List<String> names) {
    String named = System.getenv(variable);
    if (named != null) {
      return Path.of(named);
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No " + what
            + " on the PATH: run scripts/install-real, or name the program in the variable "
            + variable));
  }
}
