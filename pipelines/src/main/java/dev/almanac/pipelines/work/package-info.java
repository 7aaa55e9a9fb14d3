/**
 * Every command as a plain call: a request that is run under a watch and gives a result, whoever
 * asks.
 */
package dev.almanac.pipelines.work;
