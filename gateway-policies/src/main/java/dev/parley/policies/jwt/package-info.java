/**
 * The policy {@code jwt}: clients show a signed token. Read in this order:
 *
 * <ol>
 *   <li>{@link dev.parley.policies.jwt.JwtPolicyProvider}, {@link
 *       dev.parley.policies.jwt.JwtOptions}: assembly and configuration
 *   <li>{@link dev.parley.policies.jwt.JwtPolicy}: from a handshake to a verdict
 * </ol>
 *
 * <p>Signatures are verified by Nimbus JOSE+JWT and the JDK.
 */
@NullMarked
package dev.parley.policies.jwt;

import org.jspecify.annotations.NullMarked;
