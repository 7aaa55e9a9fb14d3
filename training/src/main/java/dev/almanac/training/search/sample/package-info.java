/** Search algorithms: what to try next, a pure function of what came before. */
package dev.almanac.training.search.sample;
