package dev.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Bound;
import dev.parley.config.ByteSize;
import dev.parley.config.ConfigurationException;
import dev.parley.config.Rate;
import dev.parley.config.Secret;
import dev.parley.net.ListenerOptions;
import dev.parley.net.ManagementOptions;
import dev.parley.net.MountOptions;
import dev.parley.net.limits.Limits;
import dev.parley.net.tls.TlsOptions;
import dev.parley.server.config.ConfigurationSources.Setting;
import dev.parley.server.config.SampleDialects.ChatOptions;
import dev.parley.server.config.SampleDialects.RelayOptions;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationLoaderTest {
  private static final ConfigurationLoader LOADER =
      new ConfigurationLoader(SampleDialects.all());

  @TempDir Path folder;

  @Test
  void givenNothingSet_whenLoaded_thenEveryDialectIsOnOneListenerAtItsPath() {
    ParleyOptions options = LOADER.load(ConfigurationSources.NONE);

    assertThat(options).isEqualTo(LOADER.defaults());
    assertThat(options.listeners())
        .containsExactly(
            new ListenerOptions(
                "0.0.0.0",
                9000,
                null,
                List.of("*"),
                Map.of("chat", MountOptions.at("/"), "relay", MountOptions.at("/relay"))));
    assertThat(options.management()).isEqualTo(new ManagementOptions("127.0.0.1", 9001));
    assertThat(options.limits().message()).isEqualTo(ByteSize.ofKiB(256));
    assertThat(options.limits().rate()).isEqualTo(new Rate(200));
    assertThat(options.limits().connectionsPerAddress()).isEqualTo(new Bound(5_000));
  }

  @Test
  void givenOneKeyInEverySource_whenLoaded_thenTheStrongerWins() throws IOException {
    Path file = file("limits: { burst: 1, idLength: 1, jsonDepth: 1 }");
    Map<String, String> environment =
        Map.of("PARLEY_LIMITS_IDLENGTH", "2", "PARLEY_LIMITS_JSONDEPTH", "2");
    var settings = List.of(new Setting("--set", "limits.jsonDepth", "3"));

    ParleyOptions options =
        LOADER.load(new ConfigurationSources(file, environment, settings));

    assertThat(options.limits().burst()).isEqualTo(1);
    assertThat(options.limits().idLength()).isEqualTo(2);
    assertThat(options.limits().jsonDepth()).isEqualTo(3);
  }

  @Test
  void givenKeysFromEverySource_whenRead_thenTheirSourcesAreKnown() throws IOException {
    Path file = file("limits: { burst: 1 }");

    LoadedConfiguration loaded =
        LOADER.read(
            new ConfigurationSources(
                file, Map.of("PARLEY_LIMITS_IDLENGTH", "2"),
                List.of(new Setting("--port", "listeners.0.port", "3"))));

    assertThat(loaded.sources())
        .containsExactlyInAnyOrder(file.toString(), "PARLEY_LIMITS_IDLENGTH", "--port");
    assertThat(loaded.placed(new ConfigurationException("listeners.0.port", "3", "4")))
        .hasMessage("--port: listeners.0.port: '3' is not valid; expected 4");
    assertThat(LOADER.read(ConfigurationSources.NONE).sources()).isEmpty();
  }

  @Test
  void givenAPrintedConfiguration_whenReadAgain_thenItIsTheSame() throws IOException {
    ParleyOptions options =
        set(
            "limits.rate=off",
            "limits.handshake=1500ms",
            "dialects.chat.key=0123",
            "dialects.chat.keys.off=no",
            "proxies=10.0.0.0/8,::1",
            "proxyHeader=forwarded",
            "listeners.0.origins=null,file://",
            "listeners.0.tls={key: a.pem, cert: b.pem}");

    assertThat(LOADER.load(ConfigurationSources.NONE.withFile(file(LOADER.print(options)))))
        .isEqualTo(options);
  }

  @Test
  void givenASecret_whenPrinted_thenItIsMaskedAndStillBound() {
    ParleyOptions options = set("dialects.relay.passphrase=open sesame");

    assertThat(options.dialects().get("relay"))
        .isEqualTo(new RelayOptions(new Secret("open sesame")));
    assertThat(LOADER.print(options)).contains("passphrase: '***'").doesNotContain("sesame");
    assertThat(options.toString()).doesNotContain("sesame");
  }

  @Nested
  class InAFile {
    @Test
    void givenAListenersList_whenLoaded_thenItReplacesTheDefaultAndItsMapsStartEmpty()
        throws IOException {
      ParleyOptions options =
          load(
              """
              listeners:
                - port: 5000
                  mount: { relay: / }
                - host: 127.0.0.1
                  tls: { key: k.pem, cert: c.pem }
                  origins: [https://app.example.org]
                  mount:
                    chat: { path: /chat/, realm: acme }
                    relay: { realm: acme }
              """);

      assertThat(options.listeners())
          .containsExactly(
              new ListenerOptions(
                  "0.0.0.0", 5000, null, List.of("*"), Map.of("relay", MountOptions.at("/"))),
              new ListenerOptions(
                  "127.0.0.1",
                  9000,
                  new TlsOptions("k.pem", "c.pem"),
                  List.of("https://app.example.org"),
                  Map.of(
                      "chat", new MountOptions("/chat", "acme"),
                      "relay", new MountOptions("/relay", "acme"))));
    }

    @Test
    void givenAMap_whenLoaded_thenItMergesAndNullTakesAnEntryOut() throws IOException {
      Path file = file("dialects: { chat: { keys: { k1: one, k2: two } } }");
      ParleyOptions options =
          LOADER.load(
              new ConfigurationSources(
                  file,
                  Map.of("PARLEY_DIALECTS_CHAT_KEYS_K3", "three"),
                  List.of(new Setting("--set", "dialects.chat.keys.k1", "null"))));

      assertThat(chat(options).keys()).isEqualTo(Map.of("k2", "two", "k3", "three"));
    }

    @ParameterizedTest
    @CsvSource({"off", "false", "'off'"})
    void givenOff_whenLoaded_thenTheBoundIsOffHoweverYamlReadsIt(String written)
        throws IOException {
      ParleyOptions options =
          load("limits: { connections: " + written + ", rate: " + written + " }");

      assertThat(options.limits().connections()).isEqualTo(Bound.OFF);
      assertThat(options.limits().rate()).isEqualTo(Rate.OFF);
    }

    @Test
    void givenOnlyComments_whenLoaded_thenTheDefaultsHold() throws IOException {
      assertThat(load("# nothing\n")).isEqualTo(LOADER.defaults());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "lisstener: 1 | lisstener: 'lisstener' is not a known key; expected one of listeners,"
              + " gate, realms, cluster, limits, proxies, proxyHeader, turn, management, logging,"
              + " dialects",
          "listeners: [ { prot: 1 } ] | listeners.0.prot: 'prot' is not a known key; expected one"
              + " of host, port, tls, origins, mount",
          "listeners: [ { mount: { sip: / } } ] | listeners.0.mount.sip: 'sip' is not a known key;"
              + " expected one of chat, relay",
          "dialects: { sip: { } } | dialects.sip: 'sip' is not a known key; expected one of chat,"
              + " relay",
          "dialects: { chat: { expireTimeout: 1 } } | dialects.chat.expireTimeout:"
              + " 'expireTimeout' is not a known key; expected one of key, keys, expire_timeout,"
              + " open, cors, ids, idle",
          "listeners: [ { port: abc } ] | listeners.0.port: 'abc' is not valid; expected a whole"
              + " number",
          "listeners: [ { port: '9000' } ] | listeners.0.port: '9000' is not valid; expected a"
              + " whole number",
          "listeners: [ { port: 90.5 } ] | listeners.0.port: '90.5' is not valid; expected a whole"
              + " number",
          "listeners: [ { port: 70000 } ] | listeners.0.port: '70000' is not valid; expected a"
              + " port number from 0 to 65535",
          "listeners: [ { port: 99999999999 } ] | listeners.0.port: '99999999999' is not valid;"
              + " expected a whole number",
          "listeners: 5 | listeners: '5' is not valid; expected a list",
          "listeners: [] | listeners: '[]' is not valid; expected at least one listener",
          "listeners: [ { }, { } ] | listeners.1.port: '9000' is not valid; expected a port that"
              + " no other listener has on 0.0.0.0; listeners.0.port is the same",
          "management: { port: 9000 } | management.port: '9000' is not valid; expected a port that"
              + " no other listener has on 127.0.0.1; listeners.0.port is the same",
          "listeners: [ { mount: { chat: chat } } ] | listeners.0.mount.chat.path: 'chat' is not"
              + " valid; expected a path such as / or /peerjs",
          "listeners: [ { mount: { chat: { realm: a/b } } } ] | listeners.0.mount.chat.realm: 'a/b'"
              + " is not valid; expected letters, digits, _ and - only",
          "listeners: [ { origins: [ 'https://a.b/c' ] } ] | listeners.0.origins.0:"
              + " 'https://a.b/c' is not valid; expected an origin as browsers send it:"
              + " https://a.b",
          "listeners: [ { origins: [ 'a.b' ] } ] | listeners.0.origins.0: 'a.b' is not valid;"
              + " expected * or an origin such as https://app.example.org",
          "listeners: [ { origins: [ null ] } ] | listeners.0.origins.0: 'null' is not valid;"
              + " expected text; the word null has to be in quotes",
          "listeners: [ { tls: { key: k.pem } } ] | listeners.0.tls.cert: 'null' is not valid;"
              + " expected text",
          "limits: | limits: 'null' is not valid; expected a mapping with the keys {limits}",
          "limits: { byteRate: 1MiB } | limits.byteRate: '1MiB' is not valid; expected a rate of"
              + " bytes such as 1MiB/s, or off",
          "limits: { byteBurst: 0 } | limits.byteBurst: '0' is not valid; expected a size from 1",
          "limits: { message: 1MB } | limits.message: '1MB' is not valid; expected a size such as"
              + " 256KiB, 1MiB or a whole number of bytes",
          "limits: { message: 4MiB } | limits.message: '4MiB' is not valid; expected a size from 1"
              + " and below limits.outbound, 4MiB",
          "limits: { stall: 0s } | limits.stall: '0s' is not valid; expected a duration above 0",
          "limits: { hold: 2m } | limits.hold: '2m' is not valid; expected a duration up to 1m",
          "limits: { outboundInAll: 1MiB } | limits.outboundInAll: '1MiB' is not valid; expected at"
              + " least limits.outbound, 4MiB",
          "limits: { rate: 200 } | limits.rate: '200' is not valid; expected a rate such as 200/s,"
              + " or off",
          "limits: { connections: 0 } | limits.connections: '0' is not valid; expected a whole"
              + " number from 1, or off",
          "limits: { connections: true } | limits.connections: 'true' is not valid; expected a"
              + " whole number from 1, or off",
          "limits: { ping: 30 } | limits.ping: '30' is not valid; expected a duration such as"
              + " 500ms, 10s, 2m or 1h",
          "limits: { groups: { view: 4MiB } } | limits.groups.view: '4MiB' is not valid; expected a"
              + " size that leaves 64KiB of limits.outbound, 4MiB, because a room is shown to one"
              + " connection at once",
          "limits: { groups: { status: 512KiB } } | limits.groups.view: '640KiB' is not valid;"
              + " expected at least 4 times limits.groups.status, 512KiB",
          "limits: { newIdsPerMinute: 0 } | limits.newIdsPerMinute: '0' is not valid; expected a"
              + " whole number from 1",
          "limits: { pong: 0s } | limits.pong: '0s' is not valid; expected a duration above 0",
          "limits: { mailboxes: { bytesPerPeer: 3MiB } } | limits.mailboxes.bytesPerPeer: '3MiB'"
              + " is not valid; expected at most half of limits.outbound, 4MiB, because a mailbox is"
              + " written to one connection at once",
          "limits: { mailboxes: { bytesInAll: 1MiB } } | limits.mailboxes.bytesInAll: '1MiB' is"
              + " not valid; expected at least bytesPerSender, 4MiB",
          "dialects: { chat: { key: 12345 } } | dialects.chat.key: '12345' is not valid; expected"
              + " text",
          "dialects: { chat: { open: ja } } | dialects.chat.open: 'ja' is not valid; expected"
              + " true or false",
          "dialects: { chat: { ids: tiny } } | dialects.chat.ids: 'tiny' is not valid; expected"
              + " one of uuid, short",
          "dialects: { chat: { cors: '*' } } | dialects.chat.cors: '*' is not valid; expected a"
              + " list",
          "dialects: { chat: { expire_timeout: 0 } } | dialects.chat.expire_timeout: '0' is not"
              + " valid; expected milliseconds from 1",
          "dialects: { relay: { passphrase: [ geheim ] } } | dialects.relay.passphrase: '***' is"
              + " not valid; expected text, or null",
          "cluster: { redis: 'http://:geheim@db:6379' } | cluster.redis: 'http://***@db:6379' is"
              + " not valid; expected the URL of a Redis: redis://host:6379, or rediss://host:6379"
              + " for TLS; redis+sentinel://host:26379/name to have Sentinels asked where it is",
          "cluster: { tls: { ca: /nowhere/ca.pem } } | cluster.tls.ca: '/nowhere/ca.pem' is not valid;"
              + " expected a PEM file with a certificate (there is none)",
          "cluster: { tls: { verify: half } } | cluster.tls.verify: 'half' is not valid; expected one"
              + " of full, ca, none",
          "cluster: { redis: 'redis://db', tls: { verify: ca } } | cluster.redis: 'redis://db' is not"
              + " valid; expected a URL that begins with rediss, as tls is set beside it",
          "cluster: { prefix: 'a b' } | cluster.prefix: 'a b' is not valid; expected letters,"
              + " digits, - and _",
          "cluster: { lease: 900ms } | cluster.lease: '900ms' is not valid; expected at least 1s",
          "cluster: { cutOff: wait } | cluster.cutOff: 'wait' is not valid; expected one of serve,"
              + " stop",
          "proxies: [ 10.0.0.0/33 ] | proxies.0: '10.0.0.0/33' is not valid; expected an address"
              + " or a range such as 10.0.0.0/8",
          "proxies: [ proxy.example.org ] | proxies.0: 'proxy.example.org' is not valid; expected"
              + " an address or a range such as 10.0.0.0/8",
          "proxyHeader: via | proxyHeader: 'via' is not valid; expected one of x-forwarded-for,"
              + " forwarded",
          "management: { host: ~ } | management.host: 'null' is not valid; expected text",
          "logging: { format: xml } | logging.format: 'xml' is not valid; expected one of text,"
              + " json",
        })
    void givenSomethingWrong_whenLoaded_thenOneLineNamesFileKeyValueAndExpectation(
        String yaml, String line) throws IOException {
      Path file = file(yaml);

      assertThatThrownBy(() -> LOADER.load(ConfigurationSources.NONE.withFile(file)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(file + ": " + withKeys(line));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "'cluster: { redis'  | line 1, column 10: 'a { that is not closed, or a comma",
          "'limits:\n  burst: 1\n  burst: 2' | line 3, column 8: 'Duplicate field 'burst'' makes",
          "'logging: &l { }\nmanagement: *l' | line 2, column 13: 'an alias' makes",
          "'limits: { }\n---\nlimits: { }' | line 3, column 1: 'a second document' makes",
          "'limits:\n\tburst: 1' | line 2, column 1: 'a tab, where only spaces may indent' makes",
          "'limits:\n  key: \"a\nlogging: { }' | line 2, column 8: 'a quote that is not closed'"
              + " makes",
          "'limits:\n  burst: 1\n   rate: 5/s' | line 3, column 8: 'a colon out of place: keys line"
              + " up, and a colon has a space behind it' makes",
          "'limits:\n  burst:1\n  rate: 5/s' | line 3, column 7: 'a colon out of place: keys line"
              + " up, and a colon has a space behind it' makes",
          "'listeners:\n  - port: 1\n - port: 2' | line 3, column 2: 'a line that does not line up"
              + " with those before it' makes",
          "'limits:\n  burst: 1\nfoo\nlogging: { }' | line 3, column 1: 'a line without a key and a"
              + " colon' makes",
          "'limits: [\n\n' | line 1, column 9: 'an end too early' makes",
          "'listeners:\n  [ {port: 1} {port: 2} ]' | line 2, column 3: 'a [ that is not closed, or a"
              + " comma that is missing after it' makes",
          "'? [a]\n: 1' | line 1, column 4: 'a key that is no text' makes",
          "'limits:\n  key: @x' | line 2, column 8: 'found character '@' that cannot start any"
              + " token; put it in quotes' makes",
        })
    void givenNoSoundYaml_whenLoaded_thenOneLineNamesFileAndLine(String yaml, String start)
        throws IOException {
      Path file = file(yaml);

      assertThatThrownBy(() -> LOADER.load(ConfigurationSources.NONE.withFile(file)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(file + ": " + start)
          .hasMessageEndingWith("it unreadable; expected YAML, a mapping with every key once")
          .message()
          .hasLineCount(1);
    }

    @Test
    void givenVeryDeepNesting_whenLoaded_thenTheLineSaysSo() throws IOException {
      Path file = file("limits: " + "[".repeat(100_000));

      assertThatThrownBy(() -> LOADER.load(ConfigurationSources.NONE.withFile(file)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageMatching(
              ".*: line 1, column \\d+: 'nesting, or a value, beyond all measure' makes.*");
    }

    @Test
    void givenACharacterThatYamlCannotHold_whenLoaded_thenTheLineSaysWhere() throws IOException {
      Path file = file("limits: { }\n\n#" + (char) 1);

      assertThatThrownBy(() -> LOADER.load(ConfigurationSources.NONE.withFile(file)))
          .isInstanceOf(ConfigurationException.class)
          .message().contains("line 3, column 2: 'a character that YAML cannot hold'");
    }

    @Test
    void givenASecretBesideAMistake_whenLoaded_thenTheLineDoesNotHaveIt() throws IOException {
      Path file = file("cluster:\n  redis: redis://:geheim@db:6379 : x\n");

      assertThatThrownBy(() -> LOADER.load(ConfigurationSources.NONE.withFile(file)))
          .isInstanceOf(ConfigurationException.class)
          .message().contains("line 2, column 34: ").doesNotContain("geheim");
    }

    @Test
    void givenNoMapping_whenLoaded_thenTheLineSaysSo() throws IOException {
      Path file = file("- 1");

      assertThatThrownBy(() -> LOADER.load(ConfigurationSources.NONE.withFile(file)))
          .hasMessage(
              file
                  + ": '[…]' is not valid; expected a mapping with the keys listeners, gate,"
                  + " realms, cluster, limits, proxies, proxyHeader, turn, management, logging,"
                  + " dialects");
    }

    @Test
    void givenNoFile_whenLoaded_thenTheLineSaysSo() {
      Path file = folder.resolve("none.yaml");

      assertThatThrownBy(() -> LOADER.load(ConfigurationSources.NONE.withFile(file)))
          .hasMessage(
              "--config: '%s' is not valid; expected a YAML file that can be read (there is none)",
              file);
    }

    @Test
    void givenAFolder_whenLoaded_thenTheLineSaysSo() {
      assertThatThrownBy(() -> LOADER.load(ConfigurationSources.NONE.withFile(folder)))
          .hasMessage(
              "--config: '%s' is not valid; expected a YAML file that can be read (it is a"
                  + " directory)",
              folder);
    }
  }

  @Nested
  class InTheEnvironment {
    @Test
    void givenNamesInEverySpelling_whenLoaded_thenTheirKeysAreSet() {
      ParleyOptions options =
          environment(
              Map.of(
                  "PARLEY_LISTENERS_0_PORT", "9100",
                  "PARLEY_LISTENERS_0_MOUNT_RELAY", "/r",
                  "PARLEY_LISTENERS_0_MOUNT_CHAT_REALM", "acme",
                  "PARLEY_DIALECTS_CHAT_EXPIRE_TIMEOUT", "7",
                  "PARLEY_DIALECTS_CHAT_CORS", "a, b",
                  "PARLEY_DIALECTS_CHAT_KEY", "123",
                  "PARLEY_LIMITS_CONNECTIONSPERADDRESS", "9",
                  "PARLEY_LIMITS_MAILBOXES_SIGNALS_PER_PEER", "5",
                  "PARLEY_limits_Handshake", "2m",
                  "HOME", "/elsewhere"));

      ListenerOptions listener = options.listeners().getFirst();
      assertThat(listener.port()).isEqualTo(9100);
      assertThat(listener.mount())
          .isEqualTo(
              Map.of("chat", new MountOptions("/", "acme"), "relay", MountOptions.at("/r")));
      assertThat(chat(options).expireTimeout()).isEqualTo(7);
      assertThat(chat(options).cors()).containsExactly("a", "b");
      assertThat(chat(options).key()).isEqualTo("123");
      assertThat(options.limits().connectionsPerAddress()).isEqualTo(new Bound(9));
      assertThat(options.limits().mailboxes().signalsPerPeer()).isEqualTo(5);
      assertThat(options.limits().handshake()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void givenASecondListener_whenLoaded_thenItStartsFromTheDefaultOne() {
      Map<String, String> variables = new HashMap<>();
      variables.put("PARLEY_LISTENERS_1_PORT", "9443");
      variables.put("PARLEY_LISTENERS_1_TLS_KEY", "k.pem");
      variables.put("PARLEY_LISTENERS_1_TLS_CERT", "c.pem");

      ListenerOptions second = environment(variables).listeners().get(1);

      assertThat(second.port()).isEqualTo(9443);
      assertThat(second.tls()).isEqualTo(new TlsOptions("k.pem", "c.pem"));
      assertThat(second.mount()).containsOnlyKeys("chat", "relay");
    }

    @Test
    void givenVariablesOfTheLauncher_whenLoaded_thenTheyAreNotOurs() {
      assertThat(environment(Map.of("PARLEY_JAVA_OPTS", "-Xmx1g", "PARLEY_JDK_ROOTS", "/opt")))
          .isEqualTo(LOADER.defaults());
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "PARLEY_PORT | 1 | environment: 'PARLEY_PORT' is not a known key; expected the name of a"
              + " key, such as PARLEY_LISTENERS_0_PORT for listeners.0.port",
          "PARLEY_LISTENERS_0_PORT_X | 1 | environment: 'PARLEY_LISTENERS_0_PORT_X' is not a known"
              + " key; expected PARLEY_LISTENERS_0_PORT, or another name of a key",
          "PARLEY_LISTENRS_0_PORT | 1 | environment: 'PARLEY_LISTENRS_0_PORT' is not a known key;"
              + " expected PARLEY_LISTENERS_0_PORT, or another name of a key",
          "PARLEY_LIMITS_MESAGE | 1 | environment: 'PARLEY_LIMITS_MESAGE' is not a known key;"
              + " expected PARLEY_LIMITS_MESSAGE, or another name of a key",
          "PARLEY_PORT | tcp://10.0.0.1:9000 | environment: 'PARLEY_PORT' is not a known key;"
              + " expected none such: Kubernetes sets it for a Service called parley, unless the pod"
              + " has enableServiceLinks: false",
          "PARLEY_LISTENERS_0_PORT | abc | PARLEY_LISTENERS_0_PORT: listeners.0.port: 'abc' is not"
              + " valid; expected a whole number",
          "PARLEY_LISTENERS_2_PORT | 1 | PARLEY_LISTENERS_2_PORT: listeners.2: '2' is not a known"
              + " key; expected an index from 0 to 1",
          "PARLEY_LIMITS_BURST | 0 | PARLEY_LIMITS_BURST: limits.burst: '0' is not valid; expected"
              + " a whole number from 1",
        })
    void givenSomethingWrong_whenLoaded_thenOneLineNamesTheVariable(
        String variable, String text, String line) {
      assertThatThrownBy(() -> environment(Map.of(variable, text)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(line);
    }

    private ParleyOptions environment(Map<String, String> variables) {
      return LOADER.load(new ConfigurationSources(null, variables, List.of()));
    }
  }

  @Nested
  class OnTheCommandLine {
    @Test
    void givenListsMapsAndElements_whenLoaded_thenTheyAreSet() {
      ParleyOptions options =
          set(
              "dialects.chat.cors=a,b",
              "dialects.chat.keys.k2=acme",
              "dialects.chat.keys.dotted.key=acme",
              "listeners.0.port=1",
              "listeners.0.mount.relay=null",
              "listeners.1={port: 2, mount: {relay: /x}}",
              "proxies=");

      assertThat(chat(options).cors()).containsExactly("a", "b");
      assertThat(chat(options).keys()).isEqualTo(Map.of("k2", "acme", "dotted.key", "acme"));
      assertThat(options.listeners().get(0).port()).isEqualTo(1);
      assertThat(options.listeners().get(0).mount()).containsOnlyKeys("chat");
      assertThat(options.listeners().get(1).port()).isEqualTo(2);
      assertThat(options.listeners().get(1).mount())
          .isEqualTo(Map.of("relay", MountOptions.at("/x")));
      assertThat(options.proxies()).isEmpty();
    }

    @Test
    void givenAMapAsAWhole_whenLoaded_thenItReplacesTheOldOne() {
      assertThat(set("listeners.0.mount={relay: /x}").listeners().getFirst().mount())
          .isEqualTo(Map.of("relay", MountOptions.at("/x")));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "limits.brst=1 | limits.brst: 'brst' is not a known key; expected one of {limits}",
          "limits.burst.x=1 | limits.burst.x: 'x' is not a known key; expected a whole number at"
              + " limits.burst",
          "listeners.x.port=1 | listeners.x: 'x' is not a known key; expected an index from 0 to 1",
          "listeners.0.mount.sip=/ | listeners.0.mount.sip: 'sip' is not a known key; expected one"
              + " of chat, relay",
          "limits=5 | limits: '5' is not valid; expected a mapping with the keys {limits}",
          "dialects.chat.keys=a | dialects.chat.keys: 'a' is not valid; expected a mapping",
          "listeners.0.tls={key | listeners.0.tls: '{…' is not valid; expected a mapping with the"
              + " keys key, cert, clientCa, or null as inline YAML (line 1, column 1: a { that is not"
              + " closed, or a comma that is missing after it)",
          "dialects.chat.keys={a: b, a: c} | dialects.chat.keys: '{…' is not valid; expected a"
              + " mapping as inline YAML (line 1, column 9: Duplicate field 'a')",
          "limits.rate=fast | limits.rate: 'fast' is not valid; expected a rate such as 200/s, or"
              + " off",
          "listeners.0..port=1 | listeners.0.: '' is not a known key; expected one of host, port,"
              + " tls, origins, mount",
        })
    void givenSomethingWrong_whenLoaded_thenOneLineNamesTheArgument(String setting, String line) {
      assertThatThrownBy(() -> set(setting))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage("--set: " + withKeys(line));
    }
  }

  /** {@code {limits}} stands for the keys of the section. */
  private static String withKeys(String line) {
    return line.replace("{limits}",
        Stream.of(Limits.class.getRecordComponents()).map(RecordComponent::getName)
            .collect(Collectors.joining(", ")));
  }

  private static ChatOptions chat(ParleyOptions options) {
    assertThat(options.dialects().get("chat")).isInstanceOf(ChatOptions.class);
    return (ChatOptions) options.dialects().get("chat");
  }

  private ParleyOptions load(String yaml) throws IOException {
    return LOADER.load(ConfigurationSources.NONE.withFile(file(yaml)));
  }

  private static ParleyOptions set(String... settings) {
    List<Setting> all =
        Arrays.stream(settings)
            .map(text -> text.split("=", 2))
            .map(parts -> new Setting("--set", parts[0], parts[1]))
            .toList();
    return LOADER.load(new ConfigurationSources(null, Map.of(), all));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("gateway.yaml"), yaml);
  }
}
