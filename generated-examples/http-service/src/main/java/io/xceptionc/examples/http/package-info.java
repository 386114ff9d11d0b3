/** Serves models over HTTP, by the Open Inference Protocol, version 2. */
package io.xceptionc.examples.http;
