package dev.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** This machine's loopback address, of either family. */
public enum Loopback {
  /** 127.0.0.1. */
  IPV4(127, 0, 0, 1),
  /** ::1, which not every machine has. */
  IPV6(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

  private final byte[] bytes;

  Loopback(int... bytes) {
    this.bytes = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      this.bytes[i] = (byte) bytes[i];
    }
  }

  /** The address. */
  public InetAddress address() {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Whether this machine has it. */
  public boolean isThere() {
    try (ServerSocket socket = new ServerSocket(0, 1, address())) {
      return socket.isBound();
    } catch (IOException none) {
      return false;
    }
  }
}
