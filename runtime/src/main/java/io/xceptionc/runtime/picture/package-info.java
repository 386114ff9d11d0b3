/**
 * From the bytes of a file that nobody vouches for to a decoded picture: through ImageIO's readers, in bounded time and
 * memory, with the levels that Pillow gives.
 */
package io.xceptionc.runtime.picture;
