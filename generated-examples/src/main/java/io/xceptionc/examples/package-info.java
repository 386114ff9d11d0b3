/** Programs that use generated models. */
package io.xceptionc.examples;
