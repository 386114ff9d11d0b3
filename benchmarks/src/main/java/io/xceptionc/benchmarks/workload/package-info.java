/** What is measured: networks of the zoo and single layers, with their weights and images. */
package io.xceptionc.benchmarks.workload;
