/** Bell, an example of a dialect: a client that has said hello can ring another one. */
@NullMarked
package org.example.bell;

import org.jspecify.annotations.NullMarked;
