/** What runs a network: xceptionc and its peers behind one interface, in this process or in one of their own. */
package io.xceptionc.benchmarks.engine;
