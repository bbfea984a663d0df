package dev.parley.bench.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** What was measured of one server at a time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SignalRun.class, name = "signals"),
  @JsonSubTypes.Type(value = StartRun.class, name = "start"),
  @JsonSubTypes.Type(value = IdleRun.class, name = "idle")})
public sealed interface Measurement permits SignalRun, StartRun, IdleRun {

  /** What it says about the metrics that servers are compared by. */
  Map<Metric, Double> figures();
}
