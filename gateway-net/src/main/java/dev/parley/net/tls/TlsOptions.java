package dev.parley.net.tls;

import dev.parley.config.ConfigurationException;
import io.vertx.core.net.PemKeyCertOptions;

/**
 * The certificate of a listener.
 *
 * @param key path of the PEM file with the private key (PKCS #8 or PKCS #1, not encrypted)
 * @param cert path of the PEM file with the certificate, followed by its chain
 */
public record TlsOptions(String key, String cert) {
  /** Rejects empty paths; whether the files are readable is checked when the listener starts. */
  public TlsOptions {
    if (key.isBlank()) {
      throw new ConfigurationException("key", key, "the path of a PEM file");
    }
    if (cert.isBlank()) {
      throw new ConfigurationException("cert", cert, "the path of a PEM file");
    }
  }

  /** The pair as Vert.x options. */
  public PemKeyCertOptions pair() {
    return new PemKeyCertOptions().addKeyPath(key).addCertPath(cert);
  }
}
