/** What a compilation computes beside itself to prove its model: the network's answers by the reference interpreter. */
package io.xceptionc.compiler.selftest;
