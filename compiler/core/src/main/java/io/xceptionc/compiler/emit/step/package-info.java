/** What the methods of a model's steps say: which kernels they call on which data, and in which order. */
package io.xceptionc.compiler.emit.step;
