/**
 * Kernels that are the same for every model, as they use neither the width of vectors nor what is known of a layer.
 * Their loops over vectors keep the rules of generated ones: each is a static method of its own that begins with an
 * array or a segment, asks for its count and the class of its segments first, and is called by what begins with the
 * frame.
 */
package io.xceptionc.runtime.kernel.shared;
