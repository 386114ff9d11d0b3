/** Makes graphs of the models that Keras has saved with their configs. */
package io.xceptionc.compiler.foreign.keras;
