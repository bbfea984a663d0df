package dev.parley.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Bound;
import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.server.config.ConfigurationSources.Setting;
import dev.parley.server.config.SamplePolicies.Friend;
import dev.parley.server.config.SamplePolicies.OpenOptions;
import dev.parley.server.config.SamplePolicies.WordOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates and realms in a file, in variables and in arguments. */
class GateConfigurationTest {
  private static final ConfigurationLoader LOADER =
      new ConfigurationLoader(SampleDialects.all(), SamplePolicies.all());
  private static final GateEntry OPEN = new GateEntry("open-door", new OpenOptions());

  @TempDir Path folder;

  @Test
  void givenNothingSet_whenLoaded_thenThereIsNoGateAndNoRealm() {
    assertThat(LOADER.defaults().gate()).isEmpty();
    assertThat(LOADER.defaults().realms()).isEmpty();
  }

  @Test
  void givenAGateInAFile_whenLoaded_thenEachEntryHasItsOptionsOnTopOfTheDefaults()
      throws IOException {
    ParleyOptions options = file("""
        gate:
          - word: { word: sesame }
          - open-door:
          - open-door
          - word: { word: barley, leeway: 1m, roles: [a, b] }
        """);

    assertThat(options.gate()).containsExactly(
        word("sesame", 5), OPEN, OPEN,
        new GateEntry("word",
            new WordOptions(new Secret("barley"), Duration.ofMinutes(1), List.of("a", "b"))));
  }

  @Test
  void givenAGateInArguments_whenLoaded_thenEntriesAreNamedByIndexAndPolicy() {
    assertThat(set("gate.0.word.word=sesame", "gate.0.word.leeway=7s", "gate.1=open-door").gate())
        .containsExactly(word("sesame", 7), OPEN);
    assertThat(set("gate.0.word={word: sesame}").gate()).containsExactly(word("sesame", 5));
    assertThat(set("gate=open-door,open-door").gate()).containsExactly(OPEN, OPEN);
    assertThat(set("gate=[{word: {word: sesame}}, open-door]").gate())
        .containsExactly(word("sesame", 5), OPEN);
  }

  @Test
  void givenAGateInVariables_whenLoaded_thenItIsTheSame() {
    ParleyOptions options =
        LOADER.load(
            new ConfigurationSources(
                null,
                Map.of(
                    "PARLEY_GATE_0_WORD_WORD", "sesame", "PARLEY_GATE_1", "open-door",
                    "PARLEY_REALMS_ACME_GATE_0_WORD_WORD", "barley",
                    "PARLEY_REALMS_ACME_LIMITS_CONNECTIONS", "7"),
                List.of()));

    assertThat(options.gate()).containsExactly(word("sesame", 5), OPEN);
    assertThat(options.realms().get("acme").gate()).containsExactly(word("barley", 5));
    assertThat(options.realms().get("acme").limits().connections()).isEqualTo(new Bound(7));
  }

