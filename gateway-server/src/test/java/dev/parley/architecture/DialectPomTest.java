package dev.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Of the project's own modules, a dialect is built and compiled against gateway-api alone. */
class DialectPomTest {

  /** Where surefire runs a module's tests is the module's folder; its siblings lie beside it. */
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  static List<Path> dialects() throws IOException {
    try (Stream<Path> modules = Files.list(PROJECT)) {
      return modules.filter(module -> module.getFileName().toString().startsWith("dialect-"))
          .map(module -> module.resolve("pom.xml"))
          .filter(Files::exists)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void givenADialect_whenItsPomIsRead_thenItDependsOnTheApiAlone(Path pom) throws Exception {
    try (InputStream xml = Files.newInputStream(pom)) {
      assertThat(ownModules(xml)).containsExactly("gateway-api");
    }
  }

  @Test
  void givenTheApi_whenItsPomIsRead_thenItDependsOnNoOtherModule() throws Exception {
    try (InputStream xml = Files.newInputStream(PROJECT.resolve("gateway-api/pom.xml"))) {
      assertThat(ownModules(xml)).isEmpty();
    }
  }

  @Test
  void givenADialectThatNeedsAnother_whenItsPomIsRead_thenTheOtherIsFound() throws Exception {
    String pom = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <dependencies>
            <dependency><groupId>dev.parley</groupId><artifactId>gateway-api</artifactId></dependency>
            <dependency>
              <groupId>dev.parley</groupId><artifactId>dialect-linkup</artifactId><scope>runtime</scope>
            </dependency>
            <dependency>
              <groupId>${project.groupId}</groupId><artifactId>dialect-calling</artifactId>
            </dependency>
            <dependency>
              <groupId>dev.parley</groupId><artifactId>gateway-testkit</artifactId><scope>test</scope>
            </dependency>
            <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId></dependency>
          </dependencies>
        </project>
        """;

    assertThat(ownModules(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8))))
        .containsExactly("gateway-api", "dialect-linkup", "dialect-calling");
  }

  /** The project's own modules that a module needs outside its tests. */
  private static List<String> ownModules(InputStream pom) throws IOException, SAXException,
      ParserConfigurationException, XPathExpressionException {
    var document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(pom);
    var found = (NodeList) XPathFactory.newDefaultInstance().newXPath().evaluate("""
        /project//dependency[not(scope = 'test')]
            [groupId = 'dev.parley' or starts-with(groupId, '${')]/artifactId
        """, document, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent().strip())
        .toList();
  }
}
