/**
 * The same steps on an original server and on another one, with a comparison of the messages to
 * their clients. Independent of protocols.
 */
@NullMarked
package dev.parley.conformance.differential;

import org.jspecify.annotations.NullMarked;
