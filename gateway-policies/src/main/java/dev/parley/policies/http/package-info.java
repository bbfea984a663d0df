/** The policy {@code http}: the application is asked about each client. */
@NullMarked
package dev.parley.policies.http;

import org.jspecify.annotations.NullMarked;
