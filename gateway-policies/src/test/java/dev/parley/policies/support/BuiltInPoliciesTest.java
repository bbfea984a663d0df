package dev.parley.policies.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.config.DurationText;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import dev.parley.policies.keys.KeyHash;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The policies as a node finds them, with options as a configuration has them. */
@ExtendWith(VertxExtension.class)
class BuiltInPoliciesTest {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .addModule(DurationText.module())
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  private static Map<String, PolicyProvider<?>> found() {
    Map<String, PolicyProvider<?>> found = new TreeMap<>();
    for (PolicyProvider<?> each : ServiceLoader.load(PolicyProvider.class)) {
      found.put(each.name(), each);
    }
    return found;
  }

  private static <O> Policy made(PolicyProvider<O> provider, Vertx vertx, String options)
      throws JsonProcessingException {
    ObjectNode tree = MAPPER.valueToTree(provider.defaults());
    JsonNode given = MAPPER.readTree(options);
    O bound = MAPPER.treeToValue(tree.setAll((ObjectNode) given), provider.optionsType());
    return provider.create(
        bound, new PolicyContext("default", vertx, new CountedEvents(), new TestClock()));
  }

  @Test
  void givenTheClassPath_whenPoliciesAreLookedFor_thenTheBuiltInOnesAreThere() {
    assertThat(found().keySet()).containsExactly("http", "jwt", "keys", "none");
  }

  @Test
  void givenOptionsOfAConfiguration_whenTheyAreBound_thenPoliciesCanBeMadeOfThem(Vertx vertx)
      throws JsonProcessingException {
    Map<String, PolicyProvider<?>> found = found();
    for (Policy policy : List.of(
        made(found.get("jwt"), vertx, """
            {"secret": "0123456789abcdef0123456789abcdef", "audience": ["parley"],
             "leeway": "1m", "algorithms": ["HS256"]}"""),
        made(found.get("http"), vertx, """
            {"url": "http://127.0.0.1:1/", "headers": ["cookie"], "timeout": "1s"}"""),
        made(found.get("keys"), vertx, "{\"holders\": {\"backend\": {\"hash\": \""
            + KeyHash.of("0".repeat(32)) + "\", \"patterns\": [\"bot-*\"]}}}"),
        made(found.get("none"), vertx, "{}"))) {
      var unused = Waits.join("the end", policy.close());
    }
  }

  @Test
  void givenNone_whenAClientConnects_thenItIsAnyoneOrAGuest(Vertx vertx)
      throws JsonProcessingException {
    PolicyProvider<?> none = found().get("none");

    assertThat(Verdicts.admitted(made(none, vertx, "{}"), Requests.BARE))
        .isEqualTo(Identity.ANYONE);

    Identity guest = Verdicts.admitted(
        made(none, vertx, "{\"patterns\": [\"guest-*\"]}"), Requests.BARE);
    assertThat(guest.subject()).isNull();
    assertThat(guest.ids().patterns()).containsExactly(new IdPattern("guest-*"));
    assertThat(guest.ids().permits("anna")).isFalse();
  }
}
