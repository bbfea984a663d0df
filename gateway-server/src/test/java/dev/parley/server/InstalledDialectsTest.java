package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.dialect.DialectProvider;
import java.io.IOException;
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

class InstalledDialectsTest {
  @TempDir Path folder;

  @Test
  void givenNoFolder_whenLookedFor_thenThoseOfTheClassPathAreFound() {
    List<String> onClassPath = new ArrayList<>();
    ServiceLoader.load(DialectProvider.class).forEach(found -> onClassPath.add(found.name()));

    assertThat(InstalledDialects.in(folder.resolve("absent")))
        .extracting(DialectProvider::name).isEqualTo(onClassPath);
  }

  @Test
  void givenAJarThatNamesAClassItLacks_whenLookedFor_thenTheStartFailsInOneLine()
      throws IOException {
    String service = DialectProvider.class.getName();
    try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("broken.jar")))) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + service));
      jar.write("org.example.Missing".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> InstalledDialects.in(folder))
        .isInstanceOf(StartException.class)
        .hasMessage("dialects in %s: %s: Provider org.example.Missing not found", folder, service);
  }
}
