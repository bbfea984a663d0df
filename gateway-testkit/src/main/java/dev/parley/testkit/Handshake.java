package dev.parley.testkit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The opening handshake (RFC 6455, section 4), from the client's side. */
final class Handshake {

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int SWITCHING_PROTOCOLS = 101;

  private Handshake() {}

  /**
   * Performs the handshake.
   *
   * @return the headers of the answer, by their names in lower case
   * @throws UpgradeRefusedException if the answer is a refusal
   */
  static Map<String, String> perform(
      URI uri, Map<String, String> headers, DataInputStream in, OutputStream out, Random random)
      throws IOException {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    out.write(request(uri, headers, key).getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    List<String> answer = head(in);
    int status = Integer.parseInt(answer.getFirst().split(" ")[1]);
    if (status != SWITCHING_PROTOCOLS) {
      throw new UpgradeRefusedException(status);
    }
    Map<String, String> answered = new TreeMap<>();
    for (String line : answer.subList(1, answer.size())) {
      int colon = line.indexOf(':');
      answered.put(line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).trim());
    }
    if (!accepted(key).equals(answered.get("sec-websocket-accept"))) {
      throw new IOException("wrong Sec-WebSocket-Accept: " + answered);
    }
    return answered;
  }

  private static String request(URI uri, Map<String, String> headers, String key) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(
        Map.of("Host", uri.getRawAuthority(), "Connection", "Upgrade", "Upgrade", "websocket",
            "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", key));
    all.putAll(headers);
    StringBuilder request = new StringBuilder("GET ").append(path);
    if (uri.getRawQuery() != null) {
      request.append('?').append(uri.getRawQuery());
    }
    request.append(" HTTP/1.1\r\n");
    all.forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    return request.append("\r\n").toString();
  }

  private static List<String> head(DataInputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw new EOFException("an empty answer to the handshake");
    }
    return lines;
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.readUnsignedByte(); octet != '\n'; octet = in.readUnsignedByte()) {
      line.append((char) octet);
    }
    return line.toString().stripTrailing();
  }

  private static String accepted(String key) {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
