/** Numbers and dates as text: the forms that are read, and parsers of bytes for each. */
package dev.almanac.transforms.schema.text;
