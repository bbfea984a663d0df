package dev.parley.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every seed, and every input that has caused a fault. */
class SeedsTest {

  private static final int CUT_OR_CHANGED = 500;

  static Stream<Arguments> seeds() {
    return Arrays.stream(Target.values()).flatMap(target -> target.seeds().stream()
        .map(seed -> Arguments.of(target, seed.getFileName().toString())));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givenAnInputThatIsKept_whenItIsRead_thenNothingIsWrong(Target target, String seed)
      throws IOException {
    byte[] input = Files.readAllBytes(target.folder().resolve(seed));

    target.run(input);
    for (int length = 0; length < input.length; length++) {
      target.run(Arrays.copyOf(input, length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenInputsThatAreDamagedByChance_whenTheyAreRead_thenNothingIsWrong(Target target)
      throws IOException {
    Random random = new Random(target.name().hashCode());
    for (Path seed : target.seeds()) {
      byte[] input = Files.readAllBytes(seed);
      for (int i = 0; i < CUT_OR_CHANGED && input.length > 0; i++) {
        byte[] damaged = input.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        target.run(damaged);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenATarget_whenItsSeedsAreListed_thenThereAreSome(Target target) {
    assertThat(target.seeds()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void givenWhatDoesNotHold_whenItIsChecked_thenThatIsAFault() {
    assertThatThrownBy(() -> Check.same(1, 2)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Check.writesJson(out -> out.ascii("{")))
        .isInstanceOf(AssertionError.class);
  }
}
