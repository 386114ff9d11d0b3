/**
 * What generated kernels share: the memory of a run, the layout of values in it, and the constants of a step. For
 * generated code only.
 */
package io.xceptionc.runtime.kernel;
