/**
 * Which tensor of a weights file is which tensor of the network: decided by names, by rename patterns, or by order and
 * shape.
 */
package io.xceptionc.compiler.weights.bind;
