/** Tests of the launcher script, with JDKs and a Maven that only record their calls. */
@NullMarked
package dev.parley.launcher;

import org.jspecify.annotations.NullMarked;
