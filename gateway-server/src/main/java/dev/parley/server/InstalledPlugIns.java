package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import dev.parley.policy.PolicyProvider;
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
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Finds the plug-ins of this installation: on the class path, and in jars of a folder. */
final class InstalledPlugIns {
  private static final String CLASS_PATH = "the class path";

  private final Path folder;
  private final ClassLoader classPath;

  private final ProviderKind<DialectProvider<?>> dialects = ProviderKind.dialects();
  private final ProviderKind<PolicyProvider<?>> policies = ProviderKind.policies();

  private InstalledPlugIns(Path folder, ClassLoader classPath) {
    this.folder = folder;
    this.classPath = classPath;
  }

  /**
   * All of them. The jars share one class loader that lives as long as the process.
   *
   * @param folder may be absent
   * @throws StartException naming the jar, if one cannot be read, its provider cannot be loaded, or
   *     another one has the same dialect or policy
   */
  static PlugIns in(Path folder) {
    return in(folder, InstalledPlugIns.class.getClassLoader());
  }

  static PlugIns in(Path folder, ClassLoader classPath) {
    return new InstalledPlugIns(folder, classPath).find();
  }

  private PlugIns find() {
    findOnClassPath(dialects);
    findOnClassPath(policies);
    List<Path> jars = jars();
    var loader =
        new URLClassLoader(
            "dialects", jars.stream().map(InstalledPlugIns::url).toArray(URL[]::new),
            classPath);
    find(jars, loader, dialects);
    find(jars, loader, policies);
    return new PlugIns(dialects.found(), policies.found());
  }

  private void find(List<Path> jars, ClassLoader loader, ProviderKind<?> kind) {
    Map<String, Path> classes = new LinkedHashMap<>();
    for (Path jar : jars) {
      for (String name : providers(jar, kind.servicesFile())) {
        Path other = classes.putIfAbsent(name, jar);
        if (other != null) {
          throw broken(jar,
              name + " is in " + other.getFileName() + " as well; remove one of them");
        }
        load(loader, jar, name, kind);
      }
    }
  }

  private void findOnClassPath(ProviderKind<?> kind) {
    try {
      for (Object each : ServiceLoader.load(kind.service(), classPath)) {
        var unused = add(each, CLASS_PATH, kind);
      }
    } catch (ServiceConfigurationError | LinkageError unusable) {
      throw new StartException(kind.plural() + " of " + CLASS_PATH, unusable);
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
  private List<String> providers(Path jar, String servicesFile) {
    try (var file = new JarFile(jar.toFile())) {
      ZipEntry services = file.getEntry(servicesFile);
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

  private void load(ClassLoader loader, Path jar, String name, ProviderKind<?> kind) {
    try {
      Class<?> type = Class.forName(name, true, loader);
      if (type.getClassLoader() != loader) {
        throw broken(jar, name + " is on " + CLASS_PATH + " as well; remove this jar");
      }
      Object plugIn = type.getConstructor().newInstance();
      if (!add(plugIn, jar.getFileName().toString(), kind)) {
        throw broken(jar, name + " is no " + kind.service().getSimpleName());
      }
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

  /** False if it is not of this kind. */
  private <P> boolean add(Object plugIn, String place, ProviderKind<P> kind) {
    Optional<P> provider = kind.cast(plugIn);
    provider
        .flatMap(each -> kind.add(each, place))
        .ifPresent(
            objection -> {
              throw new StartException("dialects in " + folder + ": " + objection);
            });
    return provider.isPresent();
  }

  private StartException broken(Path jar, String why) {
    return new StartException("dialects in " + folder + ": " + jar.getFileName() + ": " + why);
  }
}
