package io.xceptionc.cli.predict;

import java.util.List;
import java.util.Optional;

/**
 * What a model made of an image.
 *
 * @param input what the image is called
 * @param values the model's outputs, in order; empty if the image could not be had
 * @param problem why it could not be had, or why its values are no answer; empty if all is well
 * @param milliseconds what the image took to compute
 */
public record Prediction(String input, Optional<List<float[]>> values, String problem, double milliseconds) {}
