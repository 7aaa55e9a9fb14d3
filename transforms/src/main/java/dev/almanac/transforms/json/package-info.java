/** How every JSON file of Almanac is written and read back, byte for byte. */
package dev.almanac.transforms.json;
