/** What a linkup broker does for its clients. */
@NullMarked
package dev.parley.linkup;

import org.jspecify.annotations.NullMarked;
