package dev.parley.conformance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Firefox, as it is distributed, driven over WebDriver BiDi. One process serves all tests of a run;
 * each page is in a profile of its own. Any thread.
 */
final class Firefox implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("WebDriver BiDi listening on (ws://\\S+)");
  private static final Map<String, Object> PREFERENCES = Map.ofEntries(
      // A camera that shows a moving test picture, and no question whether the page may use it.
      Map.entry("media.navigator.streams.fake", true),
      Map.entry("media.navigator.permission.disabled", true),
      Map.entry("media.autoplay.default", 0),
      // Windows in the background play as well, and their timers are on time.
      Map.entry("media.suspend-background-video.enabled", false),
      Map.entry("dom.timeout.enable_budget_timer_throttling", false),
      Map.entry("dom.min_background_timeout_value", 4),
      // Candidates are plain loopback addresses: mDNS needs a multicast network.
      Map.entry("media.peerconnection.ice.loopback", true),
      Map.entry("media.peerconnection.ice.obfuscate_host_addresses", false),
      // No network but loopback: every name resolves to this machine.
      Map.entry("network.dns.native-is-localhost", true),
      Map.entry("network.proxy.type", 0),
      Map.entry("network.captive-portal-service.enabled", false),
      Map.entry("network.connectivity-service.enabled", false),
      Map.entry("app.update.disabledForTesting", true),
      Map.entry("app.normandy.enabled", false),
      Map.entry("services.settings.server", "data:,#remote-settings-dummy/v1"),
      Map.entry("extensions.update.enabled", false),
      Map.entry("extensions.systemAddon.update.enabled", false),
      Map.entry("media.gmp-manager.updateEnabled", false),
      Map.entry("browser.safebrowsing.downloads.remote.enabled", false),
      Map.entry("browser.safebrowsing.malware.enabled", false),
      Map.entry("browser.safebrowsing.phishing.enabled", false),
      Map.entry("datareporting.policy.dataSubmissionEnabled", false),
      Map.entry("toolkit.telemetry.enabled", false),
      // No background activity.
      Map.entry("browser.startup.page", 0),
      Map.entry("browser.startup.homepage", "about:blank"),
      Map.entry("browser.shell.checkDefaultBrowser", false),
      Map.entry("browser.aboutwelcome.enabled", false),
      Map.entry("startup.homepage_welcome_url", "about:blank"));

  /** Puts the frames of a page's WebSockets where its journal finds them. */
  private static final String TELL_FRAMES = """
      () => {
        const Native = WebSocket;
        window.WebSocket = class extends Native {
          constructor(...address) {
            super(...address);
            console.debug("OPENED " + this.url);
            this.addEventListener("message", ({ data }) => console.debug("RECEIVED " + data));
            this.addEventListener("close", ({ code }) => console.debug("CLOSED " + code));
          }
          send(data) {
            console.debug("SENT " + data);
            super.send(data);
          }
        };
      }""";

  private final Process process;
  private final Path profile;
  private final BidiConnection connection;
  private final Map<String, Journal> journals = new ConcurrentHashMap<>();

  private Firefox(Process process, Path profile, URI address) {
    this.process = process;
    this.profile = profile;
    this.connection = BidiConnection.to(address, this::note);
    connection.command("session.new", Map.of("capabilities", Map.of()));
    connection.command("session.subscribe", Map.of("events", List.of("log.entryAdded")));
    connection.command("script.addPreloadScript", Map.of("functionDeclaration", TELL_FRAMES));
  }

  static Firefox launch() {
    try {
      Path profile = Files.createTempDirectory("parley-firefox");
      Files.writeString(profile.resolve("user.js"), PREFERENCES.entrySet().stream()
          .map(preference -> "user_pref(\"" + preference.getKey() + "\", "
              + (preference.getValue() instanceof String text
                  ? '"' + text + '"'
                  : preference.getValue())
              + ");\n")
          .collect(Collectors.joining()));
      Process process = new ProcessBuilder(
          Programs.find("FIREFOX", "Firefox", List.of("firefox-esr", "firefox")).toString(),
          "--headless", "--no-remote", "--profile", profile.toString(),
          "--remote-debugging-port=0", "about:blank")
          .redirectErrorStream(true).start();
      try {
        return new Firefox(process, profile, address(process));
      } catch (IOException | RuntimeException failed) {
        process.destroyForcibly();
        throw failed;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static URI address(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {
        }));
        return URI.create(listening.group(1) + "/session");
      }
      seen.append(line).append('\n');
    }
    throw new IllegalStateException("Firefox did not start:\n" + seen);
  }

  /** A page of another user, on another computer. */
  FirefoxPage newPage(String address, Journal journal) {
    String user =
        connection.command("browser.createUserContext", Map.of()).path("userContext").asText();
    String context = connection
        .command("browsingContext.create", Map.of("type", "window", "userContext", user))
        .path("context").asText();
    journals.put(context, journal);
    connection.command("browsingContext.navigate",
        Map.of("context", context, "url", address, "wait", "complete"));
    return new FirefoxPage(connection, user, context);
  }

  private void note(JsonNode event) {
    JsonNode entry = event.path("params");
    Journal journal = journals.get(entry.path("source").path("context").asText());
    if (journal != null) {
      journal.note(entry.path("level").asText(), entry.path("text").asText());
    }
  }

  @Override
  public void close() {
    try {
      connection.command("browser.close", Map.of());
      if (!process.waitFor(ScriptHost.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("Firefox does not end");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } finally {
      process.destroyForcibly();
      connection.close();
      delete(profile);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException inUse) {
      // A process of the browser that is still ending writes there: it is a temporary folder.
    }
  }
}
