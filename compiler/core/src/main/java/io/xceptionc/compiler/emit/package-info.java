/** A model's Java source: one class that opens it, one that runs its steps, one of kernels for each vector width. */
package io.xceptionc.compiler.emit;
