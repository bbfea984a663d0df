package dev.parley.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.machine.AttackCores;
import dev.parley.bench.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Outcomes of attacks.
 *
 * @param subject what was attacked
 * @param rows the attacks that were played
 * @param failures attacks without a result, and why: the node ended for example
 */
public record AttackReport(Subject subject, List<AttackRow> rows, List<String> failures) {

  /**
   * What was attacked, and where.
   *
   * @param commit of the source tree, if it is known
   */
  public record Subject(
      Machine machine, AttackCores cores, Optional<String> commit, AttackSetting setting) {}

  /** Whether all attacks passed. */
  public boolean isSound() {
    return failures.isEmpty() && rows.stream().allMatch(row -> complaints(row).isEmpty());
  }

  private List<String> complaints(AttackRow row) {
    return row.complaints(subject.setting.thorough());
  }

  @Override
  public String toString() {
    List<List<String>> costs = new ArrayList<>(List.of(AttackRow.headOfCosts()));
    rows.forEach(row -> costs.add(row.costs(subject.setting.thorough())));
    List<List<String>> deeds = new ArrayList<>(List.of(AttackRow.headOfDeeds()));
    rows.forEach(row -> deeds.add(row.deeds()));
    StringBuilder text = new StringBuilder();
    text.append("%s, Java %s, commit %s. %s. %d innocent pairs, %d signals in a second.%n%n"
        .formatted(subject.machine.system(), subject.machine.java(),
            subject.commit.orElse("unknown"), subject.cores.inWords(), subject.setting.pairs(),
            subject.setting.rate()));
    text.append(Table.layout(costs)).append("\n\n").append(Table.layout(deeds)).append("\n");
    String disturbed = rows.stream().filter(AttackRow::wasDisturbed)
        .map(row -> row.attack().attack()).collect(Collectors.joining(", "));
    if (!disturbed.isEmpty()) {
      text.append("\nRead with care: the machine was busy when it should have been quiet, at ")
          .append(disturbed).append("\n");
    }
    failures.forEach(failure -> text.append("\nFAILED: ").append(failure));
    return text.toString();
  }

  /** Writes all that was found. */
  public void writeTo(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode all = mapper.createObjectNode();
    all.set("machine", mapper.valueToTree(subject.machine));
    subject.commit.ifPresent(commit -> all.put("commit", commit));
    all.set("cores", mapper.valueToTree(subject.cores.cores()));
    all.put("attackers", subject.cores.ofAttackers().toString());
    all.set("setting", mapper.valueToTree(subject.setting));
    all.put("sound", isSound());
    ArrayNode attacks = all.putArray("attacks");
    for (AttackRow row : rows) {
      ObjectNode one = mapper.valueToTree(row);
      ArrayNode complaints = one.putArray("complaints");
      complaints(row).forEach(complaints::add);
      attacks.add(one);
    }
    ArrayNode failed = all.putArray("failures");
    failures.forEach(failed::add);
    mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
  }
}
