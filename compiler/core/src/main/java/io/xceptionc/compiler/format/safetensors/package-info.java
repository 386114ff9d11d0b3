/** Weights files in the format of safetensors. */
package io.xceptionc.compiler.format.safetensors;
