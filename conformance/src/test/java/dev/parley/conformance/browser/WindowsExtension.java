package dev.parley.conformance.browser;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test its windows in one of the browsers of the run, and prints what happened in them if
 * the test fails.
 */
final class WindowsExtension implements ParameterResolver, AfterTestExecutionCallback {
  private static final Namespace NAMESPACE = Namespace.create(WindowsExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Windows.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return windows(context);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.err.println(context.getDisplayName() + " failed. What its windows saw:\n"
          + windows(context).journals());
    }
  }

  /** The windows of the test that is running. */
  static Windows windows(ExtensionContext context) {
    // The store closes what it holds: the windows after the test, browsers and site after the last.
    var run = context.getRoot().getStore(NAMESPACE);
    Browsers browsers =
        run.getOrComputeIfAbsent(Browsers.class, type -> new Browsers(), Browsers.class);
    StaticSite site =
        run.getOrComputeIfAbsent(StaticSite.class, type -> StaticSite.start(), StaticSite.class);
    return context.getStore(NAMESPACE).getOrComputeIfAbsent(Windows.class,
        type -> new Windows(browsers, site), Windows.class);
  }
}
