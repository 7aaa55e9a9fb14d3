/** Shows runs to other tools while they are under way, on threads of its own. */
package dev.almanac.training.track;
