/**
 * From a decoded picture to the float32 input of a network: resizing, cropping, channel order and scaling, with the
 * results of Pillow and torchvision to the bit.
 */
package io.xceptionc.runtime.image;
