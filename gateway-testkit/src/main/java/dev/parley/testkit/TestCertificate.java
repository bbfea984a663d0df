package dev.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for 127.0.0.1, made with the JDK's keytool, as the PEM files that a
 * listener takes.
 *
 * @param key the private key
 * @param cert the certificate
 * @param clients makes sockets that trust it, and nothing else
 * @param serial distinguishes certificates
 */
public record TestCertificate(Path key, Path cert, SSLSocketFactory clients, BigInteger serial) {

  private static final String PASSWORD = "changeit";
  private static final String SIGNER = "signer";

  /** A new one, with its files in {@code folder}; those of a former one there are replaced. */
  public static TestCertificate in(Path folder) {
    return in(folder, List.of("-keyalg", "EC", "-groupname", "secp256r1"));
  }

  /** As {@link #in}, with an RSA key. */
  public static TestCertificate rsaIn(Path folder) {
    return in(folder, List.of("-keyalg", "RSA", "-keysize", "2048"));
  }

  /**
   * One that has expired a week ago, signed with a valid certificate, which is {@code ca.pem}
   * beside it.
   */
  public static TestCertificate expiredIn(Path folder) {
    return in(
        folder, List.of("-keyalg", "EC", "-signer", SIGNER, "-startdate", "-9d"),
        "-keyalg", "EC", "-ext", "bc:c");
  }

  private static TestCertificate in(Path folder, List<String> kind, String... signerKind) {
    try {
      Path store = Files.createTempFile(folder, "store", ".p12");
      Files.delete(store);
      if (signerKind.length > 0) {
        keytool(store, SIGNER, List.of(signerKind));
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Files.writeString(
            folder.resolve("ca.pem"), pem("CERTIFICATE", keys.getCertificate(SIGNER).getEncoded()));
      }
      keytool(store, "test", kind);
      return export(folder, store);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static void keytool(Path store, String alias, List<String> kind)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(kind);
    command.addAll(
        0,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
    command.addAll(
        List.of(
            "-alias", alias, "-dname", alias.equals(SIGNER) ? "CN=Signer" : "CN=127.0.0.1", "-ext",
            "san=ip:127.0.0.1", "-validity", "2",
            "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD,
            // It ends before its code would be worth compiling twice.
            "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + said);
    }
  }

  private static TestCertificate export(Path folder, Path store)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    X509Certificate certificate = (X509Certificate) keys.getCertificate("test");
    Path key = folder.resolve("key.pem");
    Path cert = folder.resolve("cert.pem");
    Files.writeString(key,
        pem("PRIVATE KEY", keys.getKey("test", PASSWORD.toCharArray()).getEncoded()));
    Files.writeString(cert, pem("CERTIFICATE", certificate.getEncoded()));
    return new TestCertificate(key, cert, trusting(certificate), certificate.getSerialNumber());
  }

  private static SSLSocketFactory trusting(X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN " + what + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END " + what + "-----\n";
  }
}
