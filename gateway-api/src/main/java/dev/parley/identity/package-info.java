/** Who a client is, what ids it may own, and why it is not admitted. */
@NullMarked
package dev.parley.identity;

import org.jspecify.annotations.NullMarked;
