package dev.parley.bench.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** What was measured of one server at a time. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SignalRun.class, name = "signals"),
  @JsonSubTypes.Type(value = StartRun.class, name = "start"),
  @JsonSubTypes.Type(value = IdleRun.class, name = "idle"),
  @JsonSubTypes.Type(value = RedisRun.class, name = "redis"),
  @JsonSubTypes.Type(value = BareScriptRun.class, name = "bare-script"),
  @JsonSubTypes.Type(value = PeersRun.class, name = "peers"),
  @JsonSubTypes.Type(value = RoomRun.class, name = "room")})
public sealed interface Measurement
    permits SignalRun, StartRun, IdleRun, RedisRun, BareScriptRun, PeersRun, RoomRun {

  /** What it says about the metrics that servers are compared by. */
  Map<Metric, Double> figures();
}
