/** Files by which others run Parley, checked by what reads them as far as that can be had. */
@NullMarked
package dev.parley.conformance.deploy;

import org.jspecify.annotations.NullMarked;
