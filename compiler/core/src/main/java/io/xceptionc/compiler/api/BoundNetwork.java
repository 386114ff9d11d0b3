package io.xceptionc.compiler.api;

import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.weights.bind.WeightsReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A network with values in its weights.
 *
 * @param network the network
 * @param weights what was taken from a file; empty if the weights are drawn
 * @param files the files that the weights were read from
 */
record BoundNetwork(LoweredNetwork network, Optional<WeightsReport> weights, List<Path> files) {}
