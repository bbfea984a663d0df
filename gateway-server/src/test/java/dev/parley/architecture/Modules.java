package dev.parley.architecture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the source tree says of the modules. */
final class Modules {

  /** Where surefire runs a module's tests is the module's folder; its siblings lie beside it. */
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  private Modules() {}

  /** The text of a file of the project. */
  static String read(Path file) throws IOException {
    return Files.readString(PROJECT.resolve(file));
  }

  /** The modules that every build has. */
  static List<String> all() throws IOException {
    return texts(read(Path.of("pom.xml")), "/project/modules/module");
  }

  /** The project's own modules that one needs outside its tests. */
  static List<String> needs(String module) throws IOException {
    return needsIn(read(Path.of(module, "pom.xml")));
  }

  /** The same, for the text of a pom. */
  static List<String> needsIn(String pom) throws IOException {
    return texts(pom, """
        /project//dependency[not(scope = 'test' or type = 'pom')]
            [groupId = 'dev.parley' or starts-with(groupId, '${')]/artifactId
        """);
  }

  /** The packages of what a module ships, below {@code dev.parley}. */
  static List<String> packages(String module) throws IOException {
    Path root = PROJECT.resolve(module).resolve("src/main/java/dev/parley");
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java"))
          .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
          .distinct()
          .sorted()
          .toList();
    }
  }

  /** The package-info of each package with more than so many files in what is shipped. */
  static Map<String, String> largePackages(int files) throws IOException {
    Map<String, String> infos = new TreeMap<>();
    for (String module : all()) {
      for (String name : packages(module)) {
        Path place = PROJECT.resolve(module).resolve("src/main/java/dev/parley")
            .resolve(name.replace('.', '/'));
        try (Stream<Path> all = Files.list(place)) {
          if (all.filter(file -> file.toString().endsWith(".java")).count() > files) {
            infos.put(name, Files.readString(place.resolve("package-info.java")));
          }
        }
      }
    }
    return infos;
  }

  private static List<String> texts(String xml, String path) throws IOException {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    try {
      var document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
          .parse(new ByteArrayInputStream(bytes));
      var found = (NodeList) XPathFactory.newDefaultInstance().newXPath()
          .evaluate(path, document, XPathConstants.NODESET);
      return IntStream.range(0, found.getLength())
          .mapToObj(i -> found.item(i).getTextContent().strip())
          .toList();
    } catch (SAXException | ParserConfigurationException | XPathExpressionException unreadable) {
      throw new IOException(unreadable);
    }
  }
}
