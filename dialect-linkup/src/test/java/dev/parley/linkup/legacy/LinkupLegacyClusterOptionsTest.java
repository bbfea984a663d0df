package dev.parley.linkup.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import dev.parley.linkup.legacy.LinkupLegacyClusterOptions.Answers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkupLegacyClusterOptionsTest {

  private static final String TLS =
      "\"tls\":{\"ca\":null,\"cert\":null,\"key\":null,\"verify\":\"full\"}";

  private final JsonMapper mapper =
      JsonMapper.builder().addModule(DurationText.module()).build();

  @Test
  void givenEveryKey_whenRead_thenTheOptionsHaveIt() throws JsonProcessingException {
    String text =
        "{\"redis\":\"redis://db\"," + TLS
            + ",\"channel\":\"c\",\"answers\":\"known-only\",\"wait\":\"500ms\"}";

    LinkupLegacyClusterOptions options = mapper.readValue(text, LinkupLegacyClusterOptions.class);

    assertThat(options)
        .isEqualTo(
            new LinkupLegacyClusterOptions(ServiceUrl.parse("redis://db"), ServiceTls.DEFAULT, "c",
                Answers.KNOWN_ONLY,
                Duration.ofMillis(500)));
    assertThat(mapper.writeValueAsString(options)).isEqualTo(text);
  }

  @Test
  void givenTheDefaults_whenShown_thenTheyAreTheDocumentedOnes() throws JsonProcessingException {
    assertThat(mapper.writeValueAsString(LinkupLegacyClusterOptions.DEFAULT))
        .isEqualTo(
            "{\"redis\":null," + TLS
                + ",\"channel\":\"linkup\",\"answers\":\"always\",\"wait\":\"2s\"}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "http://u:pw@db | linkup | 2s | redis: 'http://***@db' is not valid; expected the URL of a Redis",
    "redis://db | '' | 2s | channel: '' is not valid; expected the name of a channel",
    "redis://db | linkup | 0s | wait: '0ms' is not valid; expected a time above 0s, at most 10s",
    "redis://db | linkup | 11s | wait: '11000ms' is not valid; expected a time above 0s, at most 10s"})
  void givenAValueThatMakesNoSense_whenRead_thenItIsNamed(
      String redis, String channel, String wait, String complaint) {
    String text =
        ("{\"redis\":\"%s\"," + TLS
            + ",\"channel\":\"%s\",\"answers\":\"always\",\"wait\":\"%s\"}")
            .formatted(redis, channel, wait);

    assertThatThrownBy(() -> mapper.readValue(text, LinkupLegacyClusterOptions.class))
        .isInstanceOf(ValueInstantiationException.class)
        .cause()
        .isInstanceOf(ConfigurationException.class)
        .message()
        .startsWith(complaint);
  }
}
