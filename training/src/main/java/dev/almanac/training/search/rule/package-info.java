/** What values of a search must keep to: small expressions over paths of a config. */
package dev.almanac.training.search.rule;
