/** Compares xceptionc with its peers on one machine, and says whether it is as good as it must be. */
package io.xceptionc.benchmarks.compare;
