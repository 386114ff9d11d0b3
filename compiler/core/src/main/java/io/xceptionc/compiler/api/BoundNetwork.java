package io.xceptionc.compiler.api;

import io.xceptionc.compiler.lower.LoweredNetwork;
import io.xceptionc.compiler.weights.bind.WeightsReport;
import java.util.Optional;

/**
 * A network with values in its weights.
 *
 * @param network the network
 * @param weights what was taken from a file; empty if the weights are drawn
 */
record BoundNetwork(LoweredNetwork network, Optional<WeightsReport> weights) {}
