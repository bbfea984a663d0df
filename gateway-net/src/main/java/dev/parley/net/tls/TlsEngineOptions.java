package dev.parley.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The JDK's TLS with engines that handshake once, see {@link SingleHandshakeEngine}. The JDK can
 * refuse renegotiation itself, but only for the whole process, by a property that must be set
 * before TLS is first used; a listener inside another program cannot rely on that.
 */
public final class TlsEngineOptions extends JdkSSLEngineOptions {

  private final Runnable refused;

  /** @param refused called when a client's handshake was refused; thread-safe */
  public TlsEngineOptions(Runnable refused) {
    this.refused = refused;
  }

  private TlsEngineOptions(TlsEngineOptions other) {
    super(other);
    this.refused = other.refused;
  }

  @Override
  public TlsEngineOptions copy() {
    return new TlsEngineOptions(this);
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory(super.sslContextFactory(), refused);
  }

  private record Factory(SslContextFactory jdk, Runnable refused) implements SslContextFactory {

    @Override
    public SslContextFactory useAlpn(boolean useAlpn) {
      var unused = jdk.useAlpn(useAlpn);
      return this;
    }

    @Override
    public SslContextFactory forServer(ClientAuth clientAuth) {
      var unused = jdk.forServer(clientAuth);
      return this;
    }

    @Override
    public SslContextFactory enabledProtocols(Set<String> enabledProtocols) {
      var unused = jdk.enabledProtocols(enabledProtocols);
      return this;
    }

    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
      var unused = jdk.keyMananagerFactory(factory);
      return this;
    }

    @Override
    public SslContextFactory trustManagerFactory(TrustManagerFactory factory) {
      var unused = jdk.trustManagerFactory(factory);
      return this;
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> enabledCipherSuites) {
      var unused = jdk.enabledCipherSuites(enabledCipherSuites);
      return this;
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> applicationProtocols) {
      var unused = jdk.applicationProtocols(applicationProtocols);
      return this;
    }

    @Override
    public SslContext create() throws SSLException {
      return new Context(jdk.create(), refused);
    }
  }

  private static final class Context extends SslContext {
    private final SslContext jdk;
    private final Runnable refused;

    Context(SslContext jdk, Runnable refused) {
      this.jdk = jdk;
      this.refused = refused;
    }

    @Override
    public boolean isClient() {
      return jdk.isClient();
    }

    @Override
    public List<String> cipherSuites() {
      return jdk.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // the class has no other constructor
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
      return jdk.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
      return new SingleHandshakeEngine(jdk.newEngine(allocator), refused);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
      return new SingleHandshakeEngine(jdk.newEngine(allocator, peerHost, peerPort), refused);
    }

    @Override
    public SSLSessionContext sessionContext() {
      return jdk.sessionContext();
    }
  }
}
