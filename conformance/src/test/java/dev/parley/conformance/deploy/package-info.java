/** The files of deploy/, held to the formats that they are written in. */
@NullMarked
package dev.parley.conformance.deploy;

import org.jspecify.annotations.NullMarked;
