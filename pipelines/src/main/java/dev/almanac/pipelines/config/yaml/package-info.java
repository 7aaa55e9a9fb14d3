/** YAML as a tree that knows the line of every key, and reading its sections key by key. */
package dev.almanac.pipelines.config.yaml;
