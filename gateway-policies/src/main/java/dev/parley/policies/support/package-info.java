/** What several built-in policies share. */
@NullMarked
package dev.parley.policies.support;

import org.jspecify.annotations.NullMarked;
