/** Tests of classes that touch a socket, one by one. */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
