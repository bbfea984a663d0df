@NullMarked
package dev.parley.signal;

import org.jspecify.annotations.NullMarked;
