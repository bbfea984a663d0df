package dev.parley.net;

import dev.parley.config.ConfigurationException;
import dev.parley.config.WebOrigins;
import dev.parley.fuzz.Check;
import dev.parley.fuzz.Draw;
import dev.parley.net.http.PathPattern;
import dev.parley.net.http.PercentEncoding;
import dev.parley.net.http.Query;
import dev.parley.net.proxy.ForwardedChain;
import dev.parley.net.proxy.IpNetwork;
import dev.parley.net.proxy.ProxyHeader;
import dev.parley.net.proxy.TrustedProxies;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request's head: its target, its query, and the headers of proxies and browsers. */
public final class RequestFuzz {

  private static final PathPattern PATH = PathPattern.parse("/peerjs/{key}/id");
  private static final TrustedProxies BY_ADDRESSES =
      TrustedProxies.all(ProxyHeader.X_FORWARDED_FOR);
  private static final TrustedProxies BY_ELEMENTS = TrustedProxies.all(ProxyHeader.FORWARDED);

  private RequestFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Draw draw = new Draw(input);
    switch (draw.below(4)) {
      case 0 -> target(new String(draw.rest(), StandardCharsets.ISO_8859_1));
      case 1 -> forwarded(new String(draw.rest(), StandardCharsets.ISO_8859_1));
      case 2 -> origin(new String(draw.rest(), StandardCharsets.ISO_8859_1));
      default -> head(draw.rest());
    }
  }

  private static void target(String target) {
    Map<String, String> query = Query.parse(target);
    Check.that(query.size() <= target.length(), "more parameters than characters");
    query.forEach((name, value) -> Check.that(
        name.length() + value.length() <= target.length(), "longer than the target"));
    Optional<Map<String, String>> path = PATH.match(target);
    path.ifPresent(values -> Check.same(1, values.size()));
    String decoded = PercentEncoding.decode(target);
    Check.that(decoded.length() <= target.length(), "longer than it was written");
    Check.that(decoded.chars().filter(each -> each == '%').count() <= target.length() / 3
        || target.contains("%"), "a sign from nowhere");
  }

  private static void forwarded(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    for (ProxyHeader header : ProxyHeader.values()) {
      ForwardedChain chain = new ForwardedChain(header, lines);
      int hops = 0;
      while (chain.previous().isPresent()) {
        hops++;
      }
      Check.that(hops <= text.length() + 1, "more hops than characters");
    }
    Check.that(IpNetwork.address(BY_ADDRESSES.clientOf("192.0.2.1", lines)).isPresent(), text);
    Check.that(IpNetwork.address(BY_ELEMENTS.clientOf("::1", lines)).isPresent(), text);
  }

  private static void origin(String origin) {
    Check.that(WebOrigins.contain(List.of("*"), origin), "every origin is one");
    try {
      WebOrigins.check("origins", List.of(origin));
    } catch (ConfigurationException refused) {
      Check.that(!refused.getMessage().isEmpty(), "it says why");
    }
  }

  /** Decoded as by the server. */
  private static void head(byte[] bytes) {
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(2048, 2048, 2048));
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
      for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
        if (read instanceof HttpRequest request && request.decoderResult().isSuccess()) {
          target(request.uri());
          forwarded(String.join("\n", request.headers().getAll("Forwarded")));
        }
        ReferenceCountUtil.release(read);
      }
    } finally {
      channel.finishAndReleaseAll();
    }
  }
}
