/** Weights and whole models as Keras saves them: in HDF5 files of all its versions, and in archives around them. */
package io.xceptionc.compiler.format.keras;
