/**
 * Groups that nodes share: optimistic commits of the rules' changes, one after the other for each
 * record.
 */
@NullMarked
package dev.parley.cluster.groups;

import org.jspecify.annotations.NullMarked;
