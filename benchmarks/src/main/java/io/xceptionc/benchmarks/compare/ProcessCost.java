package io.xceptionc.benchmarks.compare;

import java.util.OptionalLong;

/**
 * What a whole process costs that loads a network and runs it.
 *
 * @param startMilliseconds from its start to its first answer, the median
 * @param peakBytes the most memory it has resident, the median; absent where the machine does not tell
 * @param modelBytes the model on disk
 * @param libraryBytes the jars on disk that run it
 */
record ProcessCost(double startMilliseconds, OptionalLong peakBytes, long modelBytes, long libraryBytes) {}
