/** The tensors of networks: drawn, or read from a weights file of any format and bound to layers. */
package io.xceptionc.compiler.weights;
