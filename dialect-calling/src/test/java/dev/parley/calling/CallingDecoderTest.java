package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calling.CallingClientMessage.Malformed;
import dev.parley.calling.CallingClientMessage.Request;
import dev.parley.calling.CallingClientMessage.Unfit;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the original says to each of these messages was seen on its wire. */
class CallingDecoderTest {

  private static final int DEPTH = 8;

  private final CallingDecoder decoder = new CallingDecoder(new JsonSource(DEPTH), Set.of());

  private CallingClientMessage decode(String message) {
    return decoder.decode(Bytes.utf8(message.replace('\'', '"')));
  }

  private static Bytes json(String text) {
    return Bytes.utf8(text.replace('\'', '"'));
  }

  // ---- tid and type

  @ParameterizedTest
  @ValueSource(strings = {
    "{}", "{'type':'ping'}", "{'type':'ping','tid':null}", "5", "'x'", "[]", "[{'tid':1}]", "null",
    "true", " { } "})
  void givenAMessageWithoutTid_whenDecoded_thenItCannotBeAnswered(String message) {
    assertThat(decode(message)).isEqualTo(new Malformed("Missing tid in message"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "{", "{'tid':1", "{'tid':1}x", "{'tid':1}{}", "nope", "{'a':[[[[[[[[[]]]]]]]]],'tid':1}",
    "{tid:1}", "\u0000"})
  void givenSomethingThatIsNoJson_whenDecoded_thenItIsMalformed(String message) {
    assertThat(decode(message))
        .isEqualTo(new Malformed("Invalid message: not JSON, or nested too deeply"));
  }

  @Test
  void givenANameWithHalfASurrogatePair_whenDecoded_thenTheMessageIsMalformed() {
    String status = "{'type':'status','tid':1,'status':{%s:1}}";

    assertThat(decode(status.formatted("'\\ud800x'"))).isInstanceOf(Malformed.class);
    assertThat(decode(status.formatted("'\\ud83d\\ude00'"))).isInstanceOf(Request.class);
  }

  @Test
  void givenAValueWithHalfASurrogatePair_whenDecoded_thenItStaysAsItIs() {
    String value = "{'a':'\\ud800x'}";

    assertThat(decode("{'type':'status','tid':1,'status':" + value + "}"))
        .isInstanceOfSatisfying(Request.class,
            request -> assertThat(request.fields().status()).isEqualTo(json(value)));
  }

  @Test
  void givenBytesThatAreNoUtf8_whenDecoded_thenTheyAreMalformed() {
    byte[] message = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};

    assertThat(decoder.decode(Bytes.of(message))).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {'tid':1}                              | 1       | Missing type in message
      {'tid':'x','type':null}                | 'x'     | Missing type in message
      {'tid':1,'type':''}                    | 1       | Unknown command
      {'tid':1,'type':5}                     | 1       | Unknown command
      {'tid':1,'type':{}}                    | 1       | Unknown command
      {'tid':1,'type':['ping']}              | 1       | Unknown command
      {'tid':1,'type':'nope'}                | 1       | Unknown command
      {'tid':1,'type':'Ping'}                | 1       | Unknown command
      {'tid':1,'type':'constructor'}         | 1       | Unknown command
      {'tid':[1],'type':'nope'}              | [1]     | Unknown command
      {'tid':1,'type':'room_peer_update'}    | 1       | Unknown command
      {'tid':1,'type':'hello'}               | 1       | Unknown command
      {'tid':'','type':'ping'}               | ''      | Type mismatch in message
      {'tid':'x','type':'ping'}              | 'x'     | Type mismatch in message
      {'tid':false,'type':'ping'}            | false   | Type mismatch in message
      {'tid':{'a':1},'type':'ping'}          | {'a':1} | Type mismatch in message
      {'tid':'x','type':'ping','x':1}        | 'x'     | Type mismatch in message
      {'tid':1,'type':'ping','x':1}          | 1       | Unexpected field in message
      {'tid':1,'type':'ping','x':null}       | 1       | Unexpected field in message
      {'tid':1,'type':'ping','toString':1}   | 1       | Unexpected field in message
      """)
  void givenARequestThatIsWrong_whenDecoded_thenItsTidComesBackWithTheReason(
      String message, String tid, String error) {
    assertThat(decode(message)).isEqualTo(new Unfit(json(tid), error));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "1e3", "12345678901234567890"})
  void givenAnyNumberAsTid_whenDecoded_thenItIsKeptAsItCame(String tid) {
    assertThat(decode("{'type':'ping','tid':" + tid + "}"))
        .isInstanceOfSatisfying(Request.class, request -> {
          assertThat(request.tid().text()).isEqualTo(tid);
          assertThat(request.command()).isEqualTo(CallingCommand.PING);
        });
  }

  @Test
  void givenARepeatedField_whenDecoded_thenTheLastOneCounts() {
    assertThat(decode("{'type':'nope','tid':1,'tid':2,'type':'p\\u0069ng'}"))
        .isInstanceOfSatisfying(Request.class,
            request -> assertThat(request.tid().text()).isEqualTo("2"));
  }

  // ---- fields

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      'type':'status'                                                         | Missing
      'type':'status','extra':1                                               | Missing
      'type':'status','status':5                                              | mismatch
      'type':'status','status':'x'                                            | mismatch
      'type':'status','status':true,'extra':1                                 | mismatch
      'type':'status','status':{},'extra':1                                   | Unexpected
      'type':'status','status':null                                           | fine
      'type':'status','status':[]                                             | fine
      'type':'room_join'                                                      | fine
      'type':'room_join','room':''                                            | fine
      'type':'room_join','room':null                                          | Missing
      'type':'room_join','room':5                                             | mismatch
      'type':'room_join','status':5                                           | mismatch
      'type':'room_join','status':null                                        | fine
      'type':'room_leave'                                                     | Missing
      'type':'room_leave','room':5                                            | mismatch
      'type':'room_status','room':'r'                                         | Missing
      'type':'room_status','key':5                                            | Missing
      'type':'room_status','room':5                                           | mismatch
      'type':'room_status','room':'r','key':5                                 | mismatch
      'type':'room_status','room':'r','key':'k'                               | fine
      'type':'room_status','room':'r','key':'k','check':null                  | Missing
      'type':'room_status','room':'r','key':'k','check':5                     | mismatch
      'type':'room_status','room':'r','key':'k','value':null,'previous':null  | fine
      'type':'room_status','room':'r','key':'k','value':5,'previous':'x'      | fine
      'type':'room_peer_status','status':5                                    | Missing
      'type':'room_peer_status','room':'r'                                    | Missing
      'type':'room_peer_status','room':'r','status':5                         | mismatch
      'type':'room_peer_to','user':5                                          | Missing
      'type':'room_peer_to','room':5                                          | mismatch
      'type':'room_peer_to','room':'r','event':5                              | Missing
      'type':'room_peer_to','room':'r','user':'u','data':5                    | Missing
      'type':'room_peer_to','room':'r','user':'u','event':'e'                 | Missing
      'type':'room_peer_to','room':'r','user':'u','event':'e','data':'x'      | mismatch
      'type':'room_peer_to','room':'r','user':'u','event':'e','data':null     | fine
      'type':'room_peer_to','room':'r','user':'u','event':'e','data':[1]      | fine
      'type':'invite_send','user':'u','data':5                                | Missing
      'type':'invite_send','room':'r','data':5                                | Missing
      'type':'invite_send','room':'r','user':'u'                              | Missing
      'type':'invite_send','room':'r','user':'u','data':{}                    | fine
      'type':'invite_cancel'                                                  | Missing
      'type':'invite_cancel','handle':'0'                                     | mismatch
      'type':'invite_accept','status':5                                       | Missing
      'type':'invite_accept','handle':0                                       | Missing
      'type':'invite_accept','handle':'0','status':5                          | mismatch
      'type':'invite_accept','handle':0,'status':{}                           | fine
      'type':'invite_deny','handle':null                                      | Missing
      'type':'ns_subscribe'                                                   | Missing
      'type':'ns_subscribe','namespace':5                                     | mismatch
      'type':'ns_room_register','room':5                                      | Missing
      'type':'ns_room_register','namespace':5                                 | mismatch
      'type':'ns_room_register','namespace':'n','room':'r'                    | fine
      'type':'remote_ping'                                                    | Missing
      'type':'remote_timeout','time':'x'                                      | mismatch
      """)
  void givenFields_whenDecoded_thenTheFirstThatIsWrongDecides(String fields, String outcome) {
    CallingClientMessage decoded = decode("{" + fields + ",'tid':1}");

    if (outcome.equals("fine")) {
      assertThat(decoded).isInstanceOf(Request.class);
    } else {
      assertThat(decoded).isInstanceOfSatisfying(Unfit.class,
          unfit -> assertThat(unfit.error()).contains(outcome).endsWith("in message"));
    }
  }

