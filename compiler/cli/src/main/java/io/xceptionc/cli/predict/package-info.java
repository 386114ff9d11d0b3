/** Runs a model on pictures and arrays, and ranks its answers. */
package io.xceptionc.cli.predict;
