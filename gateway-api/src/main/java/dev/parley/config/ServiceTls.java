package dev.parley.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How TLS to a service is done that we use. All files are PEM files and are read for each new
 * connection, so that renewed ones are used from then on.
 *
 * @param ca certificates of who may sign the service's certificate; null for those that Java trusts
 * @param cert our own certificate, followed by its chain, for a service that wants one; null for
 *     none
 * @param key the private key of {@code cert}, not encrypted; null if there is none
 * @param verify what must be right with the service's certificate
 */
public record ServiceTls(
    @Nullable String ca, @Nullable String cert, @Nullable String key, Verify verify) {

  /** Whom Java trusts, everything verified, no certificate of our own. */
  public static final ServiceTls DEFAULT = new ServiceTls(null, null, null, Verify.FULL);

  /** How much of the certificate of a service is verified. */
  public enum Verify {
    /** Who has signed it, and that it is for the host that is connected to. */
    @JsonProperty("full") FULL,
    /** Who has signed it, whatever host it is for. */
    @JsonProperty("ca") CA,
    /** Nothing: an attacker between the two can read and change everything. */
    @JsonProperty("none") NONE
  }

  /** Refuses files that are not there, cannot be read, or do not fit each other. */
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

  /** Those who may sign, and nothing else than usual. */
  public static ServiceTls trusting(String ca) {
    return new ServiceTls(ca, null, null, Verify.FULL);
  }

  /**
   * Refuses TLS settings for a service that is not reached by TLS.
   *
   * @param url where the service is
   * @throws ConfigurationException (with an empty key) about the URL
   */
  public void requireSecure(ServiceUrl url) {
    if (!equals(DEFAULT) && !url.isSecure()) {
      throw new ConfigurationException(
          "", url.toString(), "a URL that begins with rediss, as tls is set beside it");
    }
  }
}