  // ---- features

  @ParameterizedTest
  @EnumSource(CallingCommand.class)
  void givenAFeatureThatIsOff_whenAskedFor_thenItsCommandsAreUnknownAndOthersAreNot(
      CallingCommand command) {
    Bytes request = json("{'type':'" + command.name().toLowerCase(Locale.ROOT)
        + "','tid':1,'nonsense':1}");
    Unfit unknown = new Unfit(json("1"), "Unknown command");
    JsonSource source = new JsonSource(DEPTH);

    assertThat(new CallingDecoder(source, Set.of(command.feature())).decode(request))
        .isEqualTo(unknown);
    assertThat(new CallingDecoder(source, EnumSet.complementOf(EnumSet.of(command.feature())))
        .decode(request)).isNotEqualTo(unknown);
  }

  // ---- anything

  @Property
  void givenAnyBytes_whenDecoded_thenTheyAreDecodedIntoSomething(@ForAll byte[] message) {
    assertThat(decoder.decode(Bytes.of(message))).isNotNull();
  }

  @Property
  void givenAnyTextInAStatus_whenDecoded_thenItIsDecodedIntoSomething(@ForAll String text) {
    assertThat(decode("{'type':'status','tid':1,'status':{'x':'" + text + "'}}")).isNotNull();
  }
}
