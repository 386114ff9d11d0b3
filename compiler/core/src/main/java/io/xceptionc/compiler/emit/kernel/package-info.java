/** The kernels of a model, each as source for one vector width. */
package io.xceptionc.compiler.emit.kernel;
