/** Tests of net with files and sockets, with the test kit's certificates. */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
