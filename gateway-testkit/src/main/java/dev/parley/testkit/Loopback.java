package dev.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** This machine's loopback address, of either family. */
public enum Loopback {
  /** 127.0.0.1. */
  IPV4,
  /** ::1, which not every machine has. */
  IPV6;

  /** The address. */
  public InetAddress address() {
    try {
      return InetAddress.getByAddress(bytes());
    } catch (UnknownHostException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private byte[] bytes() {
    return switch (this) {
      case IPV4 -> new byte[] {127, 0, 0, 1};
      case IPV6 -> new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    };
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
