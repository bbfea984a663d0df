package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ByteSize;
import dev.parley.config.ConfigurationException;
import dev.parley.group.GroupLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each limit is one that two of something reach, so that the third is refused. */
class LimitsTest {

  private static final int MANY = 1000;
  private static final ByteSize ROOMY = ByteSize.ofKiB(1);

  private static World world(GroupLimits limits) {
    return new World(limits);
  }

  @Test
  void givenAsManyRoomsAsThereMayBe_whenOneMoreIsMade_thenItIsRefusedUntilOneIsGone() {
    World world = world(new GroupLimits(MANY, ROOMY, 2, MANY, MANY, MANY, MANY, MANY));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    anna.joins("a");
    anna.joins("b");
    anna.hears();

    anna.joins("c");
    anna.invites("c", "bert");
    bert.joins("a");

    assertThat(anna.hears()).containsExactly(
        "= refused TOO_MANY_ROOMS", "= refused TOO_MANY_ROOMS", "a: +bert {}");
    anna.leaves("b");
    anna.joins("c");
    world.waitForEmptyRooms();
    anna.joins("c");
    assertThat(anna.hears())
        .containsExactly("= done", "= refused TOO_MANY_ROOMS", "= joined c [] {}");
  }

  @Test
  void givenARoomThatIsFull_whenSomebodyJoinsOrIsInvited_thenItIsRefused() {
    World world = world(new GroupLimits(MANY, ROOMY, MANY, 2, MANY, MANY, MANY, MANY));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    Person carl = world.person("carl");
    anna.joins("r");
    anna.invites("r", "bert");
    anna.hears();
    bert.hears();

    carl.joins("r");
    anna.invites("r", "carl");

    assertThat(carl.hears()).containsExactly("= refused ROOM_FULL");
    assertThat(anna.hears()).containsExactly("= refused ROOM_FULL");
    assertThat(bert.hears()).isEmpty();
  }

  @Test
  void givenAUserInAsManyRoomsAsItMay_whenThereIsOneMore_thenItIsRefused() {
    World world = world(new GroupLimits(MANY, ROOMY, MANY, MANY, 2, MANY, MANY, MANY));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    bert.joins("a");
    anna.invites("b", "bert");
    anna.hears();
    bert.hears();

    bert.joins("c");
    anna.invites("c", "bert");

    assertThat(bert.hears()).containsExactly("= refused IN_TOO_MANY_ROOMS");
    assertThat(anna.hears()).containsExactly("= refused RECIPIENT_BUSY");
  }

  @Test
  void givenAUserInAsManyNamespacesAsItMay_whenThereIsOneMore_thenItIsRefused() {
    World world = world(new GroupLimits(MANY, ROOMY, MANY, MANY, MANY, 2, MANY, MANY));
    Person anna = world.person("anna");
    for (String each : List.of("a", "b", "c")) {
      anna.subscribes(each);
      anna.registers(each);
    }

    assertThat(anna.hears()).endsWith("b: +anna {}", "= done",
        "= refused USER_IN_TOO_MANY_NAMESPACES", "= refused USER_IN_TOO_MANY_NAMESPACES");
    anna.unsubscribes("a");
    anna.subscribes("c");
    assertThat(anna.hears()).containsExactly("= done", "= subscribed, users [], rooms []");
  }

  @Test
  void givenARoomInAsManyNamespacesAsItMay_whenThereIsOneMore_thenItIsRefused() {
    World world = world(new GroupLimits(MANY, ROOMY, MANY, MANY, MANY, MANY, 2, MANY));
    Person anna = world.person("anna");
    anna.joins("r");
    anna.hears();
    for (String each : List.of("a", "b", "c")) {
      anna.registersRoom(each, "r");
    }

    assertThat(anna.hears())
        .containsExactly("= done", "= done", "= refused ROOM_IN_TOO_MANY_NAMESPACES");
  }

