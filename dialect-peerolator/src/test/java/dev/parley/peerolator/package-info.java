/** Tests of the Peerolator dialect: its parts, and scenes over real sockets. */
@NullMarked
package dev.parley.peerolator;

import org.jspecify.annotations.NullMarked;
