package dev.parley.net.tls;

import dev.parley.config.CertificateFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileProps;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the files of a listener's certificate, and reloads it for new connections when it has been
 * renewed. Open connections keep the old one. If a file is unreadable, or the key does not match
 * the certificate (yet), the old pair stays in use until the files change again. Confined to the
 * event loop of its server.
 */
public final class CertificateWatch {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private final Vertx vertx;
  private final HttpServer server;
  private final TlsOptions files;
  private Stamp loaded = Stamp.NONE;
  private boolean missing;

  /** Modification times and sizes of the files: a pair with the same ones is unchanged. */
  private record Stamp(long keyTime, long keySize, long certTime, long certSize) {
    static final Stamp NONE = new Stamp(0, 0, 0, 0);

    static Stamp of(FileProps key, FileProps cert) {
      return new Stamp(key.lastModifiedTime(), key.size(), cert.lastModifiedTime(), cert.size());
    }
  }

  public CertificateWatch(Vertx vertx, HttpServer server, TlsOptions files) {
    this.vertx = vertx;
    this.server = server;
    this.files = files;
  }

  public void start(Duration interval) {
    var unused =
        stamp()
            .onSuccess(now -> loaded = now)
            .onComplete(known -> vertx.setPeriodic(interval.toMillis(), id -> look()));
  }

  private Future<Stamp> stamp() {
    return vertx
        .fileSystem()
        .props(files.key())
        .compose(key -> vertx.fileSystem().props(files.cert()).map(cert -> Stamp.of(key, cert)));
  }

  private void look() {
    var unused =
        stamp()
            .onSuccess(
                now -> {
                  missing = false;
                  if (!now.equals(loaded)) {
                    loaded = now;
                    reload();
                  }
                })
            .onFailure(this::reportMissing);
  }

  private void reportMissing(Throwable gone) {
    if (!missing) {
      missing = true;
      LOG.warn(
          "the certificate {} or its key {} is not there any more, the former pair stays in use"
              + " until this node stops: {}",
          files.cert(), files.key(), gone.getMessage());
    }
  }

  private void reload() {
    var unused =
        vertx
            .executeBlocking(
                () -> {
                  CertificateFiles.checkPair(files.key(), files.cert(), Instant.now())
                      .forEach(objection -> LOG.warn("{}", objection));
                  return true;
                })
            .compose(checked -> update())
            .onSuccess(
                changed -> LOG.info("the certificate {} was renewed, new connections get it",
                    files.cert()))
            .onFailure(
                broken -> LOG.warn(
                    "the renewed certificate {} cannot be used, the former one stays in use; put a"
                        + " key and a certificate that fit into {} and {}: {}",
                    files.cert(),
                    files.key(),
                    files.cert(),
                    broken.getMessage()));
  }

  private Future<Boolean> update() {
    ServerSSLOptions renewed = new ServerSSLOptions();
    renewed.setKeyCertOptions(files.pair());
    // Forced: options that name the same files are equal to Vert.x.
    return server.updateSSLOptions(renewed, true);
  }
}
