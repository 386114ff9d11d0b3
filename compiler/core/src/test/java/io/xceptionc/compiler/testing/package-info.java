/** What the tests of several packages share: networks, drawn at random or sketched by hand, and comparison. */
package io.xceptionc.compiler.testing;
