package dev.parley.net.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hops of a request, as proxies have written them into its header, parsed from the end. Each
 * proxy appends what it has seen itself, so the last entries are found whatever precedes them: a
 * client that writes half of a quoted text into the header hides nothing. Several lines of the
 * header are one list.
 */
public final class ForwardedChain {

  /**
   * A node with an address (RFC 7239, section 6): IPv4, or IPv6 in brackets; an optional port may
   * be a number or obfuscated.
   */
  private static final Pattern NODE =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?");

  private final ProxyHeader header;
  private final String text;
  private int end;

  /**
   * @param header the header's syntax
   * @param lines the values of the header, in order
   */
  public ForwardedChain(ProxyHeader header, List<String> lines) {
    this.header = header;
    this.text = String.join(",", lines);
    this.end = text.length();
  }

  /**
   * Advances to the hop before the last one read; to begin with, the last one of the header.
   *
   * @return its address; empty at the beginning of the header, or if the hop has no address: {@code
   *     unknown}, an obfuscated name such as {@code _gazonk}, or anything else
   */
  public Optional<InetAddress> previous() {
    String element = "";
    // Lists may have empty elements (RFC 9110, section 5.6.1.2).
    while (element.isEmpty() && end > 0) {
      int start = startOfElement();
      element = text.substring(start, end).strip();
      end = start - 1;
    }
    return switch (header) {
      case X_FORWARDED_FOR -> address(element);
      case FORWARDED -> ForwardedElement.clientOf(element).flatMap(ForwardedChain::address);
    };
  }

  /** Proxies write different forms; an IPv6 address without brackets has no port. */
  private static Optional<InetAddress> address(String text) {
    Matcher node = NODE.matcher(text);
    if (!node.matches()) {
      return IpNetwork.address(text);
    }
    return IpNetwork.address(node.group(1) == null ? node.group(2) : node.group(1));
  }

  private int startOfElement() {
    int at = end - 1;
    while (at >= 0 && text.charAt(at) != ',') {
      boolean isQuoted = header == ProxyHeader.FORWARDED && text.charAt(at) == '"';
      at = (isQuoted ? startOfQuoted(at) : at) - 1;
    }
    return at + 1;
  }

  /** The start of the quoted text that ends at {@code closing}; 0 if there is none. */
  private int startOfQuoted(int closing) {
    int at = text.lastIndexOf('"', closing - 1);
    while (at > 0 && isEscaped(at)) {
      at = text.lastIndexOf('"', at - 1);
    }
    return Math.max(at, 0);
  }

  private boolean isEscaped(int at) {
    int backslashes = 0;
    while (backslashes < at && text.charAt(at - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
