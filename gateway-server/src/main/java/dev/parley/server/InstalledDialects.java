package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the dialects of this installation: on the class path, and in jars of a folder. */
final class InstalledDialects {
  private InstalledDialects() {}

  /**
   * All of them. The jars share one class loader that lives as long as the process.
   *
   * @param folder may be absent
   * @throws StartException if the folder cannot be read or a provider cannot be loaded
   */
  static List<DialectProvider<?>> in(Path folder) {
    try {
      URL[] jars = jars(folder);
      var loader = new URLClassLoader("dialects", jars, InstalledDialects.class.getClassLoader());
      List<DialectProvider<?>> found = new ArrayList<>();
      ServiceLoader.load(DialectProvider.class, loader).forEach(found::add);
      return found;
    } catch (IOException | UncheckedIOException | ServiceConfigurationError broken) {
      throw new StartException("dialects in " + folder, broken);
    }
  }

  private static URL[] jars(Path folder) throws IOException {
    List<URL> urls = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
        for (Path jar : jars) {
          urls.add(url(jar));
        }
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }
}