  @Test
  void givenASecretInAVariable_whenTheFileHasTheRest_thenBothHold() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "gate: [{ word: { leeway: 7s } }]");

    assertThat(
        LOADER.load(
            new ConfigurationSources(file, Map.of("PARLEY_GATE_0_WORD_WORD", "sesame"), List.of()))
            .gate())
        .containsExactly(word("sesame", 7));
  }

  @Test
  void givenANewEntryOfAMapOfSections_whenItLacksAList_thenTheListIsEmpty() throws IOException {
    GateEntry friends =
        new GateEntry("word",
            new WordOptions(
                null, Duration.ofSeconds(5), List.of(),
                Map.of("ann", new Friend(new Secret("x"), List.of(), null))));

    assertThat(file("gate: [{ word: { friends: { ann: { word: x } } } }]").gate())
        .containsExactly(friends);
    assertThat(set("gate.0.word.friends.ann.word=x").gate()).containsExactly(friends);
    assertThatThrownBy(() -> set("gate.0.word.friends.ann.roles=a"))
        .hasMessage("--set: gate.0.word.friends.ann.word: 'null' is not valid; expected text");
  }

  @Test
  void givenARealm_whenOneKeyIsSet_thenTheOthersAreTheDefaults() throws IOException {
    ParleyOptions options = file("realms: { acme: { origins: [ 'https://acme.example' ] } }");

    RealmOptions acme = options.realms().get("acme");
    assertThat(acme.origins()).containsExactly("https://acme.example");
    assertThat(acme.gate()).isNull();
    assertThat(acme.ids()).isEqualTo(IdPolicyOptions.DEFAULT);
    assertThat(acme.limits()).isEqualTo(RealmOptions.RealmLimits.DEFAULT);
    assertThat(set("realms.acme.ids.unlisted=bot-*").realms().get("acme").ids())
        .isEqualTo(new IdPolicyOptions(null, List.of(), List.of(), List.of("bot-*")));
  }

  @Test
  void givenGates_whenPrinted_thenSecretsAreMaskedAndTheRestCanBeReadAgain() throws IOException {
    ParleyOptions options =
        set("gate.0.word.word=open sesame", "realms.acme.gate=open-door",
            "realms.acme.ids.reserved=admin*,root");

    String printed = LOADER.print(options);

    assertThat(printed).contains("word: '***'").doesNotContain("sesame");
    assertThat(options.toString()).doesNotContain("sesame");
    assertThat(file(printed.replace("***", "open sesame"))).isEqualTo(options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "gate.0.wort.word=x | --set: gate.0.wort: 'wort' is not a known key; expected one of"
            + " open-door, word, perhaps word",
        "gate.0.word.wrod=x | --set: gate.0.word.wrod: 'wrod' is not a known key; expected one of"
            + " word, leeway, roles, friends",
        "gate.0.word.leeway=soon | --set: gate.0.word.leeway: 'soon' is not valid; expected a"
            + " duration such as 500ms",
        "gate.0.word.leeway=-1s | --set: gate.0.word.leeway: '-1s' is not valid; expected a"
            + " duration such as 500ms",
        "gate=[{open-door: , word: }] | --set: gate.0: 'open-door, word' is not valid; expected a"
            + " mapping with one key, one of open-door, word; each is an entry of its own",
        "gate=[{}] | --set: gate.0: '{}' is not valid; expected a mapping with one key, one of"
            + " open-door, word; each is an entry of its own",
        "gate=[7] | --set: gate.0: '7' is not valid; expected a mapping with one key, one of"
            + " open-door, word",
        "gate=word.word | --set: gate.0.word.word: 'word.word' is not a known key; expected one of"
            + " open-door, word",
        "gate.1.word.word=x | --set: gate.1: '1' is not a known key; expected the index 0",
        "gate.0.word.word={a: b} | fine",
        "gate={word: x} | --set: gate.0.word: 'x' is not valid; expected a mapping with the keys"
            + " word, leeway, roles, friends",
        "realms.acme.gate= | --set: realms.acme.gate: '[]' is not valid; expected a policy, such as"
            + " none to open the realm, or null for those of gate",
        "realms.acme.origins=https://acme.example/ | --set: realms.acme.origins.0:"
            + " 'https://acme.example/' is not valid; expected an origin as browsers send it:"
            + " https://acme.example",
        "realms.acme.ids.pattern=[''] | --set: realms.acme.ids.pattern.0: '' is not valid;"
            + " expected a pattern of 1 to 256 characters",
        "realms.acme.limits.connections=0 | --set: realms.acme.limits.connections: '0' is not"
            + " valid; expected a whole number from 1, or off",
        "realms.ac/me.ids.pattern=x | --set: realms.ac/me: 'ac/me' is not a known key; expected the"
            + " name of a realm: letters, digits, _ and - only",
        "realms.acme.gat=x | --set: realms.acme.gat: 'gat' is not a known key; expected one of gate,"
            + " origins, ids, limits"
      })
  void givenAFault_whenLoaded_thenTheLineNamesKeyValueAndExpectation(String text, String line) {
    if (line.equals("fine")) {
      assertThat(set(text).gate()).hasSize(1);
    } else {
      assertThatThrownBy(() -> set(text))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(line)
          .message().hasLineCount(1);
    }
  }

  @Test
  void givenAnEntryOfTheFile_whenAnArgumentNamesAnotherPolicyThere_thenItIsRefused()
      throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "gate: [open-door]");

    assertThatThrownBy(
        () -> LOADER.load(
            new ConfigurationSources(
                file, Map.of(), List.of(new Setting("--set", "gate.0.word.word", "x")))))
        .hasMessage("--set: gate.0.word: 'word' is not a known key; expected open-door, which this"
            + " entry has; another one is an entry of its own");
  }

  @Test
  void givenTwoConfigurations_whenCompared_thenTheDeepestKeysThatDifferAreNamed() {
    LoadedConfiguration one = read("gate.0.word.word=x", "realms.a.ids.pattern=x");
    LoadedConfiguration other =
        read("gate.0.word.word=y", "realms.b.ids.pattern=x", "limits.burst=7",
            "listeners.0.port=1", "listeners.1.port=2", "limits.rate=200/s");

    assertThat(one.differencesTo(other)).containsExactly(
        "gate.0.word.word", "limits.burst", "listeners.0.port", "listeners.1", "realms.a",
        "realms.b");
    assertThat(one.differencesTo(one)).isEmpty();
  }

  private static GateEntry word(String word, int leeway) {
    return new GateEntry(
        "word", new WordOptions(new Secret(word), Duration.ofSeconds(leeway), List.of()));
  }

  private ParleyOptions file(String yaml) throws IOException {
    return LOADER.load(
        ConfigurationSources.NONE.withFile(
            Files.writeString(folder.resolve("gateway.yaml"), yaml)));
  }

  private static ParleyOptions set(String... settings) {
    return read(settings).options();
  }

  private static LoadedConfiguration read(String... settings) {
    return LOADER.read(
        new ConfigurationSources(
            null, Map.of(),
            Arrays.stream(settings)
                .map(text -> text.split("=", 2))
                .map(parts -> new Setting("--set", parts[0], parts[1]))
                .toList()));
  }
}
