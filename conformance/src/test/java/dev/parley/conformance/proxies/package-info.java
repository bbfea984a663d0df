/** Parley behind common proxies, each with its file of deploy/. */
@NullMarked
package dev.parley.conformance.proxies;

import org.jspecify.annotations.NullMarked;
