package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;
import dev.parley.server.config.SamplePolicies;
import dev.parley.server.config.SamplePolicies.WordProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledPlugInsTest {
  private static final String SERVICE_OF_POLICIES = PolicyProvider.class.getName();

  @TempDir Path folder;

  @Test
  void givenNoFolder_whenLookedFor_thenThoseOfTheClassPathAreFound() {
    List<String> onClassPath = new ArrayList<>();
    ServiceLoader.load(DialectProvider.class).forEach(found -> onClassPath.add(found.name()));

    assertThat(InstalledPlugIns.in(folder.resolve("absent")).dialects())
        .extracting(DialectProvider::name).isEqualTo(onClassPath);
  }

  @Test
  void givenAJarThatNamesAClassItLacks_whenLookedFor_thenTheStartFailsInOneLine()
      throws IOException {
    jar("broken.jar", "org.example.Missing");

    assertThatThrownBy(() -> InstalledPlugIns.in(folder))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "dialects in %s: broken.jar: it names the class org.example.Missing, which is not in it",
            folder);
  }

  @Test
  void givenTwoJarsWithTheSameClass_whenLookedFor_thenTheLineNamesBoth() throws IOException {
    jar("bell-1.0.jar", Bell.class.getName(), Bell.class);
    jar("bell-1.1.jar", Bell.class.getName(), Bell.class);

    assertThatThrownBy(() -> InstalledPlugIns.in(folder, NOTHING))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "dialects in %s: bell-1.1.jar: %s is in bell-1.0.jar as well; remove one of them",
            folder, Bell.class.getName());
  }

  @Test
  void givenTwoJarsWithOneDialect_whenLookedFor_thenTheLineNamesBoth() throws IOException {
    jar("a.jar", Bell.class.getName(), Bell.class);
    jar("b.jar", OtherBell.class.getName(), OtherBell.class, Bell.class);

    assertThatThrownBy(() -> InstalledPlugIns.in(folder, NOTHING))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "dialects in %s: two dialects are called bell, in a.jar and in b.jar; remove one of"
                + " them",
            folder);
  }

  @Test
  void givenAClassThatLacksAnother_whenLookedFor_thenTheLineNamesBoth() throws IOException {
    jar("b.jar", OtherBell.class.getName(), OtherBell.class);

    assertThatThrownBy(() -> InstalledPlugIns.in(folder, NOTHING))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "dialects in %s: b.jar: %s needs the class %s, which is not there",
            folder, OtherBell.class.getName(), Bell.class.getName().replace('.', '/'));
  }

  @Test
  void givenADialectOfTheClassPath_whenAJarHasItToo_thenTheLineSaysSo() throws IOException {
    jar("bell.jar", Bell.class.getName(), Bell.class);

    assertThatThrownBy(() -> InstalledPlugIns.in(folder))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "dialects in %s: bell.jar: %s is on the class path as well; remove this jar", folder,
            Bell.class.getName());
  }

  @Test
  void givenAJarWithAPolicy_whenLookedFor_thenItIsFoundBesideThoseOfTheClassPath()
      throws IOException {
    jar("words.jar", SERVICE_OF_POLICIES, WordProvider.class.getName(), SamplePolicies.class,
        SamplePolicies.WordOptions.class, WordProvider.class);

    assertThat(InstalledPlugIns.in(folder, NOTHING).policies())
        .extracting(PolicyProvider::name).contains("word");
  }

  @Test
  void givenTwoJarsWithOnePolicy_whenLookedFor_thenTheLineNamesBoth() throws IOException {
    jar("a.jar", SERVICE_OF_POLICIES, WordProvider.class.getName(), WordProvider.class);
    jar("b.jar", SERVICE_OF_POLICIES, OtherWords.class.getName(), OtherWords.class);

    assertThatThrownBy(() -> InstalledPlugIns.in(folder, NOTHING))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "dialects in %s: two policies are called word, in a.jar and in b.jar; remove one of"
                + " them",
            folder);
  }

  @Test
  void givenADialectThatIsDeclaredAsAPolicy_whenLookedFor_thenTheLineSaysSo()
      throws IOException {
    jar("bell.jar", SERVICE_OF_POLICIES, Bell.class.getName(), Bell.class);

    assertThatThrownBy(() -> InstalledPlugIns.in(folder, NOTHING))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "dialects in %s: bell.jar: %s is no PolicyProvider", folder, Bell.class.getName());
  }

  @Test
  void givenAFileThatIsNoJar_whenLookedFor_thenTheLineNamesIt() throws IOException {
    Files.writeString(folder.resolve("text.jar"), "no jar");

    assertThatThrownBy(() -> InstalledPlugIns.in(folder))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(
            "dialects in " + folder + ": text.jar: it cannot be read as a jar: ")
        .message().hasLineCount(1);
  }

  /** A loader with the gateway, but without the classes of this test. */
  private static final ClassLoader NOTHING =
      new ClassLoader(InstalledPlugInsTest.class.getClassLoader()) {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
          if (name.startsWith(InstalledPlugInsTest.class.getName())
              || name.startsWith(SamplePolicies.class.getName())) {
            throw new ClassNotFoundException(name);
          }
          return super.loadClass(name, resolve);
        }
      };

  /** A jar that declares a provider and contains classes of this test. */
  private void jar(String file, String provider, Class<?>... classes) throws IOException {
    jar(file, DialectProvider.class.getName(), provider, classes);
  }

  private void jar(String file, String service, String provider, Class<?>... classes)
      throws IOException {
    try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve(file)))) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + service));
      jar.write(provider.getBytes(StandardCharsets.UTF_8));
      for (Class<?> each : classes) {
        String path = each.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(path));
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(path)) {
          assertThat(in).isNotNull();
          in.transferTo(jar);
        }
      }
    }
  }

  /** A dialect. */
  public static class Bell implements DialectProvider<Bell.Options> {
    /** Nothing. */
    public record Options() {}

    @Override
    public String name() {
      return "bell";
    }

    @Override
    public Class<Options> optionsType() {
      return Options.class;
    }

    @Override
    public Options defaults() {
      return new Options();
    }

    @Override
    public Dialect create(Options options, DialectContext dialectContext) {
      throw new UnsupportedOperationException("only its name counts");
    }
  }

  /** The policy of the samples in another class. */
  public static final class OtherWords implements PolicyProvider<OtherWords.Words> {
    /** Nothing. */
    public record Words() {}

    @Override
    public String name() {
      return "word";
    }

    @Override
    public Class<Words> optionsType() {
      return Words.class;
    }

    @Override
    public Words defaults() {
      return new Words();
    }

    @Override
    public Policy create(Words options, PolicyContext context) {
      throw new UnsupportedOperationException("only its name counts");
    }
  }

  /** The same dialect in another class. */
  public static final class OtherBell extends Bell {}
}
