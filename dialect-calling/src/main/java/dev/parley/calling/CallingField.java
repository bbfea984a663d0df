package dev.parley.calling;

import com.fasterxml.jackson.core.JsonToken;
import dev.parley.signal.Bytes;

/**
 * One field of a request.
 *
 * @param token its first token
 * @param json the value as it came
 * @param text the text of a string, unescaped; empty for anything else
 */
record CallingField(JsonToken token, Bytes json, String text) {}
