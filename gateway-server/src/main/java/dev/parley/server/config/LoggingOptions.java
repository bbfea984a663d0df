package dev.parley.server.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the process logs, to standard error.
 *
 * @param format lines for people or JSON for machines
 * @param level the least severe level that is logged
 */
public record LoggingOptions(Format format, Level level) {
  /** Lines for people, from info. */
  public static final LoggingOptions DEFAULT = new LoggingOptions(Format.TEXT, Level.INFO);

  /** Formats of log lines. */
  public enum Format {
    /** One human line per event, and the stack trace below if there is one. */
    @JsonProperty("text") TEXT,
    /** One JSON object per event, on one line. */
    @JsonProperty("json") JSON
  }

  /** Severity, the most severe first. */
  public enum Level {
    /** Failures that need an operator. */
    @JsonProperty("error") ERROR,
    /** Unexpected conditions that were handled. */
    @JsonProperty("warn") WARN,
    /** Starts, stops and changes of state; no secrets, nothing per message. */
    @JsonProperty("info") INFO,
    /** Each connection and refusal, of Parley itself; may contain input of clients. */
    @JsonProperty("debug") DEBUG,
    /** Everything, the libraries below included. */
    @JsonProperty("trace") TRACE
  }
}
