/** Parley behind the proxies that people put in front of it, each with its file of deploy/. */
@NullMarked
package dev.parley.conformance.proxies;

import org.jspecify.annotations.NullMarked;
