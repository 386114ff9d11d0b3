/** Classifies the pictures of a folder on as many machines as a Spark cluster has. */
package io.xceptionc.examples.spark;
