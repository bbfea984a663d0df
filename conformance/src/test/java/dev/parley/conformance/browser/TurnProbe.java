package dev.parley.conformance.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A TURN client (RFC 8656) over UDP that allocates a relay with a long-term credential, and reports
 * the server's error code.
 */
final class TurnProbe implements AutoCloseable {

  /** Success, in the place of an error code. */
  static final int OK = 0;

  private static final int COOKIE = 0x2112A442;
  private static final int HEADER = 20;
  private static final int TRANSACTION = 12;
  private static final int BINDING = 0x001;
  private static final int ALLOCATE = 0x003;
  private static final int REFRESH = 0x004;
  private static final int USERNAME = 0x006;
  private static final int INTEGRITY = 0x008;
  private static final int ERROR = 0x009;
  private static final int LIFETIME = 0x00D;
  private static final int REALM = 0x014;
  private static final int NONCE = 0x015;
  private static final int REQUESTED_TRANSPORT = 0x019;
  private static final int INTEGRITY_SIZE = 24;
  private static final byte[] UDP = {17, 0, 0, 0};
  private static final byte[] TEN_MINUTES = ByteBuffer.allocate(4).putInt(600).array();
  private static final byte[] NO_TIME = new byte[4];
  private static final int PATIENCE_MILLIS = 500;
  private static final int ATTEMPTS = 60;

  private static final Set<Integer> USED = ConcurrentHashMap.newKeySet();

  private final DatagramSocket socket;
  private final String user;
  private final String password;
  private boolean hasRelay;

  /** A client with a credential, on a port of its own. */
  TurnProbe(InetSocketAddress server, String user, String password) {
    this.user = user;
    this.password = password;
    try {
      socket = freshSocket();
      socket.connect(server);
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Coturn remembers who has used a port, for a while, and refuses it to others with 437. */
  private static DatagramSocket freshSocket() throws IOException {
    while (true) {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      if (USED.add(socket.getLocalPort())) {
        return socket;
      }
      socket.close();
    }
  }

  /** Whether a STUN server answers there. */
  static boolean answers(InetSocketAddress server) {
    try (TurnProbe probe = new TurnProbe(server, "", "")) {
      return probe.exchange(new Request(BINDING), 1).isPresent();
    }
  }

  /** Begins a relay; returns the error code, or {@link #OK}. */
  int allocate() {
    int code = ask(new Request(ALLOCATE).with(REQUESTED_TRANSPORT, UDP));
    hasRelay |= code == OK;
    return code;
  }

  /** Prolongs it; returns the error code, or {@link #OK}. */
  int refresh() {
    return ask(new Request(REFRESH).with(LIFETIME, TEN_MINUTES));
  }

  /** Asks without a credential first, for the realm and the nonce, as clients do. */
  private int ask(Request request) {
    Map<Integer, byte[]> challenge = insist(request);
    byte[] realm = challenge.getOrDefault(REALM, new byte[0]);
    byte[] key = md5(utf8(user), realm, utf8(password));
    Map<Integer, byte[]> answer =
        insist(request.again().with(USERNAME, utf8(user)).with(REALM, realm)
            .with(NONCE, challenge.getOrDefault(NONCE, new byte[0])).signed(key));
    byte[] error = answer.get(ERROR);
    return error == null ? OK : error[2] * 100 + error[3];
  }

  private Map<Integer, byte[]> insist(Request request) {
    return exchange(request, ATTEMPTS)
        .orElseThrow(() -> new AssertionError("no answer of the TURN server"));
  }

  /** The attributes of the answer; sends again what was lost. */
  private Optional<Map<Integer, byte[]>> exchange(Request request, int attempts) {
    byte[] sent = request.bytes();
    DatagramPacket received = new DatagramPacket(new byte[4096], 4096);
    for (int attempt = 0; attempt < attempts; attempt++) {
      try {
        socket.send(new DatagramPacket(sent, sent.length));
        socket.receive(received);
        if (Arrays.equals(received.getData(), 8, HEADER, sent, 8, HEADER)) {
          return Optional.of(attributes(received));
        }
      } catch (SocketTimeoutException again) {
        // Lost, or not there yet.
      } catch (IOException nothingListens) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Map<Integer, byte[]> attributes(DatagramPacket packet) {
    ByteBuffer in = ByteBuffer.wrap(packet.getData(), HEADER, packet.getLength() - HEADER);
    Map<Integer, byte[]> found = new HashMap<>();
    while (in.remaining() >= 4) {
      int type = in.getShort() & 0xFFFF;
      byte[] value = new byte[in.getShort() & 0xFFFF];
      in.get(value);
      in.position(in.position() + padding(value.length));
      found.putIfAbsent(type, value);
    }
    return found;
  }

  /** A STUN request. */
  private static final class Request {
    private final int method;
    private final byte[] transaction = new byte[TRANSACTION];
    private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    private byte @Nullable [] key;

    Request(int method) {
      this.method = method;
      ThreadLocalRandom.current().nextBytes(transaction);
    }

    /** The same in a transaction of its own. */
    Request again() {
      Request other = new Request(method);
      other.attributes.writeBytes(attributes.toByteArray());
      return other;
    }

    Request with(int type, byte[] value) {
      attributes.writeBytes(attribute(type, value));
      return this;
    }

    Request signed(byte[] with) {
      key = with;
      return this;
    }

    byte[] bytes() {
      byte[] body = attributes.toByteArray();
      if (key == null) {
        return message(body.length, body);
      }
      byte[] mac = hmac(key, message(body.length + INTEGRITY_SIZE, body));
      byte[] integrity = attribute(INTEGRITY, mac);
      return ByteBuffer.allocate(HEADER + body.length + integrity.length)
          .put(message(body.length + integrity.length, body)).put(integrity).array();
    }

    private byte[] message(int length, byte[] body) {
      return ByteBuffer.allocate(HEADER + body.length).putShort((short) method)
          .putShort((short) length).putInt(COOKIE).put(transaction).put(body).array();
    }
  }

  private static byte[] attribute(int type, byte[] value) {
    return ByteBuffer.allocate(4 + value.length + padding(value.length)).putShort((short) type)
        .putShort((short) value.length).put(value).array();
  }

  private static int padding(int length) {
    return (4 - length % 4) % 4;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] md5(byte[] name, byte[] realm, byte[] secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(name);
      digest.update((byte) ':');
      digest.update(realm);
      digest.update((byte) ':');
      return digest.digest(secret);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(data);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Ends its relay. */
  @Override
  public void close() {
    try (socket) {
      if (hasRelay && ask(new Request(REFRESH).with(LIFETIME, NO_TIME)) != OK) {
        throw new AssertionError("the TURN server does not end the relay");
      }
    }
  }
}
