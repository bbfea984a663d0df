package dev.parley.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttacksTest {

  @Test
  void givenAllAttacks_whenLookedUp_thenEachIsFoundByItsNameAndNoOtherIs() {
    assertThat(Attacks.ALL).extracting(Attack::name).doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z-]+"))
        .allSatisfy(name -> assertThat(Attacks.named(name).name()).isEqualTo(name));
    assertThatThrownBy(() -> Attacks.named("kindness")).hasMessageContaining("kindness");
  }

  @Test
  void givenTheTextsOfCollidingIds_whenHashed_thenTheyAreDifferentAndHaveOneHashCode() {
    assertThat(PeerAttacks.collidingTexts()).hasSize(1 << 14).doesNotHaveDuplicates();
    assertThat(PeerAttacks.collidingTexts().stream().map(String::hashCode).distinct()).hasSize(1);
  }
}
