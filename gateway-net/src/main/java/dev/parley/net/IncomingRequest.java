package dev.parley.net;

import dev.parley.dialect.ClientRequest;
import dev.parley.net.http.Cookies;
import dev.parley.net.http.PageOrigin;
import dev.parley.net.websocket.WebSocketUpgrade;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A request as policies see it. Reads from the request when it is asked, so that it costs nothing
 * where no policy looks.
 *
 * @param origins the web origins whose pages may connect to the realm
 */
record IncomingRequest(
    HttpServerRequest request, List<String> origins, int listener, String dialect, String realm,
    String remoteAddress)
    implements ClientRequest {

  /** The same request, about another realm. */
  IncomingRequest in(String other, List<String> originsThere) {
    return new IncomingRequest(request, originsThere, listener, dialect, other, remoteAddress);
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    String path = request.path();
    return path == null ? "" : path;
  }

  @Override
  public List<String> headers(String name) {
    return List.copyOf(request.headers().getAll(name));
  }

  @Override
  public Map<String, String> cookies() {
    return Cookies.parse(request.headers().getAll(HttpHeaderNames.COOKIE));
  }

  @Override
  public boolean isCookieTrusted() {
    List<String> sent = WebSocketUpgrade.originsOf(request);
    List<String> hosts = headers("Host");
    if (sent.isEmpty()) {
      return !PageOrigin.isForeign(header("Sec-Fetch-Site"));
    }
    return sent.size() == 1 && hosts.size() == 1
        && (PageOrigin.isNamed(sent.getFirst(), origins)
            || PageOrigin.isOf(sent.getFirst(), hosts.getFirst(), request.isSSL()));
  }

  @Override
  public List<String> subprotocols() {
    return WebSocketUpgrade.subprotocolsOf(request.headers());
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    SSLSession session = request.connection().sslSession();
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  /** Keeps secrets out of logs. */
  @Override
  public String toString() {
    return "IncomingRequest[" + dialect + ", " + realm + "]";
  }
}
