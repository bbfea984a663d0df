package dev.parley.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.load.Faults;
import org.junit.jupiter.api.Test;

class MemberTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Member anna = new Member("r", "anna");

  @Test
  void givenSomeWhoWereThereAndSomeWhoCameLater_whenHeardOfOnce_thenNothingIsWrong() {
    hears("{'type':'answer','tid':1,'data':{'room':'r','peers':{'bert':{},'carl':{}}}}",
        "{'type':'room_peer_add','room':'r','user':'dora'}");

    assertThat(anna.joined()).isTrue();
    assertThat(anna.known()).isEqualTo(3);
    assertThat(anna.faults(3)).isEqualTo(Faults.NONE);
  }

  @Test
  void givenSomebodyOfWhomNothingIsHeard_whenCounted_thenThatIsLost() {
    hears("{'type':'answer','tid':1,'data':{'room':'r','peers':{'bert':{}}}}");

    assertThat(anna.faults(2)).isEqualTo(new Faults(1, 0, 0, 0));
  }

  @Test
  void givenNoAnswer_whenCounted_thenThatIsLostAsWell() {
    assertThat(anna.faults(2)).isEqualTo(new Faults(3, 0, 0, 0));
  }

  @Test
  void givenSomebodyWhoIsHeardOfTwice_whenCounted_thenThatIsDuplicated() {
    hears("{'type':'answer','tid':1,'data':{'room':'r','peers':{'bert':{}}}}",
        "{'type':'room_peer_add','room':'r','user':'bert'}",
        "{'type':'room_peer_add','room':'r','user':'anna'}");

    assertThat(anna.faults(1)).isEqualTo(new Faults(0, 2, 0, 0));
  }

  @Test
  void givenSomebodyWhoIsHeardOfBeforeTheAnswer_whenCounted_thenThatIsOutOfOrder() {
    hears("{'type':'room_peer_add','room':'r','user':'bert'}",
        "{'type':'answer','tid':1,'data':{'room':'r','peers':{'bert':{}}}}");

    assertThat(anna.faults(1)).isEqualTo(new Faults(0, 0, 1, 0));
  }

  @Test
  void givenARefusalAndNewsOfAnotherRoom_whenCounted_thenTheyAreAltered() {
    hears("{'type':'answer','tid':1,'error':'Room is full'}",
        "{'type':'room_peer_add','room':'q','user':'bert'}", "{'type':'ping'}");

    assertThat(anna.faults(0)).isEqualTo(new Faults(1, 0, 0, 3));
  }

  private void hears(String... messages) {
    for (String message : messages) {
      try {
        anna.hear(JSON.readTree(message.replace('\'', '"')));
      } catch (JsonProcessingException wrong) {
        throw new AssertionError(wrong);
      }
    }
  }
}
