package dev.parley.echo;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Session;
import dev.parley.dialect.TextSink;
import dev.parley.signal.Bytes;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.util.zip.CRC32;

/** One client. */
final class EchoSession implements Session {

  private final Connection client;

  EchoSession(Connection client) {
    this.client = client;
  }

  @Override
  public void message(Bytes message, boolean binary) {
    Bytes echo = binary ? Bytes.utf8(digest(message)) : message;
    client.send(echo, EchoSession::write);
  }

  private static void write(Bytes bytes, TextSink out) {
    out.utf8(bytes);
  }

  private static String digest(Bytes message) {
    CRC32 crc = new CRC32();
    crc.update(message.array(), message.offset(), message.length());
    return "binary " + message.length() + " " + Long.toHexString(crc.getValue());
  }

  @Override
  public void signal(Signal signal) {
    throw new IllegalStateException("has no id");
  }

  @Override
  public void undelivered(Undelivered undelivered) {
    throw new IllegalStateException("sends nothing");
  }

  @Override
  public void closed(CloseReason reason) {}
}
