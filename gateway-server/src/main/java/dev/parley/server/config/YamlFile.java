package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a configuration file. */
final class YamlFile {
  private static final String EXPECTED = "YAML, a mapping with every key once";

  private final ObjectMapper yaml;

  YamlFile(ObjectMapper yaml) {
    this.yaml = yaml;
  }

  /**
   * The file as a tree; an empty mapping if it holds nothing but comments.
   *
   * @throws ConfigurationException naming the file if it cannot be read or parsed
   */
  JsonNode read(Path file) {
    String text = text(file);
    try {
      JsonNode tree = new YamlText(yaml).read(text);
      return tree.isMissingNode() || tree.isNull() ? yaml.createObjectNode() : tree;
    } catch (YamlText.Broken broken) {
      throw ConfigurationException.malformed(broken.place(), broken.problem(), EXPECTED)
          .from(file.toString());
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
}
