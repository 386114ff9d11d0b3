/** What is inside graphs, weights files and model jars, without running a model. */
package io.xceptionc.cli.inspect;
