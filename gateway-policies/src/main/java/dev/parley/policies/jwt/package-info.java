/**
 * The policy {@code jwt}: clients show a signed token. Read in this order:
 *
 * <ol>
 *   <li>{@link dev.parley.policies.jwt.JwtPolicyProvider}, {@link
 *       dev.parley.policies.jwt.JwtOptions}: assembly and configuration
 *   <li>{@link dev.parley.policies.jwt.JwtPolicy}: from a handshake to a verdict
 *   <li>{@link dev.parley.policies.jwt.TokenPlaces}, {@link dev.parley.policies.jwt.CompactToken}:
 *       where a token stands, and what it is before it is verified
 *   <li>{@link dev.parley.policies.jwt.KeyRing}, {@link dev.parley.policies.jwt.VerificationKey}:
 *       which key a token is signed with; {@link dev.parley.policies.jwt.VerificationKeys}, {@link
 *       dev.parley.policies.jwt.PublicKeyFile} and {@link dev.parley.policies.jwt.KeyRings} make
 *       them
 *   <li>{@link dev.parley.policies.jwt.IssuerKeys}, {@link dev.parley.policies.jwt.IssuerClient}:
 *       keys that are fetched, and change
 *   <li>{@link dev.parley.policies.jwt.ClaimReader}: what a verified token says of its client
 * </ol>
 *
 * <p>Signatures are verified by Nimbus JOSE+JWT and the JDK. Many small classes, because each step
 * from a text to an identity is one that can be looked at, and attacked in tests, by itself.
 */
@NullMarked
package dev.parley.policies.jwt;

import org.jspecify.annotations.NullMarked;
