package dev.parley.conformance.calling;

import dev.parley.conformance.calling.Form.Field;
import dev.parley.conformance.differential.Differential;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Missing, mistyped and unexpected fields, and the order of their checks. */
@SideBySide
class FieldsTest {

  private static final String MISSING = "'error':'Missing element in message'}";
  private static final String MISMATCH = "'error':'Type mismatch in message'}";
  private static final String UNEXPECTED = "'error':'Unexpected field in message'}";

  static final List<Form> FORMS = Form.ALL;

  private final Differential<ServerOptions> servers;

  FieldsTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  static Stream<Form> formsWithFields() {
    return FORMS.stream().filter(form -> !form.fields().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("formsWithFields")
  void aMissingFieldIsNoticed(Form form) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      int tid = 0;
      for (Field field : form.fields()) {
        if (field.compulsory()) {
          anna.sends(form.with(++tid, Map.of(field.name(), "")))
              .gets("{'type':'answer','tid':" + tid + "," + MISSING);
        }
      }
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @MethodSource("formsWithFields")
  void nullIsMissingUnlessAnObjectIsWanted(Form form) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      int tid = 0;
      for (Field field : form.fields()) {
        if (!field.good().equals("{}")) {
          anna.sends(form.with(++tid, Map.of(field.name(), "null")))
              .gets("{'type':'answer','tid':" + tid + "," + MISSING);
        }
      }
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @MethodSource("formsWithFields")
  void aWrongTypeIsNoticed(Form form) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      int tid = 0;
      for (Field field : form.fields()) {
        for (String bad : field.bad()) {
          anna.sends(form.with(++tid, Map.of(field.name(), bad)))
              .gets("{'type':'answer','tid':" + tid + "," + MISMATCH);
        }
      }
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @MethodSource("formsWithFields")
  void theFirstFieldThatIsWrongDecides(Form form) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      int tid = 0;
      List<Field> fields = form.fields();
      for (int first = 0; first < fields.size(); first++) {
        for (int second = first + 1; second < fields.size(); second++) {
          Field one = fields.get(first);
          Field two = fields.get(second);
          anna.sends(form.with(++tid,
              Map.of(one.name(), one.bad().getFirst(), two.name(), "null")))
              .gets("{'type':'answer','tid':" + tid + "," + MISMATCH);
          if (one.compulsory()) {
            anna.sends(form.with(++tid,
                Map.of(one.name(), "", two.name(), two.bad().getFirst())))
                .gets("{'type':'answer','tid':" + tid + "," + MISSING);
          }
        }
      }
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @FieldSource("FORMS")
  void aFurtherFieldIsNoticedLast(Form form) {
    servers.same(stage -> {
      Caller anna = Caller.on(stage, "anna");
      anna.sends(form.with(1, Map.of()).replaceFirst("\\}$", ",'extra':1}"))
          .gets("{'type':'answer','tid':1," + UNEXPECTED);
      anna.sends(form.with(2, Map.of()).replaceFirst("\\}$", ",'extra':null}"))
          .gets("{'type':'answer','tid':2," + UNEXPECTED);
      anna.sends(form.with(3, Map.of()).replaceFirst("'tid':3", "'tid':'x'")
          .replaceFirst("\\}$", ",'extra':1}"))
          .gets("{'type':'answer','tid':'x'," + MISMATCH);
      Map<String, String> wrong = new HashMap<>();
      form.fields().stream().limit(1).forEach(field -> wrong.put(field.name(), "null"));
      String said = form.with(4, wrong).replaceFirst("'tid':4", "'tid':'y'")
          .replaceFirst("\\}$", ",'extra':1}");
      boolean missing = form.fields().stream().limit(1)
          .anyMatch(field -> !field.good().equals("{}"));
      anna.sends(said)
          .gets("{'type':'answer','tid':'y'," + (missing ? MISSING : MISMATCH));
      anna.getsNothingMore();
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"room_join", "room_leave", "ns_subscribe", "ns_user_register"})
  void anEmptyStringIsAName(String type) {
    servers.same(ServerOptions.alone("empty names " + type), stage -> {
      Caller anna = Caller.on(stage, "anna");
      switch (type) {
        case "room_join" -> anna.asks(type, "'room':''")
            .isAnswered("{'room':'','peers':{},'status':{}}");
        case "room_leave" -> anna.asks(type, "'room':''").isRefused("Room does not exist");
        case "ns_subscribe" -> anna.asks(type, "'namespace':''")
            .isAnswered("{'users':{},'rooms':{}}");
        default -> anna.asks(type, "'namespace':''").isAnswered();
      }
    });
  }
}
