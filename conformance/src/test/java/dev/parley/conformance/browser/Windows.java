package dev.parley.conformance.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The browser windows of one test, each in a profile of its own; the test has the browser alone. */
final class Windows implements AutoCloseable {
  /** How long any one thing may take before a test gives it up. */
  private static final double PATIENCE_MILLIS = 30_000;
  private static final Path EXAMPLE =
      Path.of("..", "examples", "peerjs.html").toAbsolutePath().normalize();
  private static final String CDN_LIBRARY = "https://unpkg.com/peerjs@1.5.5/dist/peerjs.min.js";

  private final Browsers browsers;
  private final Chromium chromium;
  private final StaticSite site;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<Journal> journals = new ArrayList<>();

  Windows(Browsers browsers, StaticSite site) {
    this.browsers = browsers;
    this.chromium = browsers.borrow();
    this.site = site;
  }

  /** The origin of the pages of {@link #client}. */
  String origin() {
    return site.origin();
  }

  /** A page with the library and nothing else, not yet connected to the server at this address. */
  PeerJsClient client(String name, InetSocketAddress server) {
    Page page = newPage(name);
    page.navigate(site.origin() + "/peerjs.html");
    return new PeerJsClient(new ClientPage(page), journals.getLast(), server);
  }

  /** A page with simple-peer and a client of linkup's protocol, not yet connected. */
  LinkupClient linkup(String name, LinkupClient.Form form) {
    Page page = newPage(name);
    page.navigate(site.origin() + "/linkup.html");
    return new LinkupClient(new ClientPage(page), journals.getLast(), form);
  }

  /** A page with rtc-lib, not yet connected. */
  RtcLibClient rtcLib(String name) {
    Page page = newPage(name);
    page.navigate(site.origin() + "/rtc.html");
    return new RtcLibClient(new ClientPage(page));
  }

  /** A page that can be a server or a client of Peerolator, not yet connected. */
  PeerolatorClient peerolator(String name) {
    Page page = newPage(name);
    page.navigate(site.origin() + "/peerolator.html");
    return new PeerolatorClient(new ClientPage(page));
  }

  /** The example page, opened as a file, as a newcomer does who double-clicks it. */
  ExamplePage example(String name, InetSocketAddress server, Map<String, String> parameters) {
    Page page = newPage(name);
    // The hash in the page makes the browser refuse a library that is not, byte for byte, what the CDN has.
    page.context().route(CDN_LIBRARY,
        route -> route.fulfill(new Route.FulfillOptions().setPath(NpmPackages.peerJsLibrary())
            .setContentType("text/javascript")
            .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))));
    String query =
        parameters.entrySet().stream().map(entry -> "&" + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
    page.navigate(EXAMPLE.toUri() + "?host=" + server.getAddress().getHostAddress() + "&port="
        + server.getPort() + query);
    return new ExamplePage(page);
  }

  /** Everything that all windows logged and exchanged. */
  String journals() {
    return journals.stream().map(Journal::toString).collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    try {
      contexts.forEach(BrowserContext::close);
    } finally {
      browsers.giveBack(chromium);
    }
  }

  private Page newPage(String name) {
    BrowserContext context = chromium.newContext();
    contexts.add(context);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    // Windows that a page opens itself are followed too.
    context.onPage(page -> journals.add(Journal.of(name, page)));
    return context.newPage();
  }
}
