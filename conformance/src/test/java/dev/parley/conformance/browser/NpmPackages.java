package dev.parley.conformance.browser;

import java.nio.file.Files;
import java.nio.file.Path;

/** The npm packages that the tests run, as {@code scripts/install-real} puts them there. */
final class NpmPackages {
  private static final Path MODULES = Path.of("npm", "node_modules").toAbsolutePath();

  private NpmPackages() {}

  /** A file of a package; throws if it is not installed. */
  static Path file(String name) {
    Path file = MODULES.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is missing: run scripts/install-real first");
    }
    return file;
  }

  /** A script of this module that needs the packages. */
  static Path script(String name) {
    return MODULES.resolveSibling(name);
  }

  /** The library that a page loads in place of the copy on the public CDN. */
  static Path peerJsLibrary() {
    return file("peerjs/dist/peerjs.min.js");
  }

  /** The library of users of the calling dialect. */
  static Path rtcLibrary() {
    return file("rtc-lib/dist/bundle/rtc.dep.js");
  }

  /** The library of linkup's clients for connections. */
  static Path simplePeerLibrary() {
    return file("simple-peer/simplepeer.min.js");
  }
}
