/** A model's weights in the order in which its kernels read them. */
package io.xceptionc.compiler.emit.pack;
