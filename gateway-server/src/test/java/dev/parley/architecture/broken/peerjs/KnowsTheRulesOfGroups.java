package dev.parley.architecture.broken.peerjs;

import dev.parley.architecture.broken.group.rules.Rules;

/** Breaks: a package below a published one is not published with it. */
public interface KnowsTheRulesOfGroups {
  void use(Rules rules);
}
