package org.example.bell;

/** Requests of a client. */
sealed interface BellRequest {

  /** {@code {"hello":"alice"}}: claims the id alice. */
  record Hello(String id) implements BellRequest {}

  /** {@code {"ring":"bob","text":"tea?"}}: send the text to bob. */
  record Ring(String peer, String text) implements BellRequest {}

  /** Anything else. */
  record Nonsense(String why) implements BellRequest {}
}
