package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Finds the dialects of this installation: on the class path, and in jars of a folder. */
final class InstalledDialects {
  private static final String SERVICES =
      "META-INF/services/" + DialectProvider.class.getName();
  private static final String NAME = "[a-z][a-z0-9-]*";
  private static final String CLASS_PATH = "the class path";

  private final Path folder;
  private final ClassLoader classPath;

  /** The name of each dialect, and where it was found. */
  private final Map<String, String> limiter = new LinkedHashMap<>();

  private final List<DialectProvider<?>> found = new ArrayList<>();

  private InstalledDialects(Path folder, ClassLoader classPath) {
    this.folder = folder;
    this.classPath = classPath;
  }

  /**
   * All of them. The jars share one class loader that lives as long as the process.
   *
   * @param folder may be absent
   * @throws StartException naming the jar, if one cannot be read, its provider cannot be loaded, or
   *     another one has the same dialect
   */
  static List<DialectProvider<?>> in(Path folder) {
    return in(folder, InstalledDialects.class.getClassLoader());
  }

  static List<DialectProvider<?>> in(Path folder, ClassLoader classPath) {
    return new InstalledDialects(folder, classPath).find();
  }

  private List<DialectProvider<?>> find() {
    findOnClassPath();
    List<Path> jars = jars();
    var loader =
        new URLClassLoader(
            "dialects", jars.stream().map(InstalledDialects::url).toArray(URL[]::new),
            classPath);
    Map<String, Path> classes = new LinkedHashMap<>();
    for (Path jar : jars) {
      for (String name : providers(jar)) {
        Path other = classes.putIfAbsent(name, jar);
        if (other != null) {
          throw broken(jar,
              name + " is in " + other.getFileName() + " as well; remove one of them");
        }
        load(loader, jar, name);
      }
    }
    return found;
  }

  private void findOnClassPath() {
    try {
      ServiceLoader.load(DialectProvider.class, classPath).forEach(each -> add(each, CLASS_PATH));
    } catch (ServiceConfigurationError | LinkageError unusable) {
      throw new StartException("dialects of " + CLASS_PATH, unusable);
    }
  }

  private List<Path> jars() {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jar")) {
        all.forEach(jars::add);
      } catch (IOException unreadable) {
        throw new StartException("dialects in " + folder, unreadable);
      }
    }
    return jars.stream().sorted().toList();
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The provider classes that a jar declares; a jar without any is a library of another one. */
  private List<String> providers(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      ZipEntry services = file.getEntry(SERVICES);
      if (services == null) {
        return List.of();
      }
      try (var lines =
          new BufferedReader(
              new InputStreamReader(file.getInputStream(services), StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList();
      }
    } catch (IOException unreadable) {
      throw broken(jar, "it cannot be read as a jar: " + unreadable.getMessage());
    }
  }

  private void load(ClassLoader loader, Path jar, String name) {
    try {
      Class<?> type = Class.forName(name, true, loader);
      if (type.getClassLoader() != loader) {
        throw broken(jar, name + " is on " + CLASS_PATH + " as well; remove this jar");
      }
      if (!(type.getConstructor().newInstance() instanceof DialectProvider<?> provider)) {
        throw broken(jar, name + " is no DialectProvider");
      }
      add(provider, jar.getFileName().toString());
    } catch (ClassNotFoundException absent) {
      throw broken(jar, "it names the class " + name + ", which is not in it");
    } catch (UnsupportedClassVersionError newer) {
      throw broken(
          jar, name + " needs a newer Java than this one, " + Runtime.version().feature());
    } catch (NoClassDefFoundError missing) {
      throw broken(jar, name + " needs the class " + missing.getMessage() + ", which is not there");
    } catch (ReflectiveOperationException | LinkageError unusable) {
      Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
      throw broken(jar, name + " cannot be made: " + cause);
    }
  }

  private void add(DialectProvider<?> provider, String place) {
    String name = provider.name();
    if (name == null || !name.matches(NAME)) {
      throw new StartException(
          "dialects in " + folder + ": " + place + ": '" + name
              + "' is no name of a dialect; expected " + NAME);
    }
    String other = limiter.putIfAbsent(name, place);
    if (other != null) {
      throw new StartException(
          "dialects in " + folder + ": two dialects are called " + name + ", in " + other
              + " and in "
              + place + "; remove one of them");
    }
    found.add(provider);
  }

  private StartException broken(Path jar, String why) {
    return new StartException("dialects in " + folder + ": " + jar.getFileName() + ": " + why);
  }
}
