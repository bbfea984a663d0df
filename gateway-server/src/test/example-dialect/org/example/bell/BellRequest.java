package org.example.bell;

/** What a client says. */
sealed interface BellRequest {

  /** {@code {"hello":"alice"}}: I am alice. */
  record Hello(String id) implements BellRequest {}

  /** {@code {"ring":"bob","text":"tea?"}}: send the text to bob. */
  record Ring(String peer, String text) implements BellRequest {}

  /** Anything else. */
  record Nonsense(String why) implements BellRequest {}
}
