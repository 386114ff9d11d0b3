/** Benchmarks of kernels and models, each checked against the reference before it is timed. */
package io.xceptionc.benchmarks;
