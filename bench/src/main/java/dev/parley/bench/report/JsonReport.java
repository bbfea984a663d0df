package dev.parley.bench.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report for programs. */
public final class JsonReport {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Report report;
  private final List<String> bases;

  /**
   * A text in JSON.
   *
   * @param bases the servers that others are compared with
   */
  public JsonReport(Report report, List<String> bases) {
    this.report = report;
    this.bases = bases;
  }

  /** Writes it. */
  public void writeTo(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    MAPPER.writeValue(file.toFile(), fields());
  }

  private Map<String, Object> fields() {
    Report.Subject subject = report.subject();
    Medians medians = report.medians();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("machine", subject.machine());
    subject.commit().ifPresent(commit -> fields.put("commit", commit));
    fields.put("cores", subject.placement().cores());
    fields.put("setting", subject.setting());
    if (subject.cluster() != null) {
      fields.put("cluster", subject.cluster());
    }
    fields.put("sound", report.isSound());
    fields.put("medians", medians.all());
    Map<String, Object> ratios = new LinkedHashMap<>();
    bases.stream().filter(medians.servers()::contains)
        .forEach(base -> ratios.put(base, medians.ratiosTo(base)));
    fields.put("ratiosTo", ratios);
    fields.put("failures", report.failures());
    fields.put("faults", report.faults());
    fields.put("doubts", report.doubts());
    fields.put("runs", report.runs());
    return fields;
  }
}
