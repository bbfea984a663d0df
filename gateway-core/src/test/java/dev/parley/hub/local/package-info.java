@NullMarked
package dev.parley.hub.local;

import org.jspecify.annotations.NullMarked;
