package dev.parley.docs;

import static java.util.Objects.requireNonNull;

import dev.parley.dialect.DialectProvider;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;

/**
 * The example of docs/writing-a-dialect.md, built into a jar as a third party builds its dialect.
 */
final class ExampleDialect {

  static final Path SOURCES = Path.of("src/test/example-dialect");

  private ExampleDialect() {}

  /**
   * Compiles the example against the API alone, and packs it.
   *
   * @param workshop an empty folder for intermediate files
   * @param jar where to
   */
  static void build(Path workshop, Path jar) throws IOException {
    build(SOURCES, workshop, jar);
  }

  /** As {@link #build(Path, Path)}, of another plug-in. */
  static void build(Path sources, Path workshop, Path jar) throws IOException {
    Path classes = Files.createDirectories(workshop.resolve("classes"));
    compile(sources, classes);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      pack(classes, out);
      pack(sources.resolve("META-INF"), sources, out);
    }
  }

  /**
   * Compiles all sources below a folder with nothing but the API and the libraries that a dialect may
   * use.
   */
  static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    String classPath =
        String.join(
            java.io.File.pathSeparator,
            homeOf(DialectProvider.class).toString(),
            homeOf(NullMarked.class).toString(),
            homeOf(com.fasterxml.jackson.core.JsonFactory.class).toString(),
            homeOf(Future.class).toString());
    List<String> options =
        List.of("--release", "21", "-Xlint:all", "-proc:none", "-classpath", classPath, "-d",
            classes.toString());
    StringWriter complaints = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjectsFromPaths(filesBelow(sources, ".java"));
      if (!compiler.getTask(complaints, files, null, options, null, units).call()) {
        throw new AssertionError("the example does not compile:\n" + complaints);
      }
    }
  }

  private static void pack(Path folder, JarOutputStream out) throws IOException {
    pack(folder, folder, out);
  }

  private static void pack(Path folder, Path root, JarOutputStream out) throws IOException {
    for (Path file : filesBelow(folder, "")) {
      out.putNextEntry(new JarEntry(root.relativize(file).toString()));
      Files.copy(file, out);
      out.closeEntry();
    }
  }

  private static List<Path> filesBelow(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .sorted().toList();
    }
  }

  /** The jar or folder that a class comes from. */
  static Path homeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
