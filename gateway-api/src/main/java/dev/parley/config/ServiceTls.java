package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * TLS options for a service that we connect to. All files are PEM files and are read for each new
 * connection, so that renewed ones take effect.
 *
 * @param ca certificates of the authorities that may sign the service's certificate; null for those
 *     that Java trusts
 * @param cert our own certificate, followed by its chain, for a service that requires one; null for
 *     none
 * @param key the private key of {@code cert}, not encrypted; null if there is none
 * @param verify how the service's certificate is verified
 */
public record ServiceTls(
    @Nullable String ca, @Nullable String cert, @Nullable String key, Verify verify) {

  /** The authorities that Java trusts, full verification, no certificate of our own. */
  public static final ServiceTls DEFAULT = new ServiceTls(null, null, null, Verify.FULL);

  /** How much of a service's certificate is verified. */
  public enum Verify {
    /** Its signature chain and its host name. */
    @JsonProperty("full") FULL,
    /** Its signature chain, for whatever host name. */
    @JsonProperty("ca") CA,
    /** Nothing: an attacker in between can read and change everything. */
    @JsonProperty("none") NONE
  }

  /** Rejects files that are missing, unreadable, or do not match. */
  public ServiceTls {
    if (ca != null) {
      CertificateFiles.checkCertificates("ca", ca);
    }
    if (cert != null && key == null) {
      throw new ConfigurationException(
          "key", "null", "the PEM file with the private key of cert, " + cert);
    }
    if (cert == null && key != null) {
      throw new ConfigurationException(
          "cert", "null", "the PEM file with the certificate of key, " + key);
    }
    if (cert != null && key != null) {
      var unused = CertificateFiles.checkPair(key, cert, Instant.now());
    }
    if (verify == Verify.NONE && ca != null) {
      throw new ConfigurationException(
          "verify", "none", "full or ca, as ca is set: none verifies nothing");
    }
  }

  /** Default options with other authorities. */
  public static ServiceTls trusting(String ca) {
    return new ServiceTls(ca, null, null, Verify.FULL);
  }

  /**
   * Rejects TLS options for a service that is reached without TLS.
   *
   * @param url the URL of the service
   * @throws ConfigurationException (with an empty key) about the URL
   */
  public void requireSecure(ServiceUrl url) {
    if (!equals(DEFAULT) && !url.isSecure()) {
      throw new ConfigurationException(
          "", url.toString(), "a URL that begins with rediss, as tls is set beside it");
    }
  }
}
