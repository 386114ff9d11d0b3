/** Measures a model: latencies, allocations, compiled code, time of each step, and the peak of the machine. */
package io.xceptionc.cli.measure;
