/**
 * What a network means: every operator as plain loops in double precision, to test all else against. Shares no code
 * with passes and emitters.
 */
package io.xceptionc.compiler.reference;
