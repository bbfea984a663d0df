package dev.parley.architecture.broken.peerjs;

import dev.parley.architecture.broken.group.rules.Rules;

/** Breaks: what is below a published package is not published with it. */
public interface KnowsTheRulesOfGroups {
  void use(Rules rules);
}
