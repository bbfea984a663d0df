package dev.parley.cluster.pipeline;

import dev.parley.config.ByteSize;

/**
 * Bounds of the command pipeline.
 *
 * @param commands the most queued commands; more are refused
 * @param bytes the most bytes queued
 * @param commandsPerBatch the most commands in one call
 * @param bytesPerBatch the most bytes in one call of more than one command
 */
public record PipelineLimits(int commands, ByteSize bytes, int commandsPerBatch,
    ByteSize bytesPerBatch) {

  /** 50,000 commands and 64 MiB; 256 commands and 512 KiB in a call. */
  public static final PipelineLimits DEFAULT =
      new PipelineLimits(50_000, ByteSize.ofMiB(64), 256, ByteSize.ofKiB(512));
}
