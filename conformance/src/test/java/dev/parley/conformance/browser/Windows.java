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

/**
 * The browser windows of one test, each in a profile of its own, and its clients in Node. The test
 * has the Chromium alone.
 */
final class Windows implements AutoCloseable {
  private static final Path EXAMPLE =
      Path.of("..", "examples", "peerjs.html").toAbsolutePath().normalize();
  private static final String CDN_LIBRARY = "https://unpkg.com/peerjs@1.5.5/dist/peerjs.min.js";

  private final Browsers browsers;
  private final StaticSite site;
  private final Browsers.Lease lease;
  private final List<ScriptHost> others = new ArrayList<>();
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<Journal> journals = new ArrayList<>();

  Windows(Browsers browsers, StaticSite site) {
    this.browsers = browsers;
    this.site = site;
    this.lease = browsers.borrow();
  }

  /** The origin of the pages of {@link #client}. */
  String origin() {
    return site.origin();
  }

  /** A page with the library and nothing else, not yet connected to the server at this address. */
  PeerJsClient client(String name, InetSocketAddress server) {
    return client(Platform.CHROMIUM, name, server);
  }

  /** The same in any browser. */
  PeerJsClient client(Platform platform, String name, InetSocketAddress server) {
    ClientPage page = open(platform, name, "peerjs");
    return new PeerJsClient(page, journals.getLast(), server);
  }

  /** A page with simple-peer and a client of linkup's protocol, not yet connected. */
  LinkupClient linkup(Platform platform, String name, LinkupClient.Form form) {
    ClientPage page = open(platform, name, "linkup");
    return new LinkupClient(page, journals.getLast(), form);
  }

  /** A page with rtc-lib, not yet connected. */
  RtcLibClient rtcLib(Platform platform, String name) {
    return new RtcLibClient(open(platform, name, "rtc"));
  }

  /** A page that can be a server or a client of Peerolator, not yet connected. */
  PeerolatorClient peerolator(Platform platform, String name) {
    return new PeerolatorClient(open(platform, name, "peerolator"));
  }

  private ClientPage open(Platform platform, String name, String client) {
    return new ClientPage(switch (platform) {
      case CHROMIUM -> {
        Page page = newPage(name);
        page.navigate(address(client));
        yield new ChromiumPage(page);
      }
      case FIREFOX -> keep(browsers.firefox().newPage(address(client), newJournal(name)));
      case WERIFT, NODE_DATACHANNEL, WRTC -> {
        String script = client + "-client.js";
        yield keep(browsers.node(platform).open(script, StaticSite.script(script),
            newJournal(name)));
      }
    });
  }

  private String address(String client) {
    return site.origin() + "/" + client + ".html";
  }

  private Journal newJournal(String name) {
    Journal journal = Journal.of(name);
    journals.add(journal);
    return journal;
  }

  private ScriptHost keep(ScriptHost host) {
    others.add(host);
    return host;
  }

  /** The example page, opened as a file, as by a double click. */
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

  /** The logs and frames of all windows. */
  String journals() {
    return journals.stream().map(Journal::toString).collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    try {
      others.forEach(ScriptHost::close);
      contexts.forEach(BrowserContext::close);
    } finally {
      lease.close();
    }
  }

  private Page newPage(String name) {
    BrowserContext context = lease.chromium().newContext();
    contexts.add(context);
    context.setDefaultTimeout((double) ScriptHost.PATIENCE.toMillis());
    // Windows that a page opens itself are recorded, too.
    context.onPage(page -> journals.add(Journal.of(name, page)));
    return context.newPage();
  }
}
