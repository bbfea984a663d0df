package dev.parley.server.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.parley.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads a configuration file: one YAML document, every key once, no aliases (the tree reader would
 * take an alias for a text).
 */
final class YamlFile {
  private static final String EXPECTED = "YAML, a mapping with every key once";

  private final ObjectMapper yaml;

  YamlFile(ObjectMapper yaml) {
    this.yaml = yaml;
  }

  /**
   * The file as a tree; an empty mapping if it holds nothing but comments.
   *
   * @throws ConfigurationException naming the file if it cannot be read or is no such YAML
   */
  JsonNode read(Path file) {
    String text = text(file);
    try {
      refuseAliases(text);
      try (JsonParser parser = yaml.createParser(text)) {
        parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        JsonNode tree = yaml.readTree(parser);
        if (parser.nextToken() != null) {
          throw ConfigurationException.malformed(
              place(parser.currentTokenLocation()), "a second document", EXPECTED);
        }
        return tree == null || tree.isMissingNode() || tree.isNull()
            ? yaml.createObjectNode()
            : tree;
      }
    } catch (JacksonException broken) {
      throw ConfigurationException.malformed(
          place(broken.getLocation()), firstLine(broken.getOriginalMessage()), EXPECTED)
          .from(file.toString());
    } catch (ConfigurationException wrong) {
      throw wrong.from(file.toString());
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable.toString());
    }
  }

  private void refuseAliases(String text) throws IOException {
    try (JsonParser parser = yaml.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (parser instanceof YAMLParser events && events.isCurrentAlias()) {
          throw ConfigurationException.malformed(
              place(parser.currentTokenLocation()), "an alias", EXPECTED);
        }
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException none) {
      throw unreadable(file, "there is none");
    } catch (AccessDeniedException denied) {
      throw unreadable(file, "this process may not read it");
    } catch (CharacterCodingException notUtf8) {
      throw unreadable(file, "it is not UTF-8");
    } catch (IOException other) {
      throw unreadable(
          file, Files.isDirectory(file) ? "it is a directory" : String.valueOf(other.getMessage()));
    }
  }

  private static ConfigurationException unreadable(Path file, String why) {
    return new ConfigurationException(
        "", file.toString(), "a YAML file that can be read (" + why + ")")
        .from("--config");
  }

  private static String place(JsonLocation location) {
    return "line " + location.getLineNr();
  }

  /** The parser goes on with an excerpt of the text, which may hold a secret. */
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
