/** Tests of ICE servers and their credentials. */
@NullMarked
package dev.parley.ice;

import org.jspecify.annotations.NullMarked;
