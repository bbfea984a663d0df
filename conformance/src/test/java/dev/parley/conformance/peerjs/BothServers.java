package dev.parley.conformance.peerjs;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Differential} of the test run, and stops its servers at the end. */
final class BothServers implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Differential.class;
  }

  @Override
  public Differential resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(BothServers.class))
        .getOrComputeIfAbsent(Differential.class, any -> new Differential(), Differential.class);
  }
}
