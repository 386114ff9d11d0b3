/** Arrays as NumPy saves them: {@code .npy}, and several by name in {@code .npz}. */
package io.xceptionc.compiler.format.npy;
