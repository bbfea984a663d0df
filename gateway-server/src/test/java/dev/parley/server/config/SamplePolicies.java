package dev.parley.server.config;

import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.identity.Identity;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Two policies, of the same forms as those of real ones. */
public final class SamplePolicies {
  /** What happened to the policies of this process: {@code created REALM}, {@code closed REALM}. */
  public static final List<String> EVENTS = new CopyOnWriteArrayList<>();

  private SamplePolicies() {}

  /** Both. */
  public static List<PolicyProvider<?>> all() {
    return List.of(new WordProvider(), new OpenProvider());
  }

  /** Options of every kind. */
  public record WordOptions(
      @Nullable Secret word, Duration leeway, List<String> roles, Map<String, Friend> friends) {
    WordOptions(@Nullable Secret word, Duration leeway, List<String> roles) {
      this(word, leeway, roles, Map.of());
    }

    /** Checks one of them. */
    public WordOptions {
      roles = List.copyOf(roles);
      friends = Map.copyOf(friends);
      if (leeway.isNegative()) {
        throw new ConfigurationException("leeway", leeway.toString(), "a duration from 0s");
      }
    }
  }

  /** One that has a word of its own. */
  public record Friend(Secret word, List<String> roles, @Nullable String realm) {}

  /** No options. */
  public record OpenOptions() {}

  /** Admits clients that know a word, as {@code ?word=}; those with another one are denied. */
  public static final class WordProvider implements PolicyProvider<WordOptions> {
    @Override
    public String name() {
      return "word";
    }

    @Override
    public Class<WordOptions> optionsType() {
      return WordOptions.class;
    }

    @Override
    public WordOptions defaults() {
      return new WordOptions(null, Duration.ofSeconds(5), List.of());
    }

    @Override
    public Policy create(WordOptions options, PolicyContext context) {
      Secret word = options.word();
      if (word == null) {
        throw new ConfigurationException("word", "null", "a word");
      }
      EVENTS.add("created " + context.realm());
      return new WordPolicy(word, context.realm());
    }
  }

  private record WordPolicy(Secret word, String realm) implements Policy {
    @Override
    public Future<Void> start() {
      return word.value().equals("unreachable")
          ? Future.failedFuture("the word's house is away")
          : Future.succeededFuture();
    }

    @Override
    public Future<Verdict> authenticate(Handshake handshake) {
      return Future.succeededFuture(
          handshake.parameter("word")
              .map(
                  said -> said.equals(word.value())
                      ? new Verdict.Admitted(Identity.ANYONE)
                      : Verdict.denied(Denial.BAD_CREDENTIAL))
              .orElseGet(Verdict.NoCredential::new));
    }

    @Override
    public Future<Void> close() {
      EVENTS.add("closed " + realm);
      return Future.succeededFuture();
    }
  }

  /** Admits every client. */
  public static final class OpenProvider implements PolicyProvider<OpenOptions> {
    @Override
    public String name() {
      return "open-door";
    }

    @Override
    public Class<OpenOptions> optionsType() {
      return OpenOptions.class;
    }

    @Override
    public OpenOptions defaults() {
      return new OpenOptions();
    }

    @Override
    public Policy create(OpenOptions options, PolicyContext context) {
      return handshake -> Future.succeededFuture(new Verdict.Admitted(Identity.ANYONE));
    }
  }
}
