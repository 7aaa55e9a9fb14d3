/**
 * Files by path, local or remote: found, read, written, and watched for changes while they are
 * read.
 */
package dev.almanac.transforms.storage;
