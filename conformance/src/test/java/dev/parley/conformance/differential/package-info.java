/**
 * The same steps on an original server and on another one, and what their clients see compared.
 * Knows no protocol.
 */
@NullMarked
package dev.parley.conformance.differential;

import org.jspecify.annotations.NullMarked;
