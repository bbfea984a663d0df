/** How the process logs. The only package that knows Logback. */
@NullMarked
package dev.parley.server.logging;

import org.jspecify.annotations.NullMarked;