  @Test
  void givenAsManyOpenInvitationsAsThereMayBe_whenThereIsOneMore_thenItIsRefused() {
    World world = world(new GroupLimits(MANY, ROOMY, MANY, MANY, MANY, MANY, MANY, 2));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    Person carl = world.person("carl");
    anna.invites("a", "bert");
    anna.invites("b", "bert");
    anna.hears();
    bert.hears();

    anna.invites("c", "carl");
    carl.invites("c", "bert");
    assertThat(anna.hears()).containsExactly("= refused TOO_MANY_INVITATIONS");
    assertThat(carl.hears()).containsExactly("= refused RECIPIENT_BUSY");
    assertThat(bert.hears()).isEmpty();

    bert.denies(0);
    carl.invites("c", "bert");
    assertThat(carl.hears()).containsExactly("= invited 0");
  }

  @Test
  void givenAStatusThatIsTooBig_whenSet_thenItIsRefusedAndTheFormerOneStays() {
    World world = world(
        new GroupLimits(MANY, new ByteSize(16), MANY, MANY, MANY, MANY, MANY, MANY));
    String big = "{'x':'0123456789'}";
    Person anna = world.person("anna", "{'x':1}");
    Person bert = world.person("bert");
    bert.joins("r");
    anna.joins("r");
    bert.invites("q", "anna");
    anna.hears();
    bert.hears();

    new Person(world, "late").arrives(big);
    anna.setsStatus(big);
    anna.setsStatusIn("r", big);
    anna.joins("s", big);
    anna.accepts(0, big);

    assertThat(anna.hears()).hasSize(4).containsOnly("= refused STATUS_TOO_BIG");
    assertThat(bert.hears()).isEmpty();
    anna.setsStatusIn("r", "{}");
    assertThat(bert.hears()).containsExactly("r: anna is {x:1}");
  }

  @Test
  void givenARoomsStatus_whenItAsAWholeWouldBeTooBig_thenTheKeyIsNotSet() {
    World world = world(
        new GroupLimits(MANY, new ByteSize(16), MANY, MANY, MANY, MANY, MANY, MANY));
    Person anna = world.person("anna");
    Person bert = world.person("bert");
    anna.joins("r");
    bert.joins("r");
    anna.hears();

    anna.setsRoomStatus("r", "a", "1234567");
    anna.setsRoomStatus("r", "b", "123456");
    anna.setsRoomStatus("r", "b", "12345");
    anna.setsRoomStatus("r", "a", "12345678");
    anna.setsRoomStatus("r", "a", null);
    anna.setsRoomStatus("r", "b", "12345678901234");

    assertThat(anna.hears()).containsExactly("= done", "= refused STATUS_TOO_BIG", "= done",
        "= refused STATUS_TOO_BIG", "= done", "= done");
  }

  @Test
  void givenANameThatIsTooLong_whenUsed_thenItIsRefused() {
    World world = world(new GroupLimits(3, ROOMY, MANY, MANY, MANY, MANY, MANY, MANY));
    Person anna = world.person("anna");
    world.person("bert");

    anna.joins("long");
    anna.invites("long", "bert");
    anna.subscribes("long");
    anna.registers("long");
    assertThat(anna.hears()).hasSize(4).containsOnly("= refused NAME_TOO_LONG");

    anna.joins("abc");
    anna.registersRoom("long", "abc");
    assertThat(anna.hears())
        .containsExactly("= joined abc [] {}", "= refused NAME_TOO_LONG");
  }

  @Test
  void givenALimitThatAllowsNothing_whenConfigured_thenItIsRefusedByItsName() {
    assertThatThrownBy(
        () -> new GroupLimits(MANY, ROOMY, MANY, 0, MANY, MANY, MANY, MANY))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("membersPerRoom");
    assertThatThrownBy(
        () -> new GroupLimits(MANY, new ByteSize(1), MANY, MANY, MANY, MANY, MANY, MANY))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("status");
  }
}
