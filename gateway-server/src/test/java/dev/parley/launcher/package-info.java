/**
 * The launcher script at the top of the project, run with JDKs and a Maven that only say they were
 * called.
 */
@NullMarked
package dev.parley.launcher;

import org.jspecify.annotations.NullMarked;
