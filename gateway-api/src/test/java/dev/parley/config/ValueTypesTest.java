package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {
  private final JsonMapper mapper =
      JsonMapper.builder().addModule(DurationText.module()).build();

  @ParameterizedTest
  @CsvSource({
    "\"256KiB\", 262144, \"256KiB\"",
    "\"1024KiB\", 1048576, \"1MiB\"",
    "\"2GiB\", 2147483648, \"2GiB\"",
    "\"5B\", 5, 5",
    "\"1000\", 1000, 1000",
    "1048576, 1048576, \"1MiB\"",
    "0, 0, 0",
  })
  void givenASize_whenReadAndWritten_thenItIsTheSame(String json, long bytes, String written)
      throws JsonProcessingException {
    ByteSize size = mapper.readValue(json, ByteSize.class);

    assertThat(size).isEqualTo(new ByteSize(bytes));
    assertThat(mapper.writeValueAsString(size)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "\"1MB\"", "\"\"", "\"-1\"", "-1", "1.5", "true", "{}", "\"1 KiB\"", "\"9999999999999GiB\""
  })
  void givenNoSize_whenRead_thenItIsRefused(String json) {
    refused(json, ByteSize.class, "a size such as 256KiB, 1MiB or a whole number of bytes");
  }

  @Test
  void givenALargeSize_whenAskedAsInt_thenItIsTheLargestInt() {
    assertThat(new ByteSize(1L << 40).intBytes()).isEqualTo(Integer.MAX_VALUE);
    assertThat(ByteSize.ofMiB(1).intBytes()).isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @CsvSource({"\"200/s\", 200, \"200/s\"", "\"off\", 2147483647, \"off\"",
    "false, 2147483647, \"off\""})
  void givenARate_whenReadAndWritten_thenItIsTheSame(String json, int perSecond, String written)
      throws JsonProcessingException {
    Rate rate = mapper.readValue(json, Rate.class);

    assertThat(rate).isEqualTo(new Rate(perSecond));
    assertThat(mapper.writeValueAsString(rate)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"200", "\"200\"", "\"0/s\"", "\"-1/s\"", "\"1/m\"", "true", "\"OFF\"", "[]"})
  void givenNoRate_whenRead_thenItIsRefused(String json) {
    refused(json, Rate.class, "a rate such as 200/s, or off");
  }

  @ParameterizedTest
  @CsvSource({"\"1MiB/s\", 1048576, \"1MiB/s\"", "\"1000/s\", 1000, \"1000/s\"",
    "\"off\", 9223372036854775807, \"off\"", "false, 9223372036854775807, \"off\""})
  void givenARateOfBytes_whenReadAndWritten_thenItIsTheSame(
      String json, long perSecond, String written) throws JsonProcessingException {
    ByteRate rate = mapper.readValue(json, ByteRate.class);

    assertThat(rate).isEqualTo(new ByteRate(new ByteSize(perSecond)));
    assertThat(mapper.writeValueAsString(rate)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"200", "\"1MiB\"", "\"0/s\"", "\"-1/s\"", "\"1MB/s\"", "\"/s\"", "true", "\"OFF\"",
    "[]"})
  void givenNoRateOfBytes_whenRead_thenItIsRefused(String json) {
    refused(json, ByteRate.class, "a rate of bytes such as 1MiB/s, or off");
  }

  @ParameterizedTest
  @CsvSource({"7, 7, 7", "\"7\", 7, 7", "\"off\", 2147483647, \"off\"",
    "false, 2147483647, \"off\""})
  void givenABound_whenReadAndWritten_thenItIsTheSame(String json, int most, String written)
      throws JsonProcessingException {
    Bound bound = mapper.readValue(json, Bound.class);

    assertThat(bound).isEqualTo(new Bound(most));
    assertThat(mapper.writeValueAsString(bound)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1.0", "true", "\"\"", "\"none\"", "99999999999", "{}"})
  void givenNoBound_whenRead_thenItIsRefused(String json) {
    refused(json, Bound.class, "a whole number from 1, or off");
  }

  @Test
  void givenABound_whenCounted_thenItAllowsUpToItAndOffAllowsAll() {
    assertThat(new Bound(2).allows(2)).isTrue();
    assertThat(new Bound(2).allows(3)).isFalse();
    assertThat(Bound.OFF.allows(Integer.MAX_VALUE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500, 500ms",
    "1500ms, 1500, 1500ms",
    "10s, 10000, 10s",
    "120s, 120000, 2m",
    "60m, 3600000, 1h",
    "0s, 0, 0s"
  })
  void givenADuration_whenReadAndWritten_thenItIsTheSame(String text, long millis, String written)
      throws JsonProcessingException {
    Duration duration = mapper.readValue('"' + text + '"', Duration.class);

    assertThat(duration).isEqualTo(Duration.ofMillis(millis));
    assertThat(mapper.writeValueAsString(duration)).isEqualTo('"' + written + '"');
  }

  @ParameterizedTest
  @CsvSource({"10", "\"10\"", "\"PT10S\"", "\"-1s\"", "\"1.5s\"", "\"10 s\"", "true", "[]"})
  void givenNoDuration_whenRead_thenItIsRefused(String json) {
    refused(json, Duration.class, "a duration such as 500ms, 10s, 2m or 1h");
  }

  @Test
  void givenASecret_whenShown_thenItIsMasked() throws JsonProcessingException {
    Secret secret = mapper.readValue("\"geheim\"", Secret.class);

    assertThat(secret.value()).isEqualTo("geheim");
    assertThat(secret).hasToString("***");
    assertThat(mapper.writeValueAsString(secret)).isEqualTo("\"***\"");
  }

  @Test
  void givenAUrlWithAPassword_whenShown_thenItIsMasked() throws JsonProcessingException {
    ServiceUrl url = mapper.readValue("\"redis://u:geheim@db:6379/0\"", ServiceUrl.class);

    assertThat(url.uri()).isEqualTo(URI.create("redis://u:geheim@db:6379/0"));
    assertThat(url).hasToString("redis://***@db:6379/0");
    assertThat(mapper.writeValueAsString(url)).isEqualTo("\"redis://***@db:6379/0\"");
  }

  @Test
  void givenABrokenUrlWithAPassword_whenRefused_thenThePasswordIsNotShown() {
    assertThatThrownBy(() -> ServiceUrl.parse("redis://u:gehe im@db"))
        .hasMessage("'redis://***@db' is not valid; expected a URL such as redis://host:6379");
    assertThatThrownBy(() -> ServiceUrl.parse("u:geheim@db"))
        .hasMessage("'***@db' is not valid; expected a URL such as redis://host:6379");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "redis://db", "redis://db/", "redis://db:6379/0", "rediss://:geheim@db:1/15"})
  void givenAUrlOfARedis_whenARedisIsRequired_thenItIsTaken(String text) {
    ServiceUrl url = ServiceUrl.parse(text);

    assertThat(url.requireRedis()).isSameAs(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "http://u:geheim@db", "redis://db/name", "redis://db/0/1", "redis://db?db=1", "redis://db#0"})
  void givenAnotherUrl_whenARedisIsRequired_thenItIsRefused(String text) {
    ServiceUrl url = ServiceUrl.parse(text);

    assertThatThrownBy(url::requireRedis)
        .isInstanceOf(ConfigurationException.class)
        .message()
        .doesNotContain("geheim")
        .endsWith("expected the URL of a Redis: redis://host:6379, or rediss://host:6379 for TLS");
  }

  private void refused(String json, Class<?> type, String expected) {
    assertThatThrownBy(() -> mapper.readValue(json, type))
        .isInstanceOf(ValueInstantiationException.class)
        .cause()
        .isInstanceOf(ConfigurationException.class)
        .message()
        .endsWith("' is not valid; expected " + expected);
  }
}
