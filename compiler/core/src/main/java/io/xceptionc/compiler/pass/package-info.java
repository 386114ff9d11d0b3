/** Rewrites a network into fewer and larger steps that compute the same. */
package io.xceptionc.compiler.pass;
