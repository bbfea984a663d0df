/** What a Peerolator does for its servers and clients. */
@NullMarked
package dev.parley.peerolator;

import org.jspecify.annotations.NullMarked;
