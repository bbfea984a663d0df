package dev.parley.net.tls;

import dev.parley.config.ConfigurationException;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of a listener.
 *
 * @param key path of the PEM file with the private key (PKCS #8 or PKCS #1, not encrypted)
 * @param cert path of the PEM file with the certificate, followed by its chain
 * @param clientCa path of the PEM file with the authorities whose certificates clients may show; a
 *     client without one is served, one with another is not. Null to ask for none
 */
public record TlsOptions(String key, String cert, @Nullable String clientCa) {
  /** Without certificates of clients. */
  public TlsOptions(String key, String cert) {
    this(key, cert, null);
  }

  /** Rejects empty paths; whether the files are readable is checked when the listener starts. */
  public TlsOptions {
    if (key.isBlank()) {
      throw new ConfigurationException("key", key, "the path of a PEM file");
    }
    if (cert.isBlank()) {
      throw new ConfigurationException("cert", cert, "the path of a PEM file");
    }
    if (clientCa != null && clientCa.isBlank()) {
      throw new ConfigurationException("clientCa", clientCa, "the path of a PEM file, or null");
    }
  }

  /** The pair as Vert.x options. */
  public PemKeyCertOptions pair() {
    return new PemKeyCertOptions().addKeyPath(key).addCertPath(cert);
  }

  /** The authorities of clients as Vert.x options. */
  public Optional<PemTrustOptions> clientAuthorities() {
    return Optional.ofNullable(clientCa).map(path -> new PemTrustOptions().addCertPath(path));
  }
}
