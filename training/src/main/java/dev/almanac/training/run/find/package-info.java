/** What runs are found by: their facts, and a language of conditions and orders over these. */
package dev.almanac.training.run.find;
