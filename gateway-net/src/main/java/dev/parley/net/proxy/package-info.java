/** Which address a client has: IP networks, trusted proxies and their headers. */
@NullMarked
package dev.parley.net.proxy;

import org.jspecify.annotations.NullMarked;
