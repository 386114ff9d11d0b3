/**
 * Reads what {@code torch.save} writes: pickles as plain data, of which no code is ever run, and the tensors' bytes.
 */
package io.xceptionc.compiler.format.pytorch;
