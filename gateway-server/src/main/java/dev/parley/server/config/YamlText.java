package dev.parley.server.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML of a file or an argument: one document, every key once, no aliases (the tree reader
 * would take an alias for a text).
 */
final class YamlText {
  private final ObjectMapper yaml;

  YamlText(ObjectMapper yaml) {
    this.yaml = yaml;
  }

  /**
   * The YAML is invalid: position and reason, without an excerpt of the text, which may contain a
   * secret.
   */
  static final class Broken extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;

    Broken(String place, String problem) {
      super(place + ": " + problem);
      this.place = place;
      this.problem = problem;
    }

    String place() {
      return place;
    }

    String problem() {
      return problem;
    }
  }

  /** The text as a tree; a missing node if it holds nothing but comments. */
  JsonNode read(String text) throws Broken {
    refuseAliases(text);
    try (JsonParser parser = yaml.createParser(text)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      try {
        JsonNode tree = yaml.readTree(parser);
        if (parser.nextToken() != null) {
          throw new Broken(place(parser.currentTokenLocation()), "a second document");
        }
        return tree == null ? yaml.missingNode() : tree;
      } catch (JacksonException | YAMLException broken) {
        throw explain(broken, parser.currentTokenLocation(), text);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void refuseAliases(String text) throws Broken {
    try (JsonParser parser = yaml.createParser(text)) {
      try {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          if (parser instanceof YAMLParser events && events.isCurrentAlias()) {
            throw new Broken(place(parser.currentTokenLocation()), "an alias");
          }
        }
      } catch (JacksonException | YAMLException broken) {
        throw explain(broken, parser.currentTokenLocation(), text);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Broken explain(Exception broken, JsonLocation reached, String text) {
    MarkedYAMLException marked = cause(broken, MarkedYAMLException.class);
    if (marked != null && marked.getProblem() != null) {
      return explain(marked, reached, text);
    }
    ReaderException unreadable = cause(broken, ReaderException.class);
    if (unreadable != null) {
      return new Broken(place(text, unreadable.getPosition()), "a character that YAML cannot hold");
    }
    if (broken instanceof StreamConstraintsException) {
      return new Broken(place(reached), "nesting, or a value, beyond all measure");
    }
    JsonLocation at = broken instanceof JacksonException said ? said.getLocation() : null;
    String message =
        broken instanceof JacksonException said ? said.getOriginalMessage() : broken.getMessage();
    return new Broken(place(at == null ? reached : at), inOurWords(firstLine(message)));
  }

  private static <T extends Throwable> @Nullable T cause(Throwable broken, Class<T> kind) {
    for (Throwable at = broken; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return kind.cast(at);
      }
    }
    return null;
  }

  /** An unclosed structure is reported where it was opened, not where the text ends. */
  private static Broken explain(MarkedYAMLException marked, JsonLocation reached, String text) {
    String problem = marked.getProblem();
    String context = marked.getContext() == null ? "" : marked.getContext();
    Mark end = marked.getProblemMark();
    Mark begin = marked.getContextMark() == null ? end : marked.getContextMark();
    if (context.contains("quoted scalar") && problem.contains("end of stream")) {
      return new Broken(place(begin, reached), "a quote that is not closed");
    }
    if (context.contains("parsing a flow mapping")) {
      return new Broken(
          place(begin, reached), "a { that is not closed, or a comma that is missing after it");
    }
    if (context.contains("parsing a flow sequence")) {
      return new Broken(
          place(begin, reached), "a [ that is not closed, or a comma that is missing after it");
    }
    if (problem.contains("stream end")) {
      return new Broken(place(text, text.stripTrailing().length() - 1), "an end too early");
    }
    boolean isKey = context.contains("simple key");
    return new Broken(place(isKey ? begin : end, reached), inOurWords(firstLine(problem)));
  }

  private static String inOurWords(String problem) {
    if (problem.contains("\\t") || problem.contains("TAB")) {
      return "a tab, where only spaces may indent";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "a colon out of place: keys line up, and a colon has a space behind it";
    }
    if (problem.startsWith("expected <block end>")) {
      return "a line that does not line up with those before it";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "a line without a key and a colon";
    }
    if (problem.contains("Expected a field name")) {
      return "a key that is no text";
    }
    int advice = problem.indexOf(". (Do not use");
    return advice < 0 ? problem : problem.substring(0, advice) + "; put it in quotes";
  }

  /** Further lines of the messages of Jackson and SnakeYAML are an excerpt of the text. */
  private static String firstLine(@Nullable String message) {
    return message == null ? "no YAML" : message.lines().findFirst().orElse("no YAML");
  }

  private static String place(@Nullable Mark mark, JsonLocation reached) {
    return mark == null ? place(reached) : place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String place(String text, int position) {
    String before = text.substring(0, Math.clamp(position, 0, text.length()));
    int line = (int) before.chars().filter(each -> each == '\n').count();
    return place(line + 1, before.length() - before.lastIndexOf('\n'));
  }

  private static String place(JsonLocation location) {
    return place(location.getLineNr(), location.getColumnNr());
  }

  private static String place(int line, int column) {
    return "line " + line + ", column " + column;
  }
}
